"""Where aligned journeys leave the plan, and where they could have: the events that shares are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.conformance.alignments import Aligned
from touchline.analyses.kinds.conformance.rows import Flags, Ints, Journeys

STOPPED, SKIPPED, UNPLANNED, REPEATED, BACK, EARLY, LATE = range(7)
KIND_NAMES = ("stopped", "skipped", "unplanned", "repeated", "back", "early", "late")
REACHED, PASSED, BETWEEN = range(3)
"""Where a journey can deviate: having met a step; having got beyond it; between two steps met one after the other."""
NOTHING = -1
"""No touchpoint: a step is skipped, or the journey ends."""
WIDEST = 2048
"""Above every touchpoint and step."""


@dataclass(frozen=True)
class Happened:
    """One row per unit (customer, account, case) and thing that happened to it: a deviation, or a chance of one."""

    key: Ints
    """Four columns: kind, touchpoint, step before, step after; or kind of chance, 0, step, step."""
    journey: Ints
    """In which it happened first."""
    at: Ints
    """When, microseconds since 1970."""
    following: Ints
    """Touchpoint of the visit after it; NOTHING at the end."""


@dataclass(frozen=True)
class Course:
    """How far each journey got; tables are journeys × (steps + 1), column 0 stands for the beginning."""

    met: Flags
    first_at: Ints
    """When each step was first met."""
    last: Ints
    """The furthest step met; 0 for none."""
    moves: Happened
    """From each step met to the next one met, from the beginning (0) and to the end (0)."""
    before: Ints
    """Of each visit: the step met last before it or at it, 0 for none."""
    after: Ints
    """Of each visit: the step met next after it or at it, 0 for none."""


def course(found: Journeys, steps: Aligned, places: int) -> Course:
    """Follow each journey through the steps; `places` is their number + 1."""
    step = steps.step.astype(np.int64)
    count = len(found.unit)
    starts = found.starts
    row = np.arange(len(step))
    latest = np.maximum.accumulate(np.where(step > 0, row, -1)) if len(step) else row
    before = np.where(latest >= starts[found.journey], step[latest], 0)
    ends = np.append(starts[1:], len(step))
    upcoming = np.minimum.accumulate(np.where(step > 0, row, len(step))[::-1])[::-1] if len(step) else row
    after = np.where(upcoming < ends[found.journey], step[np.minimum(upcoming, len(step) - 1)], 0)
    met = np.zeros((count, places), dtype=np.bool_)
    met[found.journey[step > 0], step[step > 0]] = True
    met[:, 0] = True
    earlier = np.where(row == starts[found.journey], 0, before[row - 1])
    arrives = np.flatnonzero((step > 0) & (step != earlier))
    first_at = np.zeros((count, places), dtype=np.int64)
    first_at[found.journey[arrives], step[arrives]] = found.visits.at[arrives]
    first_at[:, 0] = found.began
    last = np.where(met, np.arange(places), 0).max(axis=1, initial=0)
    came_from = np.where(earlier[arrives] > 0, latest[np.maximum(arrives - 1, 0)], starts[found.journey[arrives]])
    ending = np.arange(count)
    left = np.where(last > 0, latest[ends - 1], starts) if count else ending
    moves = Happened(
        key=_keys(
            np.full(len(arrives) + count, BETWEEN),
            np.zeros(len(arrives) + count),
            np.concatenate([earlier[arrives], last]),
            np.concatenate([step[arrives], np.zeros(count)]),
        ),
        journey=np.concatenate([found.journey[arrives], ending]),
        at=found.visits.at[np.concatenate([came_from, left])],
        following=np.full(len(arrives) + count, NOTHING),
    )
    return Course(met, first_at, last, moves, before, after)


def deviations(found: Journeys, steps: Aligned, way: Course, contains: Flags, optional: Flags) -> Happened:
    """Every deviation of every unit, each once, at its first time."""
    outside = np.flatnonzero(steps.step == 0)
    kind, misplaced = _kinds(found, way, contains, outside)
    following = np.append(found.visits.touchpoint[1:], NOTHING)
    following[np.append(found.starts[1:], len(following)) - 1] = NOTHING
    at_a_step = np.isin(kind, (REPEATED, BACK, LATE))
    parts = [
        Happened(
            key=_keys(
                kind,
                found.visits.touchpoint[outside],
                np.where(kind == EARLY, 0, way.before[outside]),
                np.where(at_a_step, 0, way.after[outside]),
            ),
            journey=found.journey[outside],
            at=found.visits.at[outside],
            following=following[outside],
        ),
        *_skipped(found, steps, way, ~optional, misplaced),
        _stopped(found, way, ~optional),
    ]
    return _first(found, parts)


_COLUMNS = ("key", "journey", "at", "following")


def _kinds(found: Journeys, way: Course, contains: Flags, outside: Ints) -> tuple[Ints, Flags]:
    """What each visit outside the plan is, and journeys × (steps + 1): the step was done, but not in its order."""
    journey, before = found.journey[outside], way.before[outside]
    mine = contains[found.visits.touchpoint[outside]]
    unmet = mine & ~way.met[journey, 1:]
    number = np.arange(1, contains.shape[1] + 1)
    kind = np.select(
        [
            ~mine.any(axis=1),
            (unmet & (number < before[:, None])).any(axis=1),
            unmet.any(axis=1),
            (mine & (number == before[:, None])).any(axis=1),
            (mine & (number < before[:, None])).any(axis=1),
        ],
        [UNPLANNED, LATE, EARLY, REPEATED, BACK],
        EARLY,
    )
    misplaced = np.zeros_like(way.met)
    visit, step = np.nonzero(unmet)
    misplaced[journey[visit], step + 1] = True
    return kind, misplaced


def _skipped(found: Journeys, steps: Aligned, way: Course, needed: Flags, misplaced: Flags) -> list[Happened]:
    skipped = []
    first_visit = _first_visits(found, steps)
    for step in np.flatnonzero(needed) + 1:
        journey = np.flatnonzero(~way.met[:, step] & (way.last > step) & ~misplaced[:, step])
        beyond = step + 1 + np.argmax(way.met[journey, step + 1 :], axis=1) if journey.size else journey
        at = way.first_at[journey, beyond]
        place = first_visit[journey, beyond]
        key = _keys(np.full(len(journey), SKIPPED), np.full(len(journey), NOTHING), np.full(len(journey), step), 0)
        skipped.append(Happened(key, journey, at, found.visits.touchpoint[place]))
    return skipped


def _first_visits(found: Journeys, steps: Aligned) -> Ints:
    """Journeys × (steps + 1): the visit that first met each step."""
    places = int(steps.step.max(initial=0)) + 1
    first = np.zeros((len(found.unit), places), dtype=np.int64)
    rows = np.flatnonzero(steps.step > 0)[::-1]
    first[found.journey[rows], steps.step[rows]] = rows  # the last assignment stays: the earliest visit
    return first


def _stopped(found: Journeys, way: Course, needed: Flags) -> Happened:
    journey = np.flatnonzero(way.last < np.max(np.flatnonzero(needed) + 1, initial=0))
    key = _keys(np.full(len(journey), STOPPED), np.full(len(journey), NOTHING), way.last[journey], 0)
    return Happened(key, journey, found.ended[journey], np.full(len(journey), NOTHING))


def chances(found: Journeys, steps: Aligned, way: Course) -> Happened:
    """Where each unit could have deviated, with the first moment from which what follows is compared."""
    parts = [way.moves]
    for step in range(way.met.shape[1]):
        reached = np.flatnonzero(way.met[:, step])
        parts.append(_chance(REACHED, step, reached, way.first_at[reached, step]))
        passed = np.flatnonzero(way.last > step)
        if passed.size:
            beyond = step + 1 + np.argmax(way.met[passed, step + 1 :], axis=1)
            parts.append(_chance(PASSED, step, passed, way.first_at[passed, beyond]))
    return _first(found, parts)


def _chance(kind: int, step: int, journey: Ints, at: Ints) -> Happened:
    key = _keys(np.full(len(journey), kind), 0, np.full(len(journey), step), 0)
    return Happened(key, journey, at, np.full(len(journey), NOTHING))


def chance_of(key: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Which chance a deviation takes."""
    kind, _, before, after = key
    if kind == SKIPPED:
        return PASSED, 0, before, 0
    if kind == EARLY:
        return REACHED, 0, after, 0
    if kind == UNPLANNED and before != after:
        return BETWEEN, 0, before, after
    return REACHED, 0, before, 0


def _keys(*columns: NDArray[np.floating | np.integer] | int) -> Ints:
    return np.stack(np.broadcast_arrays(*columns), axis=1).astype(np.int64)


def key_numbers(keys: Ints) -> Ints:
    """One number for each key: sorting numbers is much faster than sorting rows."""
    numbers: Ints = keys[:, 0]
    for column in keys.T[1:]:
        numbers = numbers * WIDEST + column + 1
    return numbers


def _first(found: Journeys, parts: list[Happened]) -> Happened:
    """Keep the first row of each unit and key."""
    happened = Happened(*(np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS))
    unit, number = found.unit[happened.journey], key_numbers(happened.key)
    order = np.lexsort((happened.following, happened.at, happened.journey, number, unit))
    number, unit = number[order], unit[order]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = (unit[1:] != unit[:-1]) | (number[1:] != number[:-1])
    kept = order[is_first]
    return Happened(*(getattr(happened, name)[kept] for name in _COLUMNS))
