"""What the people of each archetype do: counts per archetype, judged by the formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.archetypes.answer import Archetype, Move, Reached
from touchline.analyses.kinds.archetypes.kernel import OUTSIDE, Walks, Whole, way_words
from touchline.analyses.kinds.archetypes.naming import step_name, suggested_name
from touchline.analyses.kinds.archetypes.question import THOUSANDTHS, Taken
from touchline.formulas.archetypes import TELLING_FROM, TYPICAL_FROM
from touchline.formulas.clustered_mean import PeopleSums, clustered_mean
from touchline.formulas.experience import Answers, Experience, experience_scores
from touchline.formulas.proportion import Proportion, difference, share
from touchline.journeys.facade import JourneyDefinition

MOST_MOVES = 5
WORST, BEST = -100.0, 100.0


@dataclass(frozen=True)
class Described:
    """The ways of a scope, divided."""

    definition: JourneyDefinition
    taken: Taken
    kind: NDArray[np.int64]
    """The archetype of each way, from 0."""
    sure: NDArray[np.float64]
    """How probable that archetype is."""
    kinds: int

    @cached_property
    def walks(self) -> Walks:
        """The steps of the ways."""
        return Walks.of(self.taken.ways)

    @cached_property
    def people(self) -> Whole:
        """People by archetype."""
        return self._by_kind(self.taken.people)

    @cached_property
    def journeys(self) -> Whole:
        """Journeys by archetype."""
        return self._by_kind(self.taken.people * self.walks.journeys())

    def archetypes(self) -> tuple[Archetype, ...]:
        """All of them, named as suggested; those that visit the same touchpoints by the step that sets them apart."""
        found = [self._archetype(kind) for kind in range(self.kinds)]
        suggested = [each.suggested for each in found]
        return tuple(
            replace(each, name=step_name(each.moves), suggested=step_name(each.moves))
            if suggested.count(each.suggested) > 1 and each.moves
            else each
            for each in found
        )

    def _archetype(self, kind: int) -> Archetype:
        people = int(self.people[kind])
        part = share(people, int(self.people.sum()))
        reached = int(self._by_kind(self.taken.reached)[kind])
        outcome = share(reached, people)
        touchpoints = self._touchpoints(kind)
        typical = tuple(each.name for each in touchpoints if each.is_typical)
        name = suggested_name([each.name for each in _most_telling(touchpoints)], typical)
        answered, answers, *sums = (int(each) for each in self._by_kind(self.taken.answers)[kind])
        total, n_squared, n_times_total, total_squared = sums
        felt = clustered_mean(
            PeopleSums(
                answered,
                answers,
                total / THOUSANDTHS,
                n_squared,
                n_times_total / THOUSANDTHS,
                total_squared / THOUSANDTHS**2,
            ),
            WORST,
            BEST,
        )
        commonest = self._commonest(kind)
        return Archetype(
            part=f"archetype-{kind + 1}",
            name=name,
            suggested=name,
            people=people,
            share=part.value,
            low=part.low,
            high=part.high,
            journeys=int(self.journeys[kind]),
            clearness=float(self._by_kind(self.taken.people * self.sure)[kind] / people) if people else 0.0,
            way=typical,
            commonest=() if commonest is None else way_words(self.taken.ways[commonest], self._names),
            commonest_people=0 if commonest is None else int(self.taken.people[commonest]),
            reached=reached,
            outcome=outcome.value,
            outcome_low=outcome.low,
            outcome_high=outcome.high,
            answered=answered,
            answers=answers,
            experience=felt.value,
            experience_low=felt.low,
            experience_high=felt.high,
            touchpoints=touchpoints,
            moves=self._moves(kind),
        )

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.definition.touchpoints)

    def _by_kind(self, of_ways: NDArray[np.int64] | NDArray[np.float64]) -> Whole:
        sums = np.zeros((self.kinds, *of_ways.shape[1:]), of_ways.dtype)
        np.add.at(sums, self.kind, of_ways)
        return sums

    @cached_property
    def _visited(self) -> tuple[Whole, Whole]:
        """Archetypes × touchpoints: people who visit it, and the sum of the places at which it came."""
        way, place, rank = self.walks.first_visits()
        sums = np.zeros((2, self.kinds, len(self._names)), np.int64)
        np.add.at(sums[0], (self.kind[way], place), self.taken.people[way])
        np.add.at(sums[1], (self.kind[way], place), self.taken.people[way] * rank)
        return sums[0], sums[1]

    def _touchpoints(self, kind: int) -> tuple[Reached, ...]:
        visits, ranks = self._visited
        stages = {each.id: each.name for each in self.definition.stages}
        felt = self._felt(kind)
        found = []
        for at in np.flatnonzero(visits[kind]):
            touchpoint = self.definition.touchpoints[at]
            here, others, everyone = self._shares(visits[:, at], kind)
            score = felt[touchpoint.id]
            found.append(
                Reached(
                    touchpoint=touchpoint.id,
                    name=touchpoint.name,
                    stage=stages[touchpoint.stage],
                    people=here.count,
                    share=here.value,
                    low=here.low,
                    high=here.high,
                    everyone=everyone.value,
                    rank=float(ranks[kind, at] / visits[kind, at]),
                    is_typical=here.value is not None and here.value >= TYPICAL_FROM,
                    sets_apart=_sets_apart(here, others),
                    answers=score.n,
                    experience=score.absolute,
                    experience_low=_on_the_scale(score, score.low),
                    experience_high=_on_the_scale(score, score.high),
                    drawn=score.drawn,
                )
            )
        return tuple(sorted(found, key=lambda each: each.rank))

    def _felt(self, kind: int) -> dict[str, Experience]:
        rows = self.taken.place[self.kind[self.taken.place[:, 0]] == kind]
        sums = np.zeros((len(self._names) + 1, 3), np.int64)
        np.add.at(sums, rows[:, 1], rows[:, 2:])
        return experience_scores(
            [
                Answers(each.id, each.stage, int(n), total / THOUSANDTHS, squares / THOUSANDTHS**2)
                for each, (n, total, squares) in zip(self.definition.touchpoints, sums[:-1].tolist(), strict=True)
            ]
        )

    @cached_property
    def _moved(self) -> tuple[Whole, Whole, Whole]:
        """Archetypes × transitions: people who take it at least once, with where it leaves and enters."""
        counts, leaves, enters = self.walks.transitions()
        way, column = counts.nonzero()
        people = np.zeros((self.kinds, len(leaves)), np.int64)
        np.add.at(people, (self.kind[way], column), self.taken.people[way])
        return people, leaves, enters

    def _moves(self, kind: int) -> tuple[Move, ...]:
        """Those that set it apart most."""
        people, leaves, enters = self._moved
        found = []
        for at in np.flatnonzero(people[kind]):
            here, others, everyone = self._shares(people[:, at], kind)
            if _sets_apart(here, others):
                start, end = ("" if state == OUTSIDE else self._names[state - 1] for state in (leaves[at], enters[at]))
                move = Move(start, end, here.count, here.value, here.low, here.high, everyone.value)
                found.append(((others.value or 0.0) - (here.value or 0.0), start, end, move))
        return tuple(move for *_, move in sorted(found)[:MOST_MOVES])

    def _shares(self, people: Whole, kind: int) -> tuple[Proportion, Proportion, Proportion]:
        """Shares of the archetype, of all others, and of everybody."""
        count, of = int(people[kind]), int(self.people[kind])
        all_count, all_of = int(people.sum()), int(self.people.sum())
        return share(count, of), share(all_count - count, all_of - of), share(all_count, all_of)

    def _commonest(self, kind: int) -> int | None:
        of_kind = np.flatnonzero((self.kind == kind) & (self.taken.people > 0))
        return int(of_kind[self.taken.people[of_kind].argmax()]) if len(of_kind) else None


def _on_the_scale(score: Experience, end: float | None) -> float | None:
    """An end of the band, which is told as the difference from the journey mean, on −100..+100."""
    if end is None or score.absolute is None or score.difference is None:
        return None
    return min(max(score.absolute - score.difference + end, WORST), BEST)


def _sets_apart(here: Proportion, others: Proportion) -> bool:
    change = difference(here, others)
    return not change.is_noise and change.difference is not None and change.difference >= TELLING_FROM


def _most_telling(touchpoints: Sequence[Reached]) -> list[Reached]:
    """Two touchpoints that set an archetype apart most, in their order."""
    apart = sorted(
        (each for each in touchpoints if each.sets_apart), key=lambda each: (each.everyone or 0.0) - (each.share or 0.0)
    )
    return sorted(apart[:2], key=lambda each: each.rank)
