"""Build visits and responses of some customers: events out of the store, rules over arrays, rows back in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.formulas.experience import experience
from touchline.journeys.actions.kind_places import KindPlaces
from touchline.journeys.rules.answers import place_answers
from touchline.journeys.rules.contacts import NOWHERE, Contacts, Plan, place
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.visits import NONE, Visits, fold

Array = npt.NDArray[Any]

EVENTS_PER_PART = 500_000
"""The rules run over so many rows at once: arrays beyond some megabytes cost more to obtain than to fill."""


@dataclass(frozen=True)
class Builder:
    """Builds with one definition, inside one transaction. `events` is SQL in the shape of all_events.sql."""

    writer: Writer
    definition: JourneyDefinition
    places: KindPlaces
    campaigns: tuple[str, ...]
    currencies: tuple[str | None, ...]

    def build(self, events: str, parameters: dict[str, Any]) -> int:
        """Add the visits and responses of the customers that `events` holds. Returns the number of visits."""
        columns = self._read(events, parameters)
        is_answer = columns.pop("is_answer")
        contacts = Contacts(**columns)
        visits: list[pa.Table] = []
        answers: list[pa.Table] = []
        for part in _parts(contacts.customer):
            some = contacts.where(part)
            touchpoint = place(some, self.places.plan)
            answers.append(self._answers(some, touchpoint, np.flatnonzero(is_answer[part])))
            visits.append(self._visits(some, touchpoint))
        if not visits:
            return 0
        self._insert_answers(pa.concat_tables(answers))
        with self.writer.staged("visit_rows", pa.concat_tables(visits)):
            self.writer.execute(_sql("insert_visits"))
        return sum(len(table) for table in visits)

    def _read(self, events: str, parameters: dict[str, Any]) -> dict[str, Any]:
        conditions, values = property_columns(self.places.plan)
        sql = _sql("contacts").format(events=f"({events})", properties="".join(conditions.values()))
        columns = self.writer.columns(sql, parameters | values)
        columns["order"] = columns.pop("order_number")
        columns["holds"] = {number: columns.pop(f"holds_{number}") for number in conditions}
        return columns

    def _visits(self, contacts: Contacts, touchpoint: Array) -> pa.Table:
        if (touchpoint == NOWHERE).any():
            chosen = np.flatnonzero(touchpoint != NOWHERE)
            contacts, touchpoint = contacts.where(chosen), touchpoint[chosen]
        return self._table(
            fold(
                contacts,
                touchpoint,
                self.places.plan.channel[contacts.kind],
                gap_days=self.definition.gap_days,
                visit_minutes=self.definition.visit_minutes,
            )
        )

    def _table(self, visits: Visits) -> pa.Table:
        ids = [touchpoint.id for touchpoint in self.definition.touchpoints]
        intent = np.where(visits.campaign > 0, visits.campaign + len(ids) - 1, visits.came_by)
        return pa.table(
            {
                "customer": visits.customer,
                "time": pa.array(visits.time, pa.timestamp("us")),
                "ended": pa.array(visits.ended, pa.timestamp("us")),
                "touchpoint": visits.touchpoint,
                "previous": _or_null(visits.previous),
                "following": _or_null(visits.following),
                "seconds": pa.array(visits.seconds, mask=np.isnan(visits.seconds)),
                "wait": pa.array(visits.wait, mask=np.isnan(visits.wait)),
                "journey": visits.journey,
                "channel": visits.channel,
                "previous_channel": _or_null(visits.previous_channel),
                "device": visits.device,
                "intent": pa.DictionaryArray.from_arrays(intent.astype(np.int32), [*ids, *self.campaigns]),
                "events": visits.events,
                "value": _decimals(visits.value, visits.currency != 0),
                "currency": pa.DictionaryArray.from_arrays(
                    visits.currency.astype(np.int32), pa.array([None, *self.currencies], pa.string())
                ),
                "id_high": visits.id_high,
                "id_low": visits.id_low,
            }
        )

    def _answers(self, contacts: Contacts, touchpoint: Array, answers: Array) -> pa.Table:
        at = place_answers(contacts, touchpoint, answers, self.places.answers_at, gap_days=self.definition.gap_days)
        return self._answer_table(
            pa.array(contacts.customer[answers]),
            at,
            contacts.kind[answers],
            contacts.id_high[answers],
            contacts.id_low[answers],
        )

    def build_anonymous_answers(self, since: int) -> None:
        """Add the responses of events after `since` that name nobody: placed by what their kind says, or nowhere."""
        found = self.writer.columns(_sql("anonymous_answers"), {"since": since})
        kind = found["kind"]
        at = self.places.answers_at[kind]
        at = np.where(at == NOWHERE, self.places.plan.always[kind], at)
        nobody = pa.nulls(len(at), pa.int32())
        self._insert_answers(self._answer_table(nobody, at, kind, found["id_high"], found["id_low"]))

    def _answer_table(self, customer: pa.Array[Any], at: Array, kind: Array, id_high: Array, id_low: Array) -> pa.Table:
        return pa.table(
            {
                "customer": customer,
                "touchpoint": _or_null(at.astype(np.int16)),
                "channel": self.places.plan.channel[kind],
                "id_high": id_high,
                "id_low": id_low,
            }
        )

    def _insert_answers(self, answers: pa.Table) -> None:
        if not len(answers):
            return
        rows = answers.append_column("n", pa.array(np.arange(len(answers), dtype=np.int64)))
        with self.writer.staged("answer_rows", rows):
            scores = self.writer.columns(_sql("answer_scores"))
        felt = np.full(len(rows), np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):  # a scale without width says nothing
            felt[scores["n"]] = experience(*(_with_nan(scores[name]) for name in ("score", "score_min", "score_max")))
        rows = rows.append_column("experience", pa.array(felt, mask=~np.isfinite(felt)))
        with self.writer.staged("answer_rows", rows):
            self.writer.execute(_sql("insert_answers"))


def _parts(customer: Array) -> Iterator[slice]:
    """Cut sorted rows between customers, so that the arrays of a part stay small enough to be reused by the next."""
    start = 0
    while start < len(customer):
        last = customer[min(start + EVENTS_PER_PART, len(customer)) - 1]
        end = int(np.searchsorted(customer, last, side="right"))
        yield slice(start, end)
        start = end


def all_events() -> str:
    """SQL of the events of the customers from $low to below $high."""
    return _sql("all_events")


def property_columns(plan: Plan) -> tuple[dict[int, str], dict[str, Any]]:
    """SQL columns that say whether an event has the properties a step asks for, with the values to bind."""
    columns: dict[int, str] = {}
    values: dict[str, Any] = {}
    for step in plan.steps:
        if not step.pattern.property:
            continue
        conditions = []
        for number, (key, value) in enumerate(step.pattern.property.items()):
            name = f"{step.number}_{number}"
            values[f"pointer_{name}"] = "/" + key.replace("~", "~0").replace("/", "~1")
            values[f"wanted_{name}"] = value.lower()
            conditions.append(f"lower(e.properties ->> $pointer_{name}) = $wanted_{name}")
        values[f"kinds_{step.number}"] = np.flatnonzero(step.kinds).tolist()
        columns[step.number] = (
            f", case when list_contains($kinds_{step.number}, e.kind)"
            f" then coalesce({' and '.join(conditions)}, false) else false end as holds_{step.number}"
        )
    return columns, values


def _or_null(values: Array) -> pa.Array[Any]:
    return pa.array(values, mask=values == NONE)


def _with_nan(values: Array) -> Array:
    return np.ma.filled(values.astype(np.float64), np.nan)


def _decimals(ten_thousandths: Array, there: Array) -> pa.Array[Any]:
    """Exact money without a detour over floats: a 128-bit integer is the 64-bit one with its sign spread upwards."""
    words = np.empty((len(ten_thousandths), 2), dtype=np.int64)
    words[:, 0] = ten_thousandths
    words[:, 1] = ten_thousandths >> 63
    valid = pa.py_buffer(np.packbits(there, bitorder="little").data)
    return pa.Array.from_buffers(pa.decimal128(18, 4), len(words), [valid, pa.py_buffer(words.data)])


@cache
def _sql(name: str) -> str:
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
