"""One pain estimated and doubted: the effect of a bad visit, and every guard of it. Pure; told by trial and history.

The protocol is docs/algorithms/pain-points.md; the formulas are those of touchline/formulas/effects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.e_value import EValue, e_value
from touchline.formulas.effects.learners import BOOSTED, PLAIN, TERMS, Learner
from touchline.formulas.effects.negative_control import NegativeControl, negative_control
from touchline.formulas.effects.robustness_value import Robustness, robustness
from touchline.formulas.effects.second_opinion import SecondOpinion, second_opinion
from touchline.formulas.effects.specification import Specification, specification
from touchline.formulas.effects.visit_effect import Prepared, VisitEffect, prepare, visit_effect
from touchline.formulas.effects.visits import Visits
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.covariates import History, columns_for
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Flags, Floats, Ints
from touchline.pains.rules.trials import Trial

ALL_BUT_CERTAIN: Final = 0.9
"""A variant leaves out visits whose chance of being bad was above it, or below one minus it divided by ten."""
OTHER_WINDOWS: Final = (60, 120)


@dataclass(frozen=True)
class Estimated:
    """The effect of one trial and its negative control."""

    trial: Trial
    """Only the visits compared."""
    effect: VisitEffect | CannotSay
    contact: VisitEffect | CannotSay
    """On getting in touch with service within the window."""
    control: NegativeControl | CannotSay
    is_comparable: bool
    """Whether there were enough visits on both sides to look whether they are alike."""
    facts: tuple[str, ...]
    """Names of what was held equal."""


@dataclass(frozen=True)
class Material:
    """What an estimate is made of. Weighs much, so it is made again rather than kept for all trials of a run."""

    trial: Trial
    """Only the visits compared."""
    visits: Visits
    bought: Floats


@dataclass(frozen=True)
class Doubted:
    """The other guards of an estimate."""

    robustness: Robustness | CannotSay
    e_value: EValue | CannotSay
    opinion: SecondOpinion | CannotSay
    specification: Specification | CannotSay


@dataclass(frozen=True)
class Estimator:
    """Estimates trials of one history."""

    history: History
    data_until: int
    window_days: int

    def material(self, trial: Trial, leave_out: frozenset[str]) -> Material:
        """The visits of a trial that are compared, with what was known before and what followed."""
        kept = _only(trial, trial.compared(self.data_until, self.window_days))
        return Material(kept, self._visits(kept, leave_out), self.outcome(self.history.orders, kept, self.window_days))

    def estimate(self, trial: Trial, leave_out: frozenset[str], learner: Learner) -> Estimated:
        """The effect on buying again within the window, and on what was bought before, which must be nothing."""
        made = self.material(trial, leave_out)
        facts = tuple(dict.fromkeys(made.visits.names))
        prepared = prepare(made.visits, learner)
        if isinstance(prepared, CannotSay):
            return Estimated(made.trial, prepared, prepared, prepared, False, facts)
        contact = visit_effect(prepared, self.outcome(self.history.contacts, made.trial, self.window_days))
        past = visit_effect(prepared, self.history.withheld_orders(made.trial.visit))
        return Estimated(made.trial, visit_effect(prepared, made.bought), contact, negative_control(past), True, facts)

    def doubt(self, trial: Trial, leave_out: frozenset[str], found: VisitEffect) -> Doubted:
        """All other guards; they take several times as long as the estimate."""
        made = self.material(trial, leave_out)
        asked_again = _effect(made.visits, made.bought, BOOSTED)
        variants = {f"{self.window_days} days": found, "boosted trees": asked_again}
        for days in OTHER_WINDOWS:
            variants[f"{days} days"] = self._with_window(trial, leave_out, days)
        variants["without all but certain visits"] = self._trimmed(made)
        variants["only the worse half of bad visits"] = self._worse_half(made)
        variants["first visit of each customer"] = _part(
            made, first_in_window(made.visits.customer, made.trial.begins, self.window_days)
        )
        return Doubted(
            robustness=robustness(made.visits, made.bought, found.z),
            e_value=e_value(found),
            opinion=second_opinion(found, asked_again),
            specification=specification(variants),
        )

    def outcome(self, facts: Earlier, trial: Trial, days: int) -> Floats:
        """1 where there was such a fact within so many days after each visit's outcome begins to count."""
        customer = self.history.visits.customer[trial.visit]
        until = trial.begins + days * MICROSECONDS_PER_DAY
        return (facts.between(customer, trial.begins, until) > 0).astype(float)

    def _visits(self, trial: Trial, leave_out: frozenset[str]) -> Visits:
        customer = self.history.visits.customer[trial.visit]
        most = columns_for(len(np.unique(customer[trial.bad])))
        covariates = self.history.before(trial.visit, leave_out, most)
        return Visits(trial.bad, customer, covariates.values, covariates.names)

    def _with_window(self, trial: Trial, leave_out: frozenset[str], days: int) -> VisitEffect | CannotSay:
        kept = _only(trial, trial.compared(self.data_until, days))
        return _effect(self._visits(kept, leave_out), self.outcome(self.history.orders, kept, days))

    def _worse_half(self, made: Material) -> VisitEffect | CannotSay:
        kept = worse_half(made.trial)
        if not made.trial.bad[kept].any():
            return CannotSay("one-cut", "The symptom is there or not; there is no other cut between bad and fine.")
        return _part(made, kept)

    def _trimmed(self, made: Material) -> VisitEffect | CannotSay:
        prepared = prepare(made.visits, PLAIN)
        if isinstance(prepared, CannotSay):
            return prepared
        chance = chances_of(prepared)
        usual = float(made.trial.bad.mean())
        return _part(made, (chance <= ALL_BUT_CERTAIN) & (chance >= usual * (1 - ALL_BUT_CERTAIN)))


def worse_half(trial: Trial) -> Flags:
    """Which visits a stricter cut leaves: fine ones, and bad ones whose figure is further off than that of half of them."""
    middle = float(np.median(trial.amount[trial.bad]))
    return ~trial.bad | (trial.amount > middle)


def chances_of(prepared: Prepared) -> Floats:
    """How likely each visit was to be bad, in the order of the trial."""
    chance = np.empty(len(prepared.order))
    chance[prepared.order] = prepared.chance
    return chance


def first_in_window(customer: Ints, time: Ints, days: int) -> Flags:
    """Of visits in order of customers and time: those that are not within so many days of one chosen before."""
    chosen = np.zeros(len(customer), np.bool_)
    last_customer, last_time = None, 0
    for at, (who, when) in enumerate(zip(customer.tolist(), time.tolist(), strict=True)):
        if who != last_customer or when - last_time > days * MICROSECONDS_PER_DAY:
            chosen[at] = True
            last_customer, last_time = who, when
    return chosen


def _effect(visits: Visits, outcome: Floats, learner: Learner = TERMS) -> VisitEffect | CannotSay:
    prepared = prepare(visits, learner)
    return prepared if isinstance(prepared, CannotSay) else visit_effect(prepared, outcome)


def _part(made: Material, kept: Flags) -> VisitEffect | CannotSay:
    given = made.visits
    visits = Visits(given.bad[kept], given.customer[kept], given.covariates[kept], given.names)
    return _effect(visits, made.bought[kept])


def _only(trial: Trial, kept: Flags) -> Trial:
    return replace(
        trial,
        visit=trial.visit[kept],
        bad=trial.bad[kept],
        spoiled=trial.spoiled[kept],
        begins=trial.begins[kept],
        amount=trial.amount[kept],
    )
