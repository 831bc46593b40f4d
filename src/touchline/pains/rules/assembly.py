"""A pain point put together: counts, estimate, guards and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.clustered import ClusteredShare
from touchline.formulas.effects.empirical_null import EmpiricalNull
from touchline.formulas.effects.overlap import MOST_CHANCE
from touchline.formulas.effects.visit_effect import VisitEffect
from touchline.formulas.evidence_grade import EvidenceGrade
from touchline.pains.rules.candidates import Counted
from touchline.pains.rules.checks import checks_of, grade_of
from touchline.pains.rules.covariates import RECENT_DAYS
from touchline.pains.rules.estimate import Doubted, Estimated
from touchline.pains.rules.kept import FOUND_BELOW
from touchline.pains.rules.pain import (
    SUPPORTED,
    Chip,
    Claim,
    Effect,
    Gap,
    Pain,
    ProtocolRow,
    Share,
    Variant,
)
from touchline.pains.rules.sufferers import Sufferers

DAYS_PER_MONTH: Final = 365.25 / 12


@dataclass(frozen=True)
class Place:
    """A touchpoint with its stage."""

    id: str
    name: str
    stage: str
    stage_name: str


@dataclass(frozen=True)
class Symptom:
    """A kind of symptom in words."""

    name: str
    title: str
    happened: str
    tells: str


@dataclass(frozen=True)
class Told:
    """Everything found about one pain."""

    counted: Counted
    strikes: int
    days: float
    """How long the visits that could have had it span."""
    gap: Gap | None
    gap_why: str
    estimated: Estimated
    doubted: Doubted | None
    q: float
    null: EmpiricalNull | CannotSay
    intervened: bool
    suffering: Sufferers


@dataclass(frozen=True)
class Frame:
    """What all pains of one computation share."""

    scope: str
    window_days: int
    data_until: datetime
    computed: datetime
    options: str = ""
    """Of the command that asks again, where not all visits are meant: ' --channel web'."""


def pain_id(touchpoint: str, symptom: str) -> str:
    """The id of a pain: the same in every computation."""
    return f"{touchpoint}~{symptom}"


def pain_of(told: Told, place: Place, symptom: Symptom, frame: Frame) -> Pain:
    """Put a pain together; money comes later, by the assumptions of whoever looks."""
    counted, found = told.counted, told.estimated.effect
    effect = None if isinstance(found, CannotSay) else _effect(found, told.q, "bought", frame.window_days)
    checks = checks_of(told.estimated, told.doubted, told.null)
    is_loss = effect is not None and effect.is_loss and effect.q < FOUND_BELOW
    grade = grade_of(checks, is_loss=is_loss)
    id_ = pain_id(place.id, symptom.name)
    months = told.days / DAYS_PER_MONTH
    contact = told.estimated.contact
    return Pain(
        id=id_,
        touchpoint=place.id,
        touchpoint_name=place.name,
        stage=place.stage,
        stage_name=place.stage_name,
        symptom=symptom.name,
        symptom_title=symptom.title,
        headline=f"{place.name}: {symptom.happened}",
        scope=frame.scope,
        visits=counted.share.of,
        bad_visits=counted.share.count,
        customers=counted.customers,
        sufferers=counted.sufferers,
        bad_visits_a_month=counted.share.count / months,
        rate=_share(counted.share),
        baseline=_share(counted.baseline),
        score_gap=told.gap,
        score_gap_why=told.gap_why,
        effect=effect,
        effect_why=found.sentence if isinstance(found, CannotSay) else "",
        later_contact=None if isinstance(contact, CannotSay) else _effect(contact, 1.0, "contacted", frame.window_days),
        checks=checks,
        variants=_variants(told.doubted),
        intervened=told.intervened,
        grade=grade.grade.letter,
        wording=grade.grade.wording,
        claim_sentence=claim_sentence(place, symptom, effect, grade.grade, is_loss=is_loss),
        money=None,
        money_why=found.sentence if isinstance(found, CannotSay) else "",
        protocol=protocol(place, symptom, told, frame),
        chips=_chips(id_, counted, told, effect),
        claim=Claim(
            query=f"touchline pains --details {id_}{frame.options}",
            data_until=frame.data_until,
            computed=frame.computed,
            n=counted.share.of,
            rows=counted.share.count,
        ),
        first_seen=frame.computed,
        status=SUPPORTED,
        strikes=told.strikes,
        months=months,
        who=told.suffering.groups,
        who_why=told.suffering.why,
    )


def claim_sentence(
    place: Place, symptom: Symptom, effect: Effect | None, grade: EvidenceGrade, *, is_loss: bool
) -> str:
    """The finding in the words that its grade allows."""
    what = f"“{symptom.title}” at {place.name}"
    if effect is None:
        return f"What {what} costs cannot be estimated."
    interval = f"{_points(effect.low)} to {_points(effect.high)}"
    if not is_loss:
        return (
            f"No loss can be seen from {what}: the share of customers who order within {effect.window_days} days differs by "
            f"{_points(effect.value)} points ({interval}), which is compatible with none."
        )
    fewer = f"{abs(100 * effect.value):.1f} fewer of 100 customers ordering within {effect.window_days} days ({interval} points)"
    if grade.may_be_summed:
        return f"{what} {grade.wording} {fewer}."
    return f"{what} goes together with {fewer}: a {grade.wording}."


def protocol(place: Place, symptom: Symptom, told: Told, frame: Frame) -> tuple[ProtocolRow, ...]:
    """The trial that is emulated, as it was applied here."""
    trial = told.estimated.trial
    left_out = len(told.counted.trial) - len(trial)
    facts = ", ".join(told.estimated.facts) or "nothing"
    bad = int(trial.bad.sum())
    return (
        ProtocolRow(
            "Who is compared",
            f"Customers who visited {place.name}: {len(trial):,} visits. {left_out:,} more were left out: fewer than "
            f"{frame.window_days} days have passed since, or something else went wrong in them.",
        ),
        ProtocolRow("When it begins", "At the visit, for everybody; later where the symptom shows only later."),
        ProtocolRow("Bad and fine", f"{symptom.tells} {bad:,} bad and {len(trial) - bad:,} fine visits."),
        ProtocolRow("What is held equal", f"What was known before the visit, and only that: {facts}."),
        ProtocolRow("What is looked for", f"Whether an order follows within {frame.window_days} days."),
        ProtocolRow("What is estimated", "What sufferers lost: the effect on those who had the bad visit."),
        ProtocolRow(
            "How",
            "Fine visits are weighted to be like the bad ones, and what would have followed is foretold, both by models of other "
            "customers (doubly robust, cross-fitted in five parts). Errors are by customer.",
        ),
        ProtocolRow(
            "What must be nothing",
            f"The same comparison of how many orders were placed until {RECENT_DAYS} days before the visit, which is withheld from "
            "what is held equal.",
        ),
        ProtocolRow(
            "When it is refused",
            f"Where more than one in ten bad visits was all but certain to be bad (chance above {100 * MOST_CHANCE:.0f}%), where "
            "weighting leaves bad and fine visits unlike, or where too few are left.",
        ),
    )


def _effect(found: VisitEffect, q: float, outcome: str, window_days: int) -> Effect:
    return Effect(
        value=found.effect,
        low=found.low,
        high=found.high,
        standard_error=found.error,
        q=q,
        outcome=outcome,
        window_days=window_days,
        visits=found.visits,
        bad_visits=found.bad_visits,
        sufferers=found.sufferers,
        naive=found.unadjusted,
    )


def _share(found: ClusteredShare) -> Share:
    return Share(found.value or 0.0, found.low or 0.0, found.high or 0.0, found.count, found.of)


def _variants(doubted: Doubted | None) -> tuple[Variant, ...]:
    if doubted is None or isinstance(doubted.specification, CannotSay):
        return ()
    return tuple(Variant(each.name, each.effect, each.low, each.high) for each in doubted.specification.variants)


def _chips(id_: str, counted: Counted, told: Told, effect: Effect | None) -> tuple[Chip, ...]:
    rows, evidence = f"/pains/{id_}/rows", f"/pains/{id_}"
    chips = [
        Chip("customers hit", f"{counted.sufferers:,}", rows),
        Chip("of visits", f"{100 * (counted.share.value or 0):.1f}%", rows),
    ]
    if told.gap is not None:
        chips.append(Chip("points of score", _whole(told.gap.value), evidence))
    if effect is not None:
        chips.append(Chip("points of reordering", _points(effect.value), evidence))
    return tuple(chips)


def _points(share: float) -> str:
    text = f"{abs(100 * share):.1f}"
    return f"{'' if float(text) == 0 else '−' if share < 0 else '+'}{text}"


def _whole(points: float) -> str:
    text = f"{abs(points):.0f}"
    return f"{'' if float(text) == 0 else '−' if points < 0 else '+'}{text}"
