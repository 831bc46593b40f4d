import numpy as np
import pytest
from scipy import stats

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.roll_outs.panel import panel
from touchline.formulas.roll_outs.staggered_did import group_time_effects, staggered_did

STARTS = [12] * 3 + [18] * 3 + [22] * 2 + [None] * 4
REGIONS = tuple("abcdefghijkl")


def rolled_out(seed, effect=-0.1):
    random = np.random.default_rng(seed)
    values = np.empty((12, 30))
    values[:, 0] = random.normal(0, 0.03 / np.sqrt(1 - 0.36), 12)
    for week in range(1, 30):
        values[:, week] = 0.6 * values[:, week - 1] + random.normal(0, 0.03, 12)
    values += 0.5 + 0.01 * np.arange(30)
    for region, start in enumerate(STARTS):
        if start is not None:
            values[region, start:] += effect
    return panel(REGIONS, values, STARTS)


def test_group_time_effects_by_hand():
    values = np.array(
        [
            [10.0, 10, 14, 15],  # starts at 2
            [20.0, 20, 21, 27],  # starts at 3
            [5.0, 5, 6, 7],  # never
            [7.0, 7, 8, 8],  # never
        ]
    )

    effects = group_time_effects(values, np.array([2, 3, -1, -1]))

    assert [(effect.start, effect.period, effect.groups) for effect in effects] == [(2, 2, 1), (2, 3, 1), (3, 3, 1)]
    assert [effect.effect for effect in effects] == pytest.approx(
        [
            4 - (1 + 1 + 1) / 3,  # the one that starts at 3 still waits
            5 - (2 + 1) / 2,  # now it does not
            6 - (1 + 0) / 2,
        ]
    )


def test_whoever_already_has_the_change_is_never_compared_with():
    """Effects that grow spoil a comparison with groups that started earlier; here they do not matter."""
    values = np.tile(np.arange(12.0), (8, 1))
    starts = [4] * 3 + [8] * 3 + [None] * 2
    for region, start in enumerate(starts):
        if start is not None:
            values[region, start:] += 1.0 * np.arange(1, 12 - start + 1)

    late = [
        effect.effect
        for effect in group_time_effects(values, panel("abcdefgh", values, starts).starts)
        if effect.start == 8
    ]

    assert late == pytest.approx([1, 2, 3, 4])


@pytest.mark.parametrize("repetitions", [16, pytest.param(500, marks=pytest.mark.verify)])
def test_its_interval_holds(repetitions):
    measured = [staggered_did(rolled_out(seed)) for seed in range(repetitions)]
    held = sum(found.low <= -0.1 <= found.high for found in measured)

    assert held >= stats.binom.ppf(0.005, repetitions, 0.95)
    assert np.mean([found.effect for found in measured]) == pytest.approx(-0.1, abs=0.01)


def test_an_effect_is_found_and_nothing_else():
    found, nothing = staggered_did(rolled_out(1)), staggered_did(rolled_out(1, effect=0.0))

    assert found.high < 0
    assert found.p < 0.05
    assert nothing.low < 0 < nothing.high
    assert found.all_passed


def test_regions_that_started_early_because_they_were_falling_fail():
    falling = rolled_out(2, effect=0.0)
    falling.values[:3] -= 0.05 * np.arange(30)
    falling.values[3:6] -= 0.03 * np.arange(30)

    checks = {check.name: check.passed for check in staggered_did(falling).checks}

    assert checks["pre-trend"] is False


def test_when_everybody_has_it_in_the_end_the_last_ones_are_the_comparison():
    found = staggered_did(panel(REGIONS, rolled_out(3).values, [12] * 4 + [18] * 4 + [22] * 4))

    assert np.isfinite([found.effect, found.low, found.high]).all()


@pytest.mark.parametrize(
    ("starts", "reason"),
    [
        ([None] * 12, "nobody-treated"),
        ([20] * 12, "nobody-left"),
        ([2, 20] + [None] * 10, "too-few-before"),
    ],
)
def test_what_cannot_be_compared_is_said(starts, reason):
    refused = staggered_did(panel(REGIONS, rolled_out(1).values, starts))

    assert isinstance(refused, CannotSay)
    assert refused.reason == reason


def test_five_regions_are_too_few():
    assert staggered_did(panel("abcde", rolled_out(1).values[:5], STARTS[:5])).reason == "too-few-groups"
