"""Archetypes are found and described: counts in, the answer out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.archetypes.answer import ArchetypesAnswer, TriedNumber
from touchline.analyses.kinds.archetypes.describing import Described
from touchline.analyses.kinds.archetypes.kernel import Walks
from touchline.analyses.kinds.archetypes.naming import all_named, given_names
from touchline.analyses.kinds.archetypes.question import Members, Taken, WaysTaken
from touchline.analyses.kinds.archetypes.request import ArchetypesRequest
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known
from touchline.formulas.archetypes import FEWEST_PEOPLE, STABLE_FROM, Chosen, choose, fixed
from touchline.formulas.markov_mixture import Ways, ways_of

MOST = 8
AUTO = "auto"
PARTS = tuple((f"archetype-{number}", f"customers of archetype {number}") for number in range(1, MOST + 1))
PEOPLE = {"customer": "customers", "account": "accounts", "case": "cases"}
ORDERED = "Order Completed"


@dataclass(frozen=True)
class Grouping:
    """Ways divided into archetypes, the largest first."""

    taken: Taken
    chosen: Chosen | None
    """None: too few people."""
    kind: NDArray[np.int64]
    """The archetype of each way, from 0."""
    sure: NDArray[np.float64]
    """How probable that archetype is for it."""

    @property
    def kinds(self) -> int:
        """How many archetypes; 0 where there is no division to show."""
        return 0 if self.chosen is None or self.chosen.mixture is None else self.chosen.mixture.kinds

    def described(self, reading: Reading, taken: Taken) -> Described:
        """The archetypes in some of the ways that were divided."""
        at = np.searchsorted(np.array(self.taken.ways, object), np.array(taken.ways, object))
        return Described(reading.definition, taken, self.kind[at], self.sure[at], self.kinds)


def usual(known: Known) -> ArchetypesRequest:
    """As many archetypes as there are, with orders as the outcome where there are any."""
    if not known.visits and known.events:
        raise QuestionError(
            "No event is on a touchpoint yet, so there are no ways to divide. Put the unmapped events on the map first: "
            "the journey definition says which events belong to which touchpoint."
        )
    if not known.visits:
        raise QuestionError("There are no visits yet. Import the exports you have; then ask for archetypes.")
    return ArchetypesRequest(outcome=f"event:{ORDERED}" if ORDERED in known.events else "")


def answer(reading: Reading, request: ArchetypesRequest) -> ArchetypesAnswer:
    """Divide the people of a scope into archetypes and describe them.

    Where two groups are compared, both are divided into the archetypes of all of them together. Raises QuestionError.
    """
    names = given_names(request.names)
    outcome = reading.step(request.outcome, "outcome") if request.outcome else None
    question = WaysTaken.of(reading, outcome)
    taken = reading.ask(question)
    everybody = taken
    if reading.beside is not None:
        everybody = question.combine([taken, reading.beside.ask(WaysTaken.of(reading.beside, outcome))])
    grouping = divided(everybody, request)
    described = grouping.described(reading, taken)
    archetypes = described.archetypes() if grouping.kinds else ()
    if archetypes:
        named = all_named([each.suggested for each in archetypes], names)
        archetypes = tuple(replace(each, name=name) for each, name in zip(archetypes, named, strict=True))
    tried = _tried(grouping.chosen)
    return ArchetypesAnswer(
        unit=reading.unit,
        people=int(taken.people.sum()),
        journeys=int((taken.people * Walks.of(taken.ways).journeys()).sum()) if taken.ways else 0,
        ways=len(taken.ways),
        outcome=outcome.name if outcome else "",
        archetypes=archetypes,
        agreement=next((each.agreement for each in tried if each.number == grouping.kinds), None),
        refusal=_refusal(grouping, PEOPLE[reading.unit]),
        tried=tried,
        fitted_on=int(everybody.people.sum()),
    )


def members(reading: Reading, request: ArchetypesRequest, part: str) -> NDArray[np.int64]:
    """The customers of one archetype, in order. Raises QuestionError where there is no such archetype."""
    question = WaysTaken.of(reading, None)
    taken = reading.ask(question)
    grouping = divided(taken, request)
    wanted = int(part.rpartition("-")[2]) - 1
    if wanted >= grouping.kinds:
        raise QuestionError(f"There is no {part}: {grouping.kinds} archetypes were found.")
    ways = frozenset(taken.ways[at] for at in np.flatnonzero(grouping.kind == wanted))
    return reading.ask(Members(question.visits, question.gap_us, ways))


def divided(taken: Taken, request: ArchetypesRequest) -> Grouping:
    """Divide ways as was asked."""
    if taken.people.sum() < FEWEST_PEOPLE:
        return _undivided(taken, None)
    chosen = _chosen(taken.ways, tuple(taken.people.tolist()), request.number)
    if chosen.mixture is None:
        return _undivided(taken, chosen)
    chances = chosen.mixture.chances(_fitting(taken.ways, taken.people))
    kind = chances.argmax(axis=1)
    people = np.bincount(kind, taken.people, chosen.mixture.kinds)
    rank = np.empty(len(people), np.int64)
    rank[np.argsort(-people, kind="stable")] = np.arange(len(people))
    return Grouping(taken, chosen, rank[kind], chances.max(axis=1))


def _undivided(taken: Taken, chosen: Chosen | None) -> Grouping:
    return Grouping(taken, chosen, np.zeros(len(taken.ways), np.int64), np.ones(len(taken.ways)))


@lru_cache(maxsize=4)
def _chosen(ways: tuple[bytes, ...], people: tuple[int, ...], number: str) -> Chosen:
    """Remembered: two groups are divided together twice, and members are asked for archetype by archetype."""
    fitting = _fitting(ways, np.array(people))
    return choose(fitting, MOST) if number == AUTO else fixed(fitting, int(number))


def _fitting(ways: tuple[bytes, ...], people: NDArray[np.int64]) -> Ways:
    counts, leaves, _ = Walks.of(ways).transitions()
    return ways_of(counts, leaves, people)


def _tried(chosen: Chosen | None) -> tuple[TriedNumber, ...]:
    tried = chosen.tried if chosen else ()
    return tuple(TriedNumber(each.kinds, each.bic, each.agreement, each.is_stable) for each in tried)


def _refusal(grouping: Grouping, people: str) -> str:
    if grouping.chosen is None:
        return (
            f"No archetypes: {int(grouping.taken.people.sum()):,} {people} are too few, at least {FEWEST_PEOPLE} are "
            "needed. Ask for a longer period, or for all data."
        )
    if grouping.chosen.mixture is None:
        best = max(grouping.chosen.tried, key=lambda each: each.agreement or 0.0)
        return (
            f"No stable archetypes: when {people} are drawn again, other groups come out (agreement "
            f"{best.agreement or 0.0:.2f} at best, for {best.kinds} archetypes; {STABLE_FROM:.2f} is needed). Ask for a "
            f"longer period, for one channel or intent, or for a number of archetypes: --number {best.kinds} shows them "
            "with this caution."
        )
    return ""
