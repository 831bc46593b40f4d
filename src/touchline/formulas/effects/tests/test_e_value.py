from __future__ import annotations

import pytest

from touchline.formulas.effects.e_value import e_value, e_value_of
from touchline.formulas.effects.overlap import Overlap
from touchline.formulas.effects.visit_effect import VisitEffect


@pytest.mark.parametrize(("risk_ratio", "published"), [(3.9, 7.26), (1.8, 3.0), (1 / 3.9, 7.26), (1.0, 1.0)])
def test_published_e_values(risk_ratio: float, published: float) -> None:
    """VanderWeele and Ding 2017: breastfeeding and infant deaths, and its interval's lower end."""
    assert e_value_of(risk_ratio) == pytest.approx(published, abs=0.005)


def found(effect: float, error: float, after_bad: float) -> VisitEffect:
    fully = Overlap(1.0, 0.0, "", 900.0, 900.0)
    return VisitEffect(effect, error, after_bad, 0.5, 2000, 900, 1500, 800, fully, "plain")


def test_of_a_loss_from_a_half_to_a_quarter() -> None:
    of = e_value(found(-0.25, 0.05, after_bad=0.25))

    assert of.of_effect == pytest.approx(e_value_of(0.5))
    assert of.of_interval == pytest.approx(e_value_of((0.5 - 0.25 + 1.96 * 0.05) / 0.5))


def test_an_interval_with_zero_in_it_needs_no_hidden_cause() -> None:
    assert e_value(found(-0.05, 0.05, after_bad=0.4)).of_interval == 1


def test_an_amount_goes_by_its_standard_deviation() -> None:
    """Table 2 of the source: exp(0.91 × 0.5) = 1.576."""
    assert e_value(found(-20.0, 2.0, after_bad=10.0), outcome_sd=40.0).of_effect == pytest.approx(
        e_value_of(1.576), abs=0.001
    )


def test_nothing_on_one_side_still_gives_a_number() -> None:
    assert e_value(found(0.1, 0.02, after_bad=0.1)).of_effect == pytest.approx(
        e_value_of(0.1 / (0.5 / 900) + 1), rel=0.01
    )
    with pytest.raises(ValueError, match="above 0"):
        e_value_of(0.0)
