"""Corrected lines of orders that are stored already: they are added to their order, never stored as a second one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.engine.store import Writer
from touchline.events.mapping.distinct import Column

_STORED = """
select staged.at, stored.seq, stored.who, stored.currency is distinct from staged.currency as other_currency
from corrected_orders staged join events stored on stored.id = md5_number($source || chr(31) || staged.key)
"""
_NOTED = "insert into revisions select nextval('event_seq'), who, id from events where seq in (select seq from amended_orders)"
_AMENDED = """
update events set
  time = least(events.time, new.time),
  line = least(events.line, new.line),
  value = case when new.repeats then coalesce(events.value, new.value)
    else coalesce(events.value + new.value, events.value, new.value) end,
  objects = list_concat(events.objects, list_filter(new.objects, lambda one: not list_contains(events.objects, one))),
  properties = json_merge_patch(
    events.properties, json_object('lines', (events.properties ->> '$.lines')::bigint + new.rows))
from amended_orders new where new.seq = events.seq
"""


@dataclass(frozen=True)
class Amended:
    """What became of the orders in some corrected rows."""

    others: pa.Table
    """Events that are not in the store yet, to be stored as any."""
    named_rows: int
    """Corrected rows whose order names somebody."""


def amend_orders(writer: Writer, events: pa.Table, source: str, *, repeats: bool) -> Amended:
    """Add corrected lines to their stored orders, inside the caller's transaction. Events that are no orders are left.

    `repeats`: each line repeats the order's total, which stays. A line in another currency than its order's is an order
    of its own, as in an import of the whole file.
    """
    if "rows" not in events.column_names or not events.num_rows:
        return Amended(events, 0)
    found = _stored(writer, events, source)
    if (apart := found["other_currency"]).any():
        events = _parted(events, found["at"][apart])
        found = _stored(writer, events, source)
    at = np.asarray(found["at"], dtype=np.int64)
    amended = events.take(at).append_column("seq", pa.array(np.asarray(found["seq"])))
    amended = amended.append_column("repeats", pa.repeat(pa.scalar(repeats), amended.num_rows))
    with writer.staged("amended_orders", amended):
        writer.execute(_NOTED)
        writer.execute(_AMENDED)
    named = ~np.ma.getmaskarray(np.ma.asarray(found["who"]))
    rows = events.column("rows").to_numpy()
    others = np.ones(events.num_rows, dtype=bool)
    others[at] = False
    return Amended(events.filter(pa.array(others)), int(rows[at][named].sum()))


def _stored(writer: Writer, events: pa.Table, source: str) -> dict[str, np.ndarray]:
    looked_for = events.select(["key", "currency"]).append_column("at", pa.array(np.arange(events.num_rows)))
    with writer.staged("corrected_orders", looked_for):
        return writer.columns(_STORED, {"source": source})


def _parted(events: pa.Table, at: np.ndarray) -> pa.Table:
    """Give these orders the keys that mapping.orders gives to lines in a second currency."""
    chosen = np.zeros(events.num_rows, dtype=bool)
    chosen[at] = True
    keys: Column = events["key"]
    parted: Column = pc.binary_join_element_wise(
        keys, events["currency"], " ", null_handling="replace", null_replacement=""
    )
    keys = pc.if_else(pa.array(chosen), parted, keys)
    return events.set_column(events.schema.get_field_index("key"), events.schema.field("key"), keys)
