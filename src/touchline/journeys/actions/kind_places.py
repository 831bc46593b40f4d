"""What the definition in force says of every kind of event, for questions and for building visits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.events.facade import CHANNELS, NO_CONTACT, SIGNALS
from touchline.journeys.rules.contacts import NOWHERE, Plan, make_plan
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.matching import TOLD_ABOUT, Kind, Matcher, Placement
from touchline.journeys.rules.planned import PlannedOrder

BUILD = 2
"""Counts up when the same events and definition would give other visits than before."""


@dataclass(frozen=True)
class KindPlaces:
    """The rules, ready to be applied to events."""

    plan: Plan
    answers_at: npt.NDArray[np.int16]
    """By kind number: where its answers belong whatever the customer did; NOWHERE where that depends."""
    placements: tuple[Placement, ...]

    @property
    def as_table(self) -> pa.Table:
        """`kind_plan`: which kinds to read, and for which of them the order matters."""
        numbers = np.array([placement.kind for placement in self.placements], dtype=np.int32)
        relevant, by_order = self.plan.relevant, self.plan.by_order
        return pa.table({"kind": numbers, "relevant": relevant[numbers], "by_order": by_order[numbers]})


def fingerprint(definition: JourneyDefinition) -> str:
    """Return what visits depend on; owners, notes, icons and the planned order are not part of it."""
    touchpoints = tuple(replace(each, owner="", note="", icon="") for each in definition.touchpoints)
    stages = tuple(replace(each, name="", owner="", note="") for each in definition.stages)
    bare = replace(definition, name="", stages=stages, touchpoints=touchpoints, planned=PlannedOrder())
    return hashlib.sha256(f"{BUILD} {bare!r}".encode()).hexdigest()


def read_kind_places(writer: Writer, definition: JourneyDefinition) -> KindPlaces:
    """Match every kind of event there is against the definition."""
    kinds = [
        Kind(*row) for row in writer.rows("select kind, name, channel, page, label, source from kinds order by kind")
    ]
    matcher = Matcher(definition, NO_CONTACT | SIGNALS)
    placements = tuple(matcher.place(kind) for kind in kinds)
    plan = make_plan(kinds, placements, CHANNELS)
    answers_at = np.full(len(plan.always), NOWHERE, dtype=np.int16)
    for placement in placements:
        if placement.answers_at is not None:
            answers_at[placement.kind] = placement.answers_at
    return KindPlaces(plan, answers_at, placements)


def write_kind_touchpoints(writer: Writer, places: KindPlaces) -> None:
    """Write `kind_touchpoints`: where events of each kind belong; kinds that are unmapped have no row."""
    answered = _answered(
        writer, [each.kind for each in places.placements if not each.places and each.answers_at is None]
    )
    rows = [row for placement in places.placements for row in _rows(placement, placement.kind in answered)]
    names = ("kind", "touchpoint", "is_visit", "is_answer", "conditional")
    types = (pa.int32(), pa.int16(), pa.bool_(), pa.bool_(), pa.bool_())
    columns: dict[str, Any] = {
        name: pa.array([row[at] for row in rows], type_)
        for at, (name, type_) in enumerate(zip(names, types, strict=True))
    }
    with writer.staged("kind_rows", pa.table(columns)):
        writer.execute("delete from kind_touchpoints")
        writer.execute("insert into kind_touchpoints select * from kind_rows order by all")


def _answered(writer: Writer, kinds: list[int]) -> set[int]:
    """Those of the kinds that are nothing but answers; a contact of its own with a score beside it is not among them."""
    sql = """
        select distinct e.kind from events e join kinds k using (kind)
        where list_contains(?, e.kind) and list_contains(?, lower(k.name)) and (e.score is not null or e.text is not null)
    """
    return {row[0] for row in writer.rows(sql, [kinds, sorted(TOLD_ABOUT)])} if kinds else set()


def _rows(placement: Placement, is_answered: bool) -> list[tuple[int, int | None, bool, bool, bool]]:
    at = placement.answers_at
    conditional = any(place.pattern is not None for place in placement.places)
    places = list(dict.fromkeys(place.touchpoint for place in placement.places))
    rows: list[tuple[int, int | None, bool, bool, bool]] = [
        (placement.kind, each, True, at in {None, each}, conditional) for each in places
    ]
    if at is not None and at not in places:
        rows.append((placement.kind, at, False, True, False))
    if not rows and (is_answered or placement.is_ignored):
        rows.append((placement.kind, None, False, is_answered, False))
    return rows
