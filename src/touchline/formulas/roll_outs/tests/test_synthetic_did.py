import numpy as np
import pytest

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.roll_outs.panel import panel
from touchline.formulas.roll_outs.synthetic_did import (
    Block,
    effect_of,
    even_weights,
    synthetic_did,
    synthetic_did_weights,
)


def twenty_shops(seed, effect, treated=1):
    """Shops that follow two common courses to different degrees."""
    random = np.random.default_rng(seed)
    courses = np.cumsum(random.normal(0, 1, (2, 30)), axis=1)
    values = 100 + random.uniform(0, 2, (20, 2)) @ courses + random.normal(0, 0.3, (20, 30))
    values[:treated, 20:] += effect
    return panel([f"shop {at}" for at in range(20)], values, [20] * treated + [None] * (20 - treated))


@pytest.mark.parametrize("treated", [1, 3])
def test_an_effect_is_found_where_shops_follow_different_courses(treated):
    measured = synthetic_did(twenty_shops(1, effect=-5.0, treated=treated))

    assert measured.low <= -5.0 <= measured.high < 0
    assert (measured.treated_groups, measured.control_groups) == (treated, 20 - treated)
    assert measured.all_passed


def test_even_weights_are_plain_difference_in_differences():
    values = np.array([[1.0, 2, 4, 4], [3.0, 4, 8, 8], [1.0, 1, 9, 9]])
    block = Block(values, controls=2, before=2)

    assert effect_of(block, even_weights(block)) == pytest.approx((9 - 1) - ((4 - 1.5) + (8 - 3.5)) / 2)


def test_weights_are_shares():
    found = twenty_shops(2, effect=0.0)
    block = Block(np.vstack([found.values[1:], found.values[:1]]), controls=19, before=20)

    weights = synthetic_did_weights(block)

    assert weights.groups.sum() == pytest.approx(1)
    assert weights.periods.sum() == pytest.approx(1)
    assert min(weights.groups.min(), weights.periods.min()) >= 0


@pytest.mark.parametrize(
    ("starts", "reason"),
    [
        ([None] * 20, "nobody-treated"),
        ([20, 21] + [None] * 18, "staggered"),
        ([20] * 11 + [None] * 9, "too-few-groups"),
        ([3] + [None] * 19, "too-few-before"),
    ],
)
def test_what_cannot_be_compared_is_said(starts, reason):
    found = twenty_shops(1, 0.0)

    refused = synthetic_did(panel(found.groups, found.values, starts))

    assert isinstance(refused, CannotSay)
    assert refused.reason == reason


def test_shops_that_never_move_say_nothing():
    found = panel([str(at) for at in range(20)], np.ones((20, 30)), [20] + [None] * 19)

    assert synthetic_did(found).reason == "nothing-varies"
