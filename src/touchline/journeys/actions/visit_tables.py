"""Build visits and responses of some customers: events out of the store, rules over arrays, rows back in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchline.engine.pointers import pointer_to
from touchline.engine.store import Store, Writer
from touchline.formulas.experience import experience
from touchline.journeys.actions.kind_places import KindPlaces
from touchline.journeys.rules.answers import ABOUT_THE_WHOLE, place_answers
from touchline.journeys.rules.contacts import NOWHERE, Contacts, Plan, order_of_moments, place
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.visits import NONE, Visits, fold
from touchline.kit.ahead import one_ahead

Array = npt.NDArray[Any]

VISIT_COLUMNS = """
  customer, time, ended, touchpoint, previous, following, seconds, wait, journey, channel, previous_channel, device,
  intent, events, value, currency, (id_high::uhugeint << 64) | id_low::uhugeint
"""

EVENTS_PER_PART = 500_000
"""The rules run over so many rows at once: arrays beyond some megabytes cost more to obtain than to fill."""


@dataclass(frozen=True)
class Builder:
    """Builds with one definition, inside one transaction; reads what was committed before it."""

    store: Store
    writer: Writer
    definition: JourneyDefinition
    places: KindPlaces
    campaigns: tuple[str, ...]
    """In the order of their numbers, from 1."""
    currencies: tuple[str | None, ...]
    """The same; the first is None, for values without a currency."""

    def build(self, customers: pa.Table | None = None) -> int:
        """Add the visits and responses of everybody, or of the customers given. Returns the number of visits."""
        written = 0
        answers: list[pa.Table] = []
        with closing(one_ahead(self._made(customers))) as parts:
            for visits, of_part in parts:
                self.writer.append("visits", visits, VISIT_COLUMNS)
                answers.append(of_part)
                written += len(visits)
        if answers:
            self._insert_answers(pa.concat_tables(answers))
        return written

    def _made(self, customers: pa.Table | None) -> Iterator[tuple[pa.Table, pa.Table]]:
        """Visits and answers of some whole customers at a time."""
        for columns in self._parts(customers):
            is_answer, is_about_the_whole = (columns.pop(name) for name in ("is_answer", "is_about_the_whole"))
            contacts = Contacts(**columns)
            touchpoint = place(contacts, self.places.plan)
            found = np.flatnonzero(is_answer)
            answers = self._answers(contacts, touchpoint, found, is_about_the_whole[found] != 0)
            yield self._visits(contacts, touchpoint), answers

    def _parts(self, customers: pa.Table | None) -> Iterator[dict[str, Any]]:
        """Contacts by column, some whole customers at a time."""
        properties, values = property_columns(self.places.plan)
        sql = _sql("contacts").format(
            properties="".join(properties.values()),
            customers="" if customers is None else "where identities.customer in (select customer from touched)",
        )
        staged = {
            "kind_plan": self.places.as_table,
            "campaign_numbers": _numbers("campaign", self.campaigns),
            "currency_numbers": _numbers("currency", self.currencies),
        } | ({} if customers is None else {"touched": customers})
        for part in _whole_customers(self.store.batches(sql, values | {"about_the_whole": ABOUT_THE_WHOLE}, staged)):
            columns: dict[str, Any] = {name: part.column(name).to_numpy() for name in part.column_names}
            order = order_of_moments(*(columns[name] for name in ("customer", "time", "id_high", "id_low")))
            if order is not None:
                columns = {name: column[order] for name, column in columns.items()}
            columns["order"] = columns.pop("order_number")
            columns["holds"] = {number: columns.pop(f"holds_{number}").view(np.bool_) for number in properties}
            yield columns

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

    def _answers(self, contacts: Contacts, touchpoint: Array, answers: Array, about_the_whole: Array) -> pa.Table:
        at = place_answers(
            contacts,
            touchpoint,
            answers,
            about_the_whole,
            self.places.answers_at,
            gap_days=self.definition.gap_days,
        )
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


def _whole_customers(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Put batches of sorted rows together and cut them between customers."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(len(each) for each in waiting) < EVENTS_PER_PART:
            continue
        table = pa.Table.from_batches(waiting)
        customer = table.column("customer").to_numpy()
        cut = int(np.searchsorted(customer, customer[-1]))
        if cut:
            yield table.slice(0, cut)
        waiting = table.slice(cut).to_batches()
    if waiting:
        yield pa.Table.from_batches(waiting)


def _numbers(name: str, values: Sequence[str | None]) -> pa.Table:
    numbers = pa.array(range(1, len(values) + 1), pa.int32())
    return pa.table({name: pa.array(values, pa.string()), "number": numbers})


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
            values[f"pointer_{name}"] = pointer_to(key)
            values[f"wanted_{name}"] = value.lower()
            conditions.append(f"lower(e.properties ->> $pointer_{name}) = $wanted_{name}")
        values[f"kinds_{step.number}"] = np.flatnonzero(step.kinds).tolist()
        columns[step.number] = (
            f", case when list_contains($kinds_{step.number}, e.kind)"
            f" then coalesce({' and '.join(conditions)}, false) else false end::utinyint as holds_{step.number}"
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
