"""Storing one chunk: dictionaries, upsert by natural key, links between identifiers; all of it set-based SQL.

The same fact again is the same id, so a chunk is compared with what is stored: equal events are left alone, changed
ones are replaced and noted in `revisions`, so that whatever is derived from events can be brought up to date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.engine.store import Writer
from touchline.events.intake.chunk import Chunk, observation_table
from touchline.events.intake.identifiers import normalise_identifiers
from touchline.events.intake.ledger import STATUS_KNOWN, STATUS_NEW, STATUS_REPEATED, STATUS_UPDATED
from touchline.events.intake.pages import paths_of
from touchline.events.intake.restored import SOURCE_COLUMN, in_words, store_identifiers
from touchline.events.vocabulary import IDENTIFIER_TYPES


@dataclass(frozen=True)
class Origin:
    """Where the rows of a chunk come from."""

    source: str
    import_id: int
    source_is_new: bool
    """Nothing of this source was stored when the import began."""
    first_stays: bool = False
    """Whether a fact that is stored already is left alone, whatever its repetition says."""


@dataclass(frozen=True)
class Stored:
    """What became of the events and points of a chunk, one element each, in no particular order."""

    lines: np.ndarray
    codes: np.ndarray
    """ledger.STATUS_NEW, STATUS_UPDATED, STATUS_KNOWN or STATUS_REPEATED."""
    named_rows: int
    """Rows with at least one event that names somebody."""


def store_chunk(writer: Writer, chunk: Chunk, origin: Origin) -> Stored:
    """Write events, series points and research notes inside the caller's transaction."""
    lines: list[np.ndarray] = []
    codes: list[np.ndarray] = []
    named_rows = 0
    if chunk.identifiers:
        codes.append(store_identifiers(writer, chunk.identifiers, origin.import_id))
        lines.append(np.array([each.line for each in chunk.identifiers], dtype=np.int64))
        named_rows += len(chunk.identifiers)
    if chunk.events.num_rows:
        staged = _staged(chunk.events)
        named_rows += _named_rows(staged)
        codes.append(_store_events(writer, staged, origin))
        lines.append(staged.column("line").to_numpy())
    if chunk.points.num_rows:
        codes.append(_store_points(writer, _numbered(chunk.points), origin))
        lines.append(chunk.points.column("line").to_numpy())
    if chunk.observations:
        codes.append(_store_observations(writer, observation_table(chunk.observations), origin))
        lines.append(np.array([each.line for each in chunk.observations], dtype=np.int64))
    empty = np.empty(0, dtype=np.int64)
    return Stored(np.concatenate([empty, *lines]), np.concatenate([empty, *codes]), named_rows)


def _staged(events: pa.Table) -> pa.Table:
    """Identifiers and pages in one spelling, the strongest identifier beside them, and a number per row."""
    table = events
    if (
        SOURCE_COLUMN not in events.column_names
    ):  # what is restored was brought into one spelling when it was first read
        table = normalise_identifiers(events)
        at = table.schema.get_field_index("page")
        table = table.set_column(at, "page", paths_of(table.column("page")))
    who_type: Any = pa.nulls(table.num_rows, pa.string())
    who_value: Any = who_type
    for type_ in reversed(present_types(table)):
        column = table.column(type_)
        who_type = pc.if_else(pc.is_valid(column), type_, who_type)
        who_value = pc.coalesce(column, who_value)
    return _numbered(table.append_column("who_type", who_type).append_column("who_value", who_value))


def _numbered(table: pa.Table) -> pa.Table:
    return table.append_column("n", pa.array(np.arange(table.num_rows, dtype=np.int64)))


def present_types(table: pa.Table) -> list[str]:
    """Identifier types somebody is named by in this table, strongest first."""
    return [type_ for type_ in IDENTIFIER_TYPES if table.column(type_).null_count < table.num_rows]


def _named_rows(staged: pa.Table) -> int:
    """Rows of the file behind events that name somebody; a row of several events counts once."""
    named = pc.is_valid(staged.column("who_value")).to_numpy()
    if "rows" in staged.column_names:
        return int(staged.column("rows").to_numpy()[named].sum())
    lines = staged.column("line").to_numpy()[named]
    increasing = lines.size < 2 or bool((np.diff(lines) > 0).all())
    return int(lines.size if increasing else np.unique(lines).size)


def _store_events(writer: Writer, staged: pa.Table, origin: Origin) -> np.ndarray:
    types = present_types(staged)
    source = {"source": origin.source}
    with writer.staged("staged_events", staged):
        if types:
            writer.execute(_sql("number_identifiers").replace("{types}", ", ".join(types)))
        writer.execute(in_words(_sql("number_kinds"), staged, "key").replace("{staged}", "staged_events"), source)
        writer.execute(in_words(_sql("incoming_events"), staged, "key"), source)
        if len(types) > 1:
            sql = _sql("insert_links").replace("{types}", ", ".join(types))
            writer.execute(sql, source | {"import_id": origin.import_id})
    repeated = _without_repeated(writer, "incoming_events", first_stays=origin.first_stays)
    is_first = origin.source_is_new and SOURCE_COLUMN not in staged.column_names
    codes = _codes(staged.num_rows, _stored_already(writer, origin, is_first), repeated)
    if origin.first_stays:
        codes[codes == STATUS_UPDATED] = STATUS_KNOWN
    elif (codes == STATUS_UPDATED).any():
        _replace_events(writer)
    _insert_events(writer, codes, origin)
    return codes


