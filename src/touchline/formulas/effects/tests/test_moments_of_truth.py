from __future__ import annotations

import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.moments_of_truth import Touched, asymmetry, moments_of_truth
from touchline.formulas.effects.score_slope import ScoreSlope, Slope

NOTHING = Slope(0.0, 0.01, 500)
PENALTY = Slope(0.05, 0.01, 500)


def touched(name: str, slope: float, reach: int = 1000, error: float = 0.001) -> Touched:
    """A touchpoint whose score scatters by two points."""
    whole = Slope(slope, error, 1000)
    return Touched(name, ScoreSlope(whole, PENALTY, NOTHING, 7.0, 0.0, 10.0, spread=2.0), reach)


def test_slope_times_spread_times_reach() -> None:
    found = moments_of_truth([touched(str(at), 0.01 * at) for at in range(8)])

    assert not isinstance(found, CannotSay)
    assert [one.touchpoint for one in found] == ["7", "6", "5", "4", "3", "2", "1", "0"]
    assert found[0].importance == pytest.approx(0.07 * 2 * 1000, rel=0.02)
    assert [one.is_one for one in found] == [True] * 5 + [False] * 3
    assert sum(one.among_first for one in found) == pytest.approx(5)
    assert {one.asymmetry for one in found} == {"hygiene"}


def test_reach_decides_between_equal_slopes_and_direction_does_not() -> None:
    found = moments_of_truth([touched(str(at), (-1) ** at * 0.05, reach=100 * (at + 1)) for at in range(6)])

    assert not isinstance(found, CannotSay)
    assert [one.touchpoint for one in found] == ["5", "4", "3", "2", "1", "0"]


def test_nothing_is_called_a_moment_of_truth_where_the_order_is_chance() -> None:
    found = moments_of_truth([touched(str(at), 0.05, error=0.02) for at in range(12)])

    assert not isinstance(found, CannotSay)
    assert not any(one.is_one for one in found)


def test_an_unsure_slope_leans_on_the_others() -> None:
    steady = [touched(str(at), 0.01 + 0.001 * at) for at in range(10)]
    found = moments_of_truth([*steady, touched("wild", 0.2, error=0.2)])

    assert not isinstance(found, CannotSay)
    wild = next(one for one in found if one.touchpoint == "wild")
    assert wild.importance < 0.2 * 2 * 1000 / 5


def test_five_touchpoints_leave_nothing_out() -> None:
    assert isinstance(moments_of_truth([touched(str(at), 0.01) for at in range(5)]), CannotSay)


@pytest.mark.parametrize(
    ("below", "above", "kind"),
    [
        (PENALTY, NOTHING, "hygiene"),
        (PENALTY, PENALTY, "performance"),
        (NOTHING, PENALTY, "delighter"),
        (NOTHING, NOTHING, "neither"),
        (CannotSay("few", "Few."), PENALTY, "delighter"),
    ],
)
def test_which_side_counts(below: Slope, above: Slope, kind: str) -> None:
    assert asymmetry(below, above) == kind
