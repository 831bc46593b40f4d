"""Who suffers: the groups of customers that a symptom hits more often than all others who came, with their figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.clustered import ClusteredShare
from touchline.formulas.effects.visits import Visits
from touchline.formulas.effects.who_suffers import Condition, Group, confirming, meeting, who_suffers
from touchline.pains.rules.describing import DescribedFact, Describing, in_words
from touchline.pains.rules.pain import GroupCondition, Share, SufferingGroup
from touchline.pains.rules.rows import Flags, Ints
from touchline.pains.rules.trials import Trial


@dataclass(frozen=True)
class Sufferers:
    """The groups, those first that suffer most often, or why none can be told."""

    groups: tuple[SufferingGroup, ...]
    why: str
    """'' where there are groups."""


def sufferers(trial: Trial, describing: Describing) -> Sufferers:
    """Look who has the symptom of a trial more often."""
    facts, visits = _material(trial, describing)
    if not facts:
        return Sufferers((), "Nothing that was known before the visits tells customers apart.")
    found = who_suffers(visits)
    if isinstance(found, CannotSay):
        return Sufferers((), found.sentence)
    if not found:
        return Sufferers(
            (),
            f"No group of customers has it clearly more often than the others: {len(facts)} facts known before the visit were "
            f"looked at, alone and two together, over {len(visits):,} visits.",
        )
    return Sufferers(tuple(_told(group, facts) for group in found), "")


def of_group(trial: Trial, describing: Describing, group: SufferingGroup) -> Flags:
    """Which visits of a trial the figures of a group rest on: its own, in the half of customers that confirmed it."""
    _, visits = _material(trial, describing)
    conditions = [Condition(each.fact, each.is_above, each.threshold) for each in group.conditions]
    known = all(each.fact in visits.names for each in conditions)
    inside: Flags = (
        meeting(visits, conditions) & confirming(visits.customer) if known else np.zeros(len(trial), np.bool_)
    )
    return inside


def _material(trial: Trial, describing: Describing) -> tuple[tuple[DescribedFact, ...], Visits]:
    facts = describing.facts(trial.visit)
    values = np.column_stack([fact.values for fact in facts]) if facts else np.empty((len(trial), 0))
    customer: Ints = describing.history.visits.customer[trial.visit]
    return facts, Visits(trial.bad, customer, values, tuple(fact.name for fact in facts))


def _told(group: Group, facts: tuple[DescribedFact, ...]) -> SufferingGroup:
    change = group.more
    return SufferingGroup(
        words=in_words(group.conditions, facts),
        conditions=tuple(GroupCondition(each.fact, each.is_above, each.threshold) for each in group.conditions),
        customers=group.bad.clusters,
        share=_share(group.bad),
        elsewhere=_share(group.elsewhere),
        more=change.difference or 0.0,
        more_low=change.low or 0.0,
        more_high=change.high or 0.0,
        of_all_bad=group.of_all_bad,
    )


def _share(found: ClusteredShare) -> Share:
    return Share(found.value or 0.0, found.low or 0.0, found.high or 0.0, found.count, found.of)
