"""Which customers bought when and for how much: one row per order, with what was given back of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from touchline.engine.question import Bucket, run
from touchline.engine.store import Store
from touchline.engine.workspace import Workspace
from touchline.events.facade import UNDATED
from touchline.formulas.order_worth import order_worths
from touchline.segments.facade import Scope, compile_scope
from touchline.value.rules.purchases import Purchases, put_together

OF_ORDERS = {"placed": ("order completed", "purchase"), "returned": ("order refunded",), "undone": ("order cancelled",)}
OF_PAYMENTS = {"placed": ("payment made",), "returned": ("payment refunded",), "undone": ()}
"""Payments stand in where no order was imported; both at once would count the same purchase twice."""

TOLD = """
with told as (
  select i.customer, e.time, lower(k.name) as name, e.value, coalesce(e.currency, '') as currency,
    coalesce(list_filter(e.objects, lambda o: o.type = 'order')[1].id, e.time::varchar) as number
  from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in (select unnest($placed || $returned || $undone)) and e.time <> $undated and {bucket}
)
select customer, (epoch_us(min(time) filter (name in (select unnest($placed)))) // 86400000000)::bigint as day,
  arg_min(value, time) filter (name in (select unnest($placed)) and value is not null)::double as placed,
  coalesce(sum(abs(value)) filter (name in (select unnest($returned))), 0)::double as given_back,
  coalesce(bool_or(name in (select unnest($undone))), false) as is_cancelled,
  coalesce(arg_min(currency, time) filter (currency <> ''), '') as currency
from told group by customer, number
having count(*) filter (name in (select unnest($placed))) > 0
order by customer, day, number
"""
"""Several events of one order, or of one moment, are one order; it counts on the day it was placed."""

ANY = """
select exists (
  select 1 from events join kinds using (kind) where lower(name) in (select unnest(?)) and who is not null
)
"""
LAST = "select (epoch_us(max(time)) // 86400000000)::bigint from events where time <> ?"
SEEN = "select distinct customer from visits where ended >= (select max(time) from events where time <> $undated) - to_days($days)"
MEMBERS = "select distinct v.customer from visits v where {scope} and v.customer is not null"


@dataclass(frozen=True)
class _Orders:
    """The question, for orders or for payments."""

    names: dict[str, tuple[str, ...]]

    def part(self, store: Store, bucket: Bucket) -> dict[str, Any]:
        """The orders of the customers of one bucket."""
        parameters = {kind: list(names) for kind, names in self.names.items()}
        sql = TOLD.replace("{bucket}", bucket.holds("i.customer"))
        return store.columns(sql, {**parameters, "undated": UNDATED.replace(tzinfo=None)})

    def combine(self, parts: Sequence[dict[str, Any]]) -> Purchases:
        """All of them, by customer."""

        def column(name: str) -> Any:
            return np.concatenate(
                [np.ma.filled(part[name], np.nan) if name == "placed" else part[name] for part in parts]
            )

        worth = order_worths(column("placed"), column("given_back"), column("is_cancelled").astype(bool))
        return put_together(column("customer"), column("day"), worth, column("currency").astype(str))


def purchases(workspace: Workspace, buckets: int = 1) -> Purchases:
    """Every purchase there is, of orders or, where there are none, of payments; those given back wholly left out."""
    store = workspace.store
    has_orders = bool(store.value(ANY, [list(OF_ORDERS["placed"])]))
    found = run(_Orders(OF_ORDERS if has_orders else OF_PAYMENTS), store, buckets)
    return found.known_until(_last_day(store), are_payments=not has_orders)


def members(workspace: Workspace, scope: Scope) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Customers of whom any visit fits a scope. Raises FilterError."""
    clause = compile_scope(workspace, scope)
    found = workspace.store.columns(MEMBERS.replace("{scope}", clause.sql), dict(clause.parameters))
    return np.asarray(found["customer"], dtype=np.int64)


def seen_lately(workspace: Workspace, days: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Customers with a visit within the last days of the data."""
    found = workspace.store.columns(SEEN, {"days": days, "undated": UNDATED.replace(tzinfo=None)})
    return np.asarray(np.ma.compressed(found["customer"]), dtype=np.int64)


def _last_day(store: Store) -> int | None:
    """The last day that is in the data as a whole, counted from 1970; None where nothing happened."""
    found = store.value(LAST, [UNDATED.replace(tzinfo=None)])
    return None if found is None else int(found)
