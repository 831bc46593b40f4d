from __future__ import annotations

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.overlap import Overlap
from touchline.formulas.effects.second_opinion import SecondOpinion, second_opinion
from touchline.formulas.effects.specification import Specification, specification
from touchline.formulas.effects.visit_effect import VisitEffect

FULLY = Overlap(1.0, 0.0, "", 900.0, 900.0)
REFUSED = CannotSay("few-sufferers", "12 customers had a bad visit; at least 30 are needed.")


def found(effect: float, error: float = 0.02) -> VisitEffect:
    return VisitEffect(effect, error, 0.3, 0.5, 2000, 900, 1500, 800, FULLY, "terms")


def test_the_curve_goes_from_the_smallest_effect_to_the_largest() -> None:
    curve = specification({"90 days": found(-0.10), "60 days": found(-0.03), "trees": found(-0.12), "cut": REFUSED})

    assert isinstance(curve, Specification)
    assert [one.name for one in curve.variants] == ["trees", "90 days", "60 days"]
    assert curve.refused == (("cut", REFUSED),)
    assert (curve.middle, round(curve.spread, 9)) == (-0.10, 0.09)
    assert (curve.same_sign, round(curve.leaving_out_zero, 3)) == (1.0, 0.667)
    assert curve.agrees


def test_a_direction_that_hangs_on_one_choice_does_not_agree() -> None:
    curve = specification({str(at): found(effect) for at, effect in enumerate([-0.02, -0.01, -0.03, 0.02, 0.01])})

    assert isinstance(curve, Specification)
    assert curve.same_sign == 0.6
    assert not curve.agrees


def test_two_answers_are_no_curve() -> None:
    assert isinstance(specification({"90 days": found(-0.1), "60 days": found(-0.1), "cut": REFUSED}), CannotSay)


def test_a_second_opinion_is_measured_in_errors_of_the_first() -> None:
    near, far = second_opinion(found(-0.10), found(-0.115)), second_opinion(found(-0.10), found(-0.05))

    assert isinstance(near, SecondOpinion)
    assert isinstance(far, SecondOpinion)
    assert (round(near.apart, 9), near.agrees) == (0.75, True)
    assert (round(far.apart, 9), far.agrees) == (2.5, False)
    assert second_opinion(found(-0.1), REFUSED) is REFUSED
