"""JSON lines: one object per line; nested ones become columns with dotted names, the raw line stays in `_json`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from touchline.events.readers.encoding import INVALID, SAMPLE_BYTES, Encoding, as_utf8, sniff_encoding
from touchline.events.readers.lines import KEPT_CHARACTERS, LINE_LIMIT_BYTES, LineBlock, line_blocks
from touchline.events.readers.raw import check_is_file, raw_blocks
from touchline.events.readers.sheet import EMPTY_LINE, Batch, Sheet, UnreadableFileError
from touchline.events.rules import Refused

RAW_COLUMN = "_json"
BLOCK_BYTES = 4 * 1024 * 1024
_decode = msgspec.json.Decoder().decode
encode_json = msgspec.json.Encoder().encode
_JSON_WORDS = {list: "list", str: "text", int: "number", float: "number", bool: "true or false", type(None): "null"}


def open_jsonl(path: Path) -> Sheet:
    """Open a file of JSON objects, one per line. Raises UnreadableFileError when the first lines hold none."""
    size = check_is_file(path)
    encoding = sniff_encoding(path)
    columns = (*_columns(path, encoding), RAW_COLUMN)
    return Sheet(path, "jsonl", columns, _batches(path, encoding, columns), size, encoding.codec, notes=encoding.notes)


def flatten(object_: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Write nested objects as 'context.page.path'; lists stay JSON, null is absent."""
    cells: dict[str, str] = {}
    for key, value in object_.items():
        if isinstance(value, str):
            cells[prefix + key] = value
        elif isinstance(value, dict):
            cells.update(flatten(value, f"{prefix}{key}."))
        elif value is not None:
            cells[prefix + key] = encode_json(value).decode()
    return cells


def cells_of(line: bytes) -> dict[str, str] | None:
    """Give the cells of a line, the raw line included; None when it holds no JSON object."""
    object_ = as_object(line)
    return None if object_ is None else flatten(object_) | {RAW_COLUMN: line.decode("utf-8", "replace")}


def with_cells(
    cells: dict[str, str] | None, kept: Mapping[str, str], wanted: Mapping[str, str]
) -> dict[str, str] | None:
    """Put corrections into a line, into its raw form too. A corrected raw line is taken as it is."""
    if RAW_COLUMN in wanted:
        return cells_of(wanted[RAW_COLUMN].encode())
    if cells is None:
        return None
    object_ = as_object(cells[RAW_COLUMN].encode()) or {}
    for name, value in wanted.items():
        _put(object_, name, value)
    return dict(kept) | flatten(object_) | {RAW_COLUMN: encode_json(object_).decode()}


def _put(object_: dict[str, Any], dotted: str, value: str) -> None:
    """Set 'context.page.path' where it stands, or the key of that very name."""
    first, _, rest = dotted.partition(".")
    inner = object_.get(first)
    if dotted not in object_ and rest and isinstance(inner, dict):
        _put(inner, rest, value)
    else:
        object_[dotted] = value


def _columns(path: Path, encoding: Encoding) -> list[str]:
    """Keys of the first megabytes in order of appearance; later ones are still in the raw line."""
    names: dict[str, None] = {}
    found = False
    for block in line_blocks(as_utf8(raw_blocks(path, SAMPLE_BYTES), encoding)):
        for line in block.data.splitlines():
            object_ = as_object(line)
            if object_ is not None:
                found = True
                names.update(dict.fromkeys(flatten(object_)))
        if found:
            return list(names)
    raise UnreadableFileError(f"{path}: no line holds a JSON object; one object such as {{...}} per line was expected.")


def as_object(line: bytes) -> dict[str, Any] | None:
    """Decode a JSON object; None for anything else."""
    try:
        found = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _batches(path: Path, encoding: Encoding, columns: tuple[str, ...]) -> Iterator[Batch]:
    for block in line_blocks(as_utf8(raw_blocks(path, BLOCK_BYTES), encoding)):
        yield _batch(block, columns)


def _batch(block: LineBlock, columns: tuple[str, ...]) -> Batch:
    numbered = list(enumerate(block.data.removesuffix(b"\n").split(b"\n"), start=block.first_line))
    filled = [(number, line) for number, line in numbered if line.strip()]
    batch = batch_of_objects(filled, columns, block.bytes_read, "Line")
    empty = len(numbered) - len(filled)
    skipped = {EMPTY_LINE: empty} if empty and block.data else {}
    return replace(batch, refused=block.refused + batch.refused, skipped=skipped)


def batch_of_objects(
    numbered: Iterable[tuple[int, bytes]], columns: tuple[str, ...], bytes_read: int, place: str
) -> Batch:
    """Make a batch of JSON texts, each with its number; `place` is what the number counts, such as 'Line'."""
    cells: list[dict[str, str]] = []
    lines: list[int] = []
    refused: list[Refused] = []
    for number, text in numbered:
        object_ = None if INVALID.encode() in text or len(text) > LINE_LIMIT_BYTES else as_object(text)
        if object_ is None:
            refused.append(_broken(number, text, place))
            continue
        row = flatten(object_)
        row[RAW_COLUMN] = text.decode()
        cells.append(row)
        lines.append(number)
    table = pa.table({name: pa.array([row.get(name) for row in cells], pa.string()) for name in columns})
    return Batch(table, np.array(lines, dtype=np.int64), bytes_read, tuple(refused))


def _broken(number: int, line: bytes, place: str) -> Refused:
    try:
        if len(line) > LINE_LIMIT_BYTES:
            reason = f"{place} {number} is longer than {LINE_LIMIT_BYTES // 2**20} MB; a row of a table was expected."
        elif INVALID.encode() in line:
            reason = f"{place} {number} holds bytes that are not text in the encoding of the file."
        else:
            found = _JSON_WORDS.get(type(_decode(line)), "value")
            reason = f"{place} {number} holds a JSON {found}; a JSON object was expected."
    except RecursionError:
        reason = f"{place} {number} is nested too deeply; a JSON object of at most some hundred levels was expected."
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = f"{place} {number} is not a whole JSON object: {error}."
    text = line[: 1000 * KEPT_CHARACTERS].decode("utf-8", "replace").replace(INVALID, "\ufffd")
    return Refused(number, reason, {RAW_COLUMN: text[: 100 * KEPT_CHARACTERS]})
