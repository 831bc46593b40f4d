"""Parquet files, row group by row group, every value written as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from touchline.events.readers.header import column_names
from touchline.events.readers.jsonl import encode_json
from touchline.events.readers.raw import check_is_file
from touchline.events.readers.sheet import Batch, Sheet, UnreadableFileError

BATCH_ROWS = 100_000


def open_parquet(path: Path) -> Sheet:
    """Open a Parquet file. Raises UnreadableFileError when it is damaged or has no columns."""
    size = check_is_file(path)
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            names = file.schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFileError(f"{path} is not a whole Parquet file: {_first_line(error)}") from None
    if not names:
        raise UnreadableFileError(f"{path} holds no columns.")
    columns = column_names(names)
    return Sheet(path, "parquet", columns, _batches(path, columns, size), size)


def _batches(path: Path, columns: tuple[str, ...], size: int) -> Iterator[Batch]:
    done = 0
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            total = max(1, file.metadata.num_rows)
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                arrays = [as_text(column) for column in batch.columns]
                lines = np.arange(done + 1, done + batch.num_rows + 1, dtype=np.int64)
                done += batch.num_rows
                yield Batch(pa.table(arrays, names=list(columns)), lines, size * done // total)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFileError(f"{path} is damaged behind row {done}: {_first_line(error)}") from None


def as_text(column: Any) -> Any:
    """Write values as an export to CSV would; nested ones as JSON; null stays null."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        return _float_text(column)
    try:
        return pc.cast(column, pa.string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        values = (
            None if value is None else encode_json(value).decode("utf-8", "replace") for value in column.to_pylist()
        )
        return pa.array(values, pa.string())


def _float_text(column: Any) -> Any:
    """Whole numbers lose their '.0': they were integers before a null made the column floating."""
    text = pc.cast(column, pa.string())
    return pc.if_else(pc.is_nan(column), pa.scalar(None, pa.string()), pc.replace_substring_regex(text, r"\.0$", ""))


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]
