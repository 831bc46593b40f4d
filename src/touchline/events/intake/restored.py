"""Storing what only an export of a workspace holds: facts under the ids they had, identifiers and their links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources

import numpy as np
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.events.intake.ledger import STATUS_KNOWN, STATUS_NEW
from touchline.events.rules import RestoredIdentifier

SOURCE_COLUMN, ID_COLUMN = "restored_source", "restored_id"


def in_words(sql: str, staged: pa.Table, natural_key: str) -> str:
    """Fill `{source}` and `{id}` of a statement over staged rows: of the import, or of each restored row its own."""
    source, id_ = "$source", f"md5_number($source || chr(31) || {natural_key})"
    if SOURCE_COLUMN in staged.column_names:
        source, id_ = f"coalesce({SOURCE_COLUMN}, {source})", f"coalesce({ID_COLUMN}::uhugeint, {id_})"
    return sql.replace("{source}", source).replace("{id}", id_)


def store_identifiers(writer: Writer, identifiers: Sequence[RestoredIdentifier], import_id: int) -> np.ndarray:
    """Store identifiers and links that are not there yet; say of each identifier, in codes of the ledger, if any was new.

    New identifiers get numbers in the order given: in an empty store the ones they had, whole exports being in order.
    """
    named, linked = _tables(identifiers)
    with writer.staged("staged_identifiers", named), writer.staged("staged_links", linked):
        unknown = writer.columns(_sql("unknown_identifiers"))["n"]
        writer.execute(_sql("number_restored_identifiers"))
        writer.execute(_sql("restored_links"))
    writer.execute(
        "insert into links select a, b, reason, source, $import_id, line, time, active from restored_links order by n",
        {"import_id": import_id},
    )
    codes = np.full(len(identifiers), STATUS_KNOWN, dtype=np.int64)
    codes[np.asarray(unknown, dtype=np.int64)] = STATUS_NEW
    codes[np.asarray(writer.columns("select of from restored_links")["of"], dtype=np.int64)] = STATUS_NEW
    return codes


def _tables(identifiers: Sequence[RestoredIdentifier]) -> tuple[pa.Table, pa.Table]:
    """Identifiers by their place in the chunk, and links with the place of the identifier they start from."""
    links = [(of, each, link) for of, each in enumerate(identifiers) for link in each.links]
    named = pa.table(
        {
            "n": pa.array(range(len(identifiers)), pa.int64()),
            "type": pa.array([each.name[0] for each in identifiers], pa.string()),
            "value": pa.array([each.name[1] for each in identifiers], pa.string()),
        }
    )
    linked = pa.table(
        {
            "n": pa.array(range(len(links)), pa.int64()),
            "of": pa.array([of for of, _, _ in links], pa.int64()),
            "line": pa.array([each.line for _, each, _ in links], pa.int64()),
            "a_type": pa.array([each.name[0] for _, each, _ in links], pa.string()),
            "a_value": pa.array([each.name[1] for _, each, _ in links], pa.string()),
            "b_type": pa.array([link.to[0] for _, _, link in links], pa.string()),
            "b_value": pa.array([link.to[1] for _, _, link in links], pa.string()),
            "reason": pa.array([link.reason for _, _, link in links], pa.string()),
            "source": pa.array([link.source for _, _, link in links], pa.string()),
            "time": pa.array([_utc(link.time) for _, _, link in links], pa.timestamp("us")),
            "active": pa.array([link.active for _, _, link in links], pa.bool_()),
        }
    )
    return named, linked


def _utc(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(tzinfo=None)


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
