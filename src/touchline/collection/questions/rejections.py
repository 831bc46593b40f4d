"""The rejection log: single events that could not be stored as they came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from touchline.engine.store import Store

_COLUMNS = "r.rejection_id, r.received, r.key_id, k.name, r.door, r.code, r.reason, r.message_id, r.content, r.resolved, r.outcome"  # fmt: skip


@dataclass(frozen=True)
class Rejection:
    """One event, whole, with the reason."""

    id: int
    received: datetime
    """UTC, without zone."""
    key_id: int
    key_name: str | None
    """None: of a key that this store does not know."""
    door: str
    code: str
    reason: str
    message_id: str | None
    content: str
    resolved: datetime | None
    outcome: str | None
    """'stored', 'known' (in the store already), 'no event' or 'dismissed'; None while it waits."""


@dataclass(frozen=True)
class RejectionFilter:
    """Which rejections are meant; None: any."""

    code: str | None = None
    key_id: int | None = None
    containing: str | None = None
    """Part of the content, the reason or the message id, whatever its case."""
    since: datetime | None = None
    until: datetime | None = None
    """Received before."""
    waiting: bool = True
    """Only those neither stored nor dismissed."""


def only_waiting(which: RejectionFilter) -> RejectionFilter:
    """The same, without those that were dealt with."""
    return replace(which, waiting=True)


def rejections(store: Store, which: RejectionFilter, offset: int = 0, most: int | None = 50) -> list[Rejection]:
    """The latest first."""
    where, parameters = _where(which)
    limit = "" if most is None else f" limit {int(most)} offset {int(offset)}"
    rows = store.rows(
        f"select {_COLUMNS} from rejections r left join write_keys k using (key_id) where {where}"
        f" order by r.rejection_id desc{limit}",
        parameters,
    )
    return [Rejection(*row) for row in rows]


def rejection(store: Store, rejection_id: int) -> Rejection | None:
    """One of them, or None."""
    row = store.row(
        f"select {_COLUMNS} from rejections r left join write_keys k using (key_id) where r.rejection_id = ?",
        [rejection_id],
    )
    return None if row is None else Rejection(*row)


def rejection_ids(store: Store, which: RejectionFilter) -> list[int]:
    """Numbers of those that are meant, the latest first."""
    where, parameters = _where(which)
    rows = store.rows(f"select rejection_id from rejections r where {where} order by 1 desc", parameters)
    return [int(row[0]) for row in rows]


def rejections_of(store: Store, ids: Sequence[int]) -> list[Rejection]:
    """Those of these numbers, in the order in which they came."""
    rows = store.rows(
        f"select {_COLUMNS} from rejections r left join write_keys k using (key_id)"
        f" where {AMONG} order by r.rejection_id",
        among(ids),
    )
    return [Rejection(*row) for row in rows]


AMONG = "rejection_id between $first and $last and list_contains($ids, rejection_id)"
"""The ends let the engine leave out blocks without reading them."""


def among(ids: Sequence[int]) -> dict[str, Any]:
    """The parameters of AMONG."""
    return {"first": min(ids, default=0), "last": max(ids, default=0), "ids": list(ids)}


def every_rejection(store: Store, which: RejectionFilter) -> Iterator[Rejection]:
    """All that are meant, in the order in which they came, bit by bit: they need not fit in memory."""
    where, parameters = _where(which)
    sql = f"select {_COLUMNS} from rejections r left join write_keys k using (key_id) where {where} order by 1"
    for batch in store.batches(sql, parameters):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield Rejection(*row)


def count_rejections(store: Store, which: RejectionFilter) -> int:
    """How many there are."""
    where, parameters = _where(which)
    return int(store.value(f"select count(*) from rejections r where {where}", parameters) or 0)


def rejection_codes(store: Store) -> list[tuple[str, int]]:
    """(code, how many wait), the most frequent first."""
    rows = store.rows(
        "select code, count(*) from rejections where resolved is null group by code order by count(*) desc, code"
    )
    return [(str(code), int(count)) for code, count in rows]


def _where(which: RejectionFilter) -> tuple[str, dict[str, Any]]:
    parts: list[str] = ["true"]
    parameters: dict[str, Any] = {}
    if which.waiting:
        parts.append("r.resolved is null")
    for column, found in (("code", which.code), ("key_id", which.key_id)):
        if found is not None:
            parts.append(f"r.{column} = ${column}")
            parameters[column] = found
    if which.since is not None:
        parts.append("r.received >= $since")
        parameters["since"] = which.since
    if which.until is not None:
        parts.append("r.received < $until")
        parameters["until"] = which.until
    if which.containing:
        parts.append(
            "contains(lower(r.content || ' ' || r.reason || ' ' || coalesce(r.message_id, '')), lower($containing))"
        )
        parameters["containing"] = which.containing
    return " and ".join(parts), parameters
