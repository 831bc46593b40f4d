"""One computation from counts to claims: count every pair, estimate those with enough sufferers, doubt those that matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol, TypeVar

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS
from touchline.formulas.effects.empirical_null import EmpiricalNull, empirical_null_of_most
from touchline.formulas.effects.learners import TERMS
from touchline.formulas.effects.visit_effect import VisitEffect
from touchline.formulas.joint_loss import joint_loss, joint_model
from touchline.formulas.multiplicity import findings, q_values
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.assembly import Frame, Place, Symptom, Told, pain_of
from touchline.pains.rules.candidates import Counted, counted
from touchline.pains.rules.covariates import History
from touchline.pains.rules.describing import Describing
from touchline.pains.rules.estimate import Doubted, Estimated, Estimator
from touchline.pains.rules.evidence import ScoredVisits, is_acted_on, score_gap, span_days, strikes
from touchline.pains.rules.joint import cycles
from touchline.pains.rules.kept import FOUND_BELOW, TOTAL
from touchline.pains.rules.pain import Gap, Pain
from touchline.pains.rules.progress import Progress, Report
from touchline.pains.rules.rows import Ints
from touchline.pains.rules.sufferers import sufferers
from touchline.pains.rules.trials import Kind, Trial


class NamedKind(Kind, Protocol):
    """A kind with its words."""

    title: str
    happened: str
    tells: str
    withholds: frozenset[str]
    is_score: bool


Item = TypeVar("Item")
Made = TypeVar("Made")

WORKERS: Final = 2
"""Touchpoints estimated at once: NumPy lets go of the interpreter while it multiplies."""


@dataclass(frozen=True)
class Inputs:
    """What one computation works on."""

    trials: Sequence[Trial]
    kinds: Mapping[str, NamedKind]
    history: History
    acts: Earlier
    scored: ScoredVisits
    stage_of: Ints
    place: Callable[[int], Place]
    frame: Frame
    data_until: int
    """Microseconds since 1970."""

    @cached_property
    def describing(self) -> Describing:
        """What is known of customers, in words."""
        return Describing(self.history)


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    pains: tuple[Pain, ...]
    """Without money, in the order of touchpoints."""
    overlap: Mapping[str, float]
    """By firm pain: the share of its loss that is left when the others are fixed; TOTAL: of all of them put together."""
    total_why: str
    looked_at: int
    estimated: int
    not_followed: int
    """Visits left out of the comparisons because their window is not over yet."""


@dataclass(frozen=True)
class _Pair:
    counted: Counted
    gap: Gap | None
    gap_p: float | None
    gap_why: str
    estimated: Estimated


def compute(given: Inputs, report: Report) -> Outcome:
    """Find the pains. `report` is told of every step and may raise to stop."""
    steps = _Steps(report)
    steps.say(f"Counting {len(given.trials):,} pairs of touchpoint and symptom")
    every = counted(given.trials, given.history.visits, given.stage_of)
    enough = [each for each in every if each.is_enough]
    steps.of = len(enough)
    estimator = Estimator(given.history, given.data_until, given.frame.window_days)

    def estimated(each: Counted) -> _Pair:
        kind = given.kinds[each.trial.symptom]
        gap, p, why = (
            (None, None, "The symptom is the score itself.")
            if kind.is_score
            else score_gap(each.trial, given.history.visits, given.scored)
        )
        return _Pair(each, gap, p, why, estimator.estimate(each.trial, kind.withholds, TERMS))

    pairs = steps.over(enough, estimated, lambda each: f"Estimating {_called(given, each.trial)}")
    effects = [pair.estimated.effect for pair in pairs]
    known = [effect for effect in effects if isinstance(effect, VisitEffect)]
    q_of = dict(zip(map(id, known), q_values([effect.p for effect in known]), strict=True))
    null = empirical_null_of_most([each.effect for each in known], [each.error for each in known])
    worse = _scored_worse(pairs)
    listed = [
        pair
        for pair, is_worse in zip(pairs, worse, strict=True)
        if pair.counted.stands_out or is_worse or _is_loss(pair.estimated.effect, q_of)
    ]
    steps.of += len(listed) + 1

    def doubted(pair: _Pair) -> Pain:
        effect = pair.estimated.effect
        return _pain(given, estimator, pair, q_of.get(id(effect), 1.0), null, is_loss=_is_loss(effect, q_of))

    pains = steps.over(listed, doubted, lambda pair: f"Doubting {_called(given, pair.counted.trial)}")
    steps.say("Putting pains together")
    overlap, total_why = _together(given, listed, pains)
    return Outcome(
        pains=tuple(pains),
        overlap=overlap,
        total_why=total_why,
        looked_at=len(every),
        estimated=len(known),
        not_followed=sum(_not_followed(each.trial, given) for each in enough),
    )


def _pain(
    given: Inputs, estimator: Estimator, pair: _Pair, q: float, null: EmpiricalNull | CannotSay, *, is_loss: bool
) -> Pain:
    trial = pair.counted.trial
    kind = given.kinds[trial.symptom]
    doubted: Doubted | None = None
    if is_loss and isinstance(pair.estimated.effect, VisitEffect):  # without a loss there is no claim to doubt
        doubted = estimator.doubt(trial, kind.withholds, pair.estimated.effect)
    told = Told(
        counted=pair.counted,
        strikes=strikes(trial, given.history.visits),
        days=span_days(trial, given.history.visits),
        gap=pair.gap,
        gap_why=pair.gap_why,
        estimated=pair.estimated,
        doubted=doubted,
        q=q,
        null=null,
        intervened=is_acted_on(trial, given.history.visits, given.acts),
        suffering=sufferers(trial, given.describing),
    )
    symptom = Symptom(kind.name, kind.title, kind.happened, kind.tells)
    return pain_of(told, given.place(trial.touchpoint), symptom, given.frame)


def _is_loss(effect: VisitEffect | CannotSay, q_of: Mapping[int, float]) -> bool:
    return isinstance(effect, VisitEffect) and effect.high < 0 and q_of[id(effect)] < FOUND_BELOW


def _scored_worse(pairs: Sequence[_Pair]) -> list[bool]:
    """Which pairs score lower than others at the same touchpoint, at most a tenth of these findings being false."""
    tested = [pair for pair in pairs if pair.gap_p is not None]
    kept = dict(zip(map(id, tested), findings([pair.gap_p or 0.0 for pair in tested]), strict=True))
    return [bool(kept.get(id(pair))) and pair.gap is not None and pair.gap.high < 0 for pair in pairs]


def _together(given: Inputs, listed: Sequence[_Pair], pains: Sequence[Pain]) -> tuple[dict[str, float], str]:
    """How far the firm pains overlap; the joint model holds all pains with a loss."""
    losing = {
        pain.id: pair.estimated.trial
        for pain, pair in zip(pains, listed, strict=True)
        if pain.effect is not None and pain.effect.is_loss and pain.effect.q < FOUND_BELOW
    }
    firm = [pain.id for pain in pains if pain.id in losing and pain.grade < "D"]
    if not firm:
        return {}, "No pain has evidence that allows an amount, so there is nothing to put together."
    model = joint_model(cycles(given.history, losing, given.data_until, given.frame.window_days))
    found = joint_loss(model, firm, np.ones(DRAWS), months=1.0)
    if isinstance(found, CannotSay):
        return {}, found.sentence
    left = {id_: overlap_share(loss.marginal.median, loss.stand_alone.median) for id_, loss in found.pains.items()}
    alone = sum(max(loss.stand_alone.median, 0.0) for loss in found.pains.values())
    return {**left, TOTAL: overlap_share(found.total.median, alone)}, ""


def overlap_share(together: float, alone: float) -> float:
    """How much of a loss that pains have alone is left when they are put together, 0..1."""
    return min(max(together / alone, 0.0), 1.0) if alone > 0 else 1.0


def _not_followed(trial: Trial, given: Inputs) -> int:
    side = trial.bad | ~trial.spoiled
    return int(side.sum() - trial.compared(given.data_until, given.frame.window_days).sum())


def _called(given: Inputs, trial: Trial) -> str:
    return f"{given.place(trial.touchpoint).name}: {given.kinds[trial.symptom].title.lower()}"


class _Steps:
    """Counts the steps for whoever waits."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._done = -1
        self.of = 0

    def over(self, items: Sequence[Item], work: Callable[[Item], Made], words: Callable[[Item], str]) -> list[Made]:
        """Do the same to all items, some at once; the answer does not depend on which ends first."""
        with ThreadPoolExecutor(WORKERS) as pool:
            futures = [pool.submit(work, item) for item in items]
            try:
                made = []
                for item, future in zip(items, futures, strict=True):
                    self.say(words(item))
                    made.append(future.result())
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return made

    def say(self, words: str) -> None:
        self._done += 1
        self._report(Progress(self._done, self.of, words))
