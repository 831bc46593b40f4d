"""What each guard of an estimate found, in words, and the grade that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from touchline.formulas import evidence_grade
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.empirical_null import EmpiricalNull
from touchline.formulas.effects.negative_control import VETO_BEYOND
from touchline.formulas.effects.overlap import ALIKE_BELOW, EFFECTIVE_FROM, MOST_CHANCE
from touchline.formulas.effects.visit_effect import VisitEffect
from touchline.formulas.evidence_grade import CheckName, Graded, Outcome, graded
from touchline.pains.rules.covariates import RECENT_DAYS
from touchline.pains.rules.estimate import Doubted, Estimated
from touchline.pains.rules.pain import FAILED, NOT_DONE, PASSED, Check

GRADED: Final[Mapping[str, CheckName]] = {
    "overlap": "overlap",
    "negative_control": "negative control",
    "robustness": "robustness",
    "specification": "specification",
}
"""The checks that decide about the grade; the others are shown beside it."""
BELIEVED_BELOW: Final = 0.05


def checks_of(found: Estimated, doubted: Doubted | None, null: EmpiricalNull | CannotSay) -> tuple[Check, ...]:
    """Every guard, in the order in which they are shown."""
    if isinstance(found.effect, CannotSay):
        state = FAILED if found.is_comparable else NOT_DONE
        return (Check("overlap", "Comparable visits", state, "", found.effect.sentence),)
    effect = found.effect
    shown = [_overlap(effect), _control(found), _null(effect, null)]
    if doubted is not None:
        shown += [_robustness(doubted), _e_value(doubted), _specification(doubted), _opinion(doubted)]
    return tuple(shown)


def grade_of(checks: tuple[Check, ...], *, is_loss: bool) -> Graded:
    """The grade of a claim about visits; without a loss that was found it is two things that go together."""
    outcomes: dict[CheckName, Outcome] = {
        GRADED[check.name]: _OUTCOMES[check.state] for check in checks if check.name in GRADED
    }
    return graded("visits" if is_loss else "association", outcomes)


_OUTCOMES: Final[Mapping[str, Outcome]] = {
    PASSED: evidence_grade.PASSED,
    FAILED: evidence_grade.FAILED,
    NOT_DONE: evidence_grade.NOT_DONE,
}


def _state(passed: bool) -> str:
    return PASSED if passed else FAILED


def _overlap(effect: VisitEffect) -> Check:
    found = effect.overlap
    share = f"{100 * found.comparable:.0f}%"
    return Check(
        "overlap",
        "Comparable visits",
        _state(found.is_enough),
        share,
        f"{share} of bad visits might have been fine (their chance of being bad was at most {100 * MOST_CHANCE:.0f}%). After "
        f"weighting, the fact that differs most is “{found.most_unlike or 'none'}”, by {found.unlike:.2f} standard deviations "
        f"(below {ALIKE_BELOW} is alike); the bad visits are worth {found.effective_sufferers:,.0f} customers with one each, the "
        f"fine ones {found.effective_fine:,.0f} (at least {EFFECTIVE_FROM:.0f} are needed).",
    )


def _control(found: Estimated) -> Check:
    title = "Nothing before the visit"
    past = f"placed until {RECENT_DAYS} days before the visit"
    if isinstance(found.control, CannotSay):
        return Check(
            "negative_control", title, NOT_DONE, "", f"Orders {past} could not be compared: {found.control.sentence}"
        )
    z = found.control.z
    says = "do not differ" if found.control.passes else "differ already"
    then = (
        ""
        if found.control.passes
        else " Something else than the visit may be behind what follows, so this is a lead only."
    )
    return Check(
        "negative_control",
        title,
        _state(found.control.passes),
        f"z = {z:+.1f}".replace("-", "−"),
        f"How many orders were {past} cannot have been changed by it. Sufferers and others {says} in them ({abs(z):.1f} standard errors; "
        f"beyond {VETO_BEYOND} vetoes).{then}",
    )


def _null(effect: VisitEffect, null: EmpiricalNull | CannotSay) -> Check:
    title = "Beyond harmless touchpoints"
    if isinstance(null, CannotSay):
        return Check("empirical_null", title, NOT_DONE, "", null.sentence)
    p = null.p(effect.effect, effect.error)
    return Check(
        "empirical_null",
        title,
        _state(p < BELIEVED_BELOW),
        f"p = {p:.3f}" if p >= 0.001 else "p < 0.001",
        f"The same method at the {null.touchpoints} pairs of touchpoint and symptom that are like most lands at "
        f"{_points(null.mean)} on average and scatters by {_points(null.sd)} beyond chance. An effect this far out would come "
        f"from a harmless one with this probability; below {BELIEVED_BELOW} is believed.",
    )


def _robustness(doubted: Doubted) -> Check:
    title, found = "Hidden causes", doubted.robustness
    if isinstance(found, CannotSay):
        return Check("robustness", title, NOT_DONE, "", found.sentence)
    if found.strongest is None:
        beside = "No known fact goes with both."
    else:
        times = "more than 100" if found.strongest.times > 100 else f"{found.strongest.times:.1f}"
        beside = (
            f"That is {times} times as strong as “{found.strongest.fact}”, the strongest known fact, "
            f"which would need {100 * found.strongest.value:.1f}%."
        )
    return Check(
        "robustness",
        title,
        _state(found.passes),
        f"{100 * found.value:.1f}%",
        f"A hidden cause would have to explain {100 * found.value:.1f}% of what is left of both the symptom and the outcome to "
        f"make up all of the effect ({100 * found.value_95:.1f}% to make it uncertain). {beside}",
    )


def _e_value(doubted: Doubted) -> Check:
    title, found = "E-value", doubted.e_value
    if isinstance(found, CannotSay):
        return Check("e_value", title, NOT_DONE, "", found.sentence)
    return Check(
        "e_value",
        title,
        _state(found.of_interval > 1),
        f"{found.of_effect:.2f}",
        f"A hidden cause would have to make both the symptom and the lost order {found.of_effect:.2f} times as likely to make up "
        f"the effect, and {found.of_interval:.2f} times to make it uncertain (1: nothing is needed).",
    )


def _specification(doubted: Doubted) -> Check:
    title, found = "Other ways of asking", doubted.specification
    if isinstance(found, CannotSay):
        return Check("specification", title, NOT_DONE, "", found.sentence)
    lowest, highest = found.variants[0].effect, found.variants[-1].effect
    return Check(
        "specification",
        title,
        _state(found.agrees),
        f"{100 * found.same_sign:.0f}% agree",
        f"Asked in {len(found.variants)} ways (window, cut, learner, trimming, first visits only) the effect lies between "
        f"{_points(lowest)} and {_points(highest)}; {100 * found.same_sign:.0f}% have the same sign as the middle one.",
    )


def _opinion(doubted: Doubted) -> Check:
    title, found = "Second opinion", doubted.opinion
    if isinstance(found, CannotSay):
        return Check("second_opinion", title, NOT_DONE, "", found.sentence)
    return Check(
        "second_opinion",
        title,
        _state(found.agrees),
        _points(found.effect),
        f"Another learner finds {_points(found.effect)}, {found.apart:.1f} standard errors away (more than one is a flag).",
    )


def _points(value: float) -> str:
    """A difference of shares, in percentage points."""
    text = f"{abs(100 * value):.1f}"
    sign = "" if float(text) == 0 else ("+" if value > 0 else "−")
    return f"{sign}{text} points"
