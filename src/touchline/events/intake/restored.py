"""Storing what only an export of a workspace holds: facts under the ids they had, and links between identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from functools import cache
from importlib import resources

import numpy as np
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.events.intake.ledger import STATUS_KNOWN, STATUS_NEW
from touchline.events.rules import RestoredLink

SOURCE_COLUMN, ID_COLUMN = "restored_source", "restored_id"


def in_words(sql: str, staged: pa.Table, natural_key: str) -> str:
    """Fill `{source}` and `{id}` of a statement over staged rows: of the import, or of each restored row its own."""
    source, id_ = "$source", f"md5_number($source || chr(31) || {natural_key})"
    if SOURCE_COLUMN in staged.column_names:
        source, id_ = f"coalesce({SOURCE_COLUMN}, {source})", f"coalesce({ID_COLUMN}::uhugeint, {id_})"
    return sql.replace("{source}", source).replace("{id}", id_)


def store_links(writer: Writer, links: Sequence[RestoredLink], import_id: int) -> tuple[np.ndarray, np.ndarray]:
    """Store links that are not there yet; give the line of each and whether it was new, as codes of the ledger."""
    table = pa.table(
        {
            "n": pa.array(range(len(links)), pa.int64()),
            "line": pa.array([link.line for link in links], pa.int64()),
            **{
                f"{end}_{part}": pa.array([getattr(link, end)[at] for link in links], pa.string())
                for end in ("a", "b")
                for at, part in enumerate(("type", "value"))
            },
            "reason": pa.array([link.reason for link in links], pa.string()),
            "source": pa.array([link.source for link in links], pa.string()),
            "time": pa.array([link.time.astimezone(UTC).replace(tzinfo=None) for link in links], pa.timestamp("us")),
            "active": pa.array([link.active for link in links], pa.bool_()),
        }
    )
    with writer.staged("staged_links", table):
        writer.execute(_sql("number_linked_identifiers"))
        writer.execute(_sql("restored_links"))
    writer.execute(
        "insert into links select a, b, reason, source, $import_id, line, time, active from restored_links order by n",
        {"import_id": import_id},
    )
    codes = np.full(len(links), STATUS_KNOWN, dtype=np.int64)
    codes[np.asarray(writer.columns("select n from restored_links")["n"], dtype=np.int64)] = STATUS_NEW
    return table.column("line").to_numpy(), codes


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