def _stored_already(writer: Writer, origin: Origin, is_first: bool) -> dict[str, Any]:
    """Places of the chunk whose event the store has, and whether it says the same."""
    within = "stored.import_id = $import_id" if is_first else "$import_id is not null"
    writer.execute(_sql("matching_events").replace("{within}", within), {"import_id": origin.import_id})
    if not writer.value("select count(*) from matching_events"):
        return {"n": np.empty(0, dtype=np.int64), "same": np.empty(0, dtype=bool)}
    writer.execute(_sql("stored_events"))
    return writer.columns("select n, same from stored_events")


def _replace_events(writer: Writer) -> None:
    """Take the older versions out and note whose they were."""
    writer.execute("insert into revisions select nextval('event_seq'), who, id from stored_events where not same")
    writer.execute("delete from events where seq in (select seq from stored_events where not same)")


def _insert_events(writer: Writer, codes: np.ndarray, origin: Origin) -> None:
    parameters = {"received": datetime.now(UTC).replace(tzinfo=None), "import_id": origin.import_id}
    wanted = (codes == STATUS_NEW) | (codes == STATUS_UPDATED)
    if wanted.all():
        writer.execute(_sql("insert_events").replace("{wanted}", "true"), parameters)
    elif wanted.any():
        with writer.staged("wanted_rows", pa.table({"n": np.flatnonzero(wanted)})):
            writer.execute(_sql("insert_events").replace("{wanted}", "n in (select n from wanted_rows)"), parameters)


def _without_repeated(writer: Writer, table: str, *, first_stays: bool = False) -> np.ndarray:
    """Take out rows that a later (or an earlier) row of the chunk with the same key replaces; return their places."""
    if writer.value(f"select count(distinct id) = count(*) from {table}"):
        return np.empty(0, dtype=np.int64)
    order = "n" if first_stays else "n desc"
    found = writer.columns(f"select n from {table} qualify row_number() over (partition by id order by {order}) > 1")
    with writer.staged("repeated_rows", pa.table({"n": np.asarray(found["n"], dtype=np.int64)})):
        writer.execute(f"delete from {table} where n in (select n from repeated_rows)")
    return np.asarray(found["n"], dtype=np.int64)


def _codes(rows: int, found: dict[str, Any], repeated: np.ndarray) -> np.ndarray:
    codes = np.full(rows, STATUS_NEW, dtype=np.int64)
    same = np.asarray(found["same"], dtype=bool)
    codes[found["n"][same]] = STATUS_KNOWN
    codes[found["n"][~same]] = STATUS_UPDATED
    codes[repeated] = STATUS_REPEATED
    return codes


def _store_points(writer: Writer, staged: pa.Table, origin: Origin) -> np.ndarray:
    source = {"source": origin.source}
    with_page = staged.append_column("page", pa.nulls(staged.num_rows, pa.string()))
    with writer.staged("staged_points", with_page):
        writer.execute(in_words(_sql("number_kinds"), with_page, "key").replace("{staged}", "staged_points"), source)
        writer.execute(in_words(_sql("incoming_points"), with_page, "key || chr(31) || measure"), source)
    repeated = _without_repeated(writer, "incoming_points")
    writer.execute(_sql("stored_points"))
    found = writer.columns("select n, same from stored_points")
    codes = _codes(staged.num_rows, found, repeated)
    writer.execute("delete from series where id in (select id from stored_points where not same)")
    with writer.staged(
        "wanted_rows", pa.table({"n": np.flatnonzero((codes == STATUS_NEW) | (codes == STATUS_UPDATED))})
    ):
        writer.execute(
            "insert into series select id, time, kind, measure, amount, label, $import_id, line from incoming_points"
            " where n in (select n from wanted_rows)",
            {"import_id": origin.import_id},
        )
    return codes


def _store_observations(writer: Writer, staged: pa.Table, origin: Origin) -> np.ndarray:
    """A note that was taken off stays off: it counts as known, whatever its table says now."""
    with writer.staged("staged_observations", staged):
        writer.execute(_sql("incoming_observations"), {"source": origin.source})
    repeated = _without_repeated(writer, "incoming_observations")
    writer.execute(_sql("stored_observations"))
    codes = _codes(staged.num_rows, writer.columns("select n, same from stored_observations"), repeated)
    writer.execute(_sql("update_observations"), {"import_id": origin.import_id})
    with writer.staged("wanted_rows", pa.table({"n": np.flatnonzero(codes == STATUS_NEW)})):
        writer.execute(_sql("insert_observations"), {"import_id": origin.import_id})
    return codes


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
