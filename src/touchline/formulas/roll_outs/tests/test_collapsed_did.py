import numpy as np
import pytest
from scipy import stats

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.roll_outs.collapsed_did import collapsed_did, two_groups
from touchline.formulas.roll_outs.panel import panel

REGIONS = tuple("abcdefghijkl")


def autocorrelated(random, shape, phi):
    """Series with variance 1 / (1 − φ²) from their first period on."""
    shocks = random.normal(size=shape)
    series = np.empty(shape)
    series[..., 0] = shocks[..., 0] / np.sqrt(1 - phi**2)
    for period in range(1, shape[-1]):
        series[..., period] = phi * series[..., period - 1] + shocks[..., period]
    return series


def twelve_regions(seed, effect, treated=4, weeks=40, start=20):
    values = 18 + autocorrelated(np.random.default_rng(seed), (12, weeks), 0.6)
    values[:treated, start:] += effect
    return panel(REGIONS, values, [start] * treated + [None] * (12 - treated))


def test_six_regions_by_hand():
    values = [
        [10, 10, 12, 12, 15, 15],  # +4 after the start, 11 before
        [20, 20, 20, 20, 23, 23],  # +3
        [10, 10, 10, 10, 11, 11],  # +1
        [30, 30, 30, 30, 30, 30],  # 0
        [10, 10, 10, 10, 10, 10],  # 0
        [10, 10, 10, 10, 11, 11],  # +1
    ]

    found = collapsed_did(panel("abcdef", values, [4, 4, None, None, None, None]))

    oracle = stats.ttest_ind([4, 3], [1, 0, 0, 1])
    assert found.effect == pytest.approx(3.0)
    assert found.expected == pytest.approx(16.0)
    assert (found.low, found.high) == pytest.approx(tuple(oracle.confidence_interval()))
    assert found.p == pytest.approx(oracle.pvalue)
    assert (found.treated_groups, found.control_groups, found.periods_before, found.periods_after) == (2, 4, 4, 2)
    assert [check.passed for check in found.checks] == [True, True, None]


@pytest.mark.parametrize("repetitions", [150, pytest.param(2_000, marks=pytest.mark.verify)])
def test_its_interval_holds_where_weeks_hang_together(repetitions):
    """Twelve regions, four with the change, weeks correlated by .6: counted as independent weeks, a third would miss."""
    held = independent = 0
    for seed in range(repetitions):
        found = twelve_regions(seed, effect=-1.0)
        measured = collapsed_did(found)
        held += measured.low <= -1.0 <= measured.high
        moved = (
            found.values - found.values.mean(axis=1, keepdims=True) - found.values.mean(axis=0) + found.values.mean()
        )
        changed = np.outer(found.treated, np.arange(40) >= 20).astype(float)
        changed += changed.mean() - changed.mean(axis=1, keepdims=True) - changed.mean(axis=0)
        slope = (changed * moved).sum() / (changed**2).sum()
        left = ((moved - slope * changed) ** 2).sum() / (12 * 40 - 12 - 40)
        independent += abs(slope + 1.0) <= 1.96 * np.sqrt(left / (changed**2).sum())
    assert held / repetitions >= 0.93
    assert independent / repetitions < 0.75


def test_regions_that_went_another_way_before_fail_their_checks():
    found = twelve_regions(5, effect=0.0)
    found.values[:4] += 0.3 * np.arange(40)

    checks = {check.name: check.passed for check in collapsed_did(found).checks}

    assert checks["pre-trend"] is False
    assert checks["placebo-date"] is False


@pytest.mark.parametrize(
    ("starts", "reason"),
    [
        ([None] * 12, "nobody-treated"),
        ([20] * 12, "nobody-left"),
        ([10, 20] + [None] * 10, "staggered"),
        ([20] + [None] * 11, "too-few-groups"),
        ([3] * 4 + [None] * 8, "too-few-before"),
    ],
)
def test_what_cannot_be_compared_is_said(starts, reason):
    refused = collapsed_did(panel(REGIONS, twelve_regions(1, 0).values, starts))

    assert isinstance(refused, CannotSay)
    assert refused.reason == reason


def test_two_way_effects_on_staggered_starts_are_refused_by_name():
    refused = collapsed_did(panel(REGIONS, twelve_regions(1, 0).values, [10, 20, 30] + [None] * 9))

    assert "3 different dates" in refused.sentence
    assert "two-way fixed effects" in refused.sentence


def test_holes_are_named():
    values = twelve_regions(1, 0).values
    values[2, 7:9] = np.nan

    refused = collapsed_did(panel(REGIONS, values, [20] * 4 + [None] * 8))

    assert refused.reason == "holes"
    assert "c (2)" in refused.sentence


def test_groups_that_all_moved_alike_have_no_error():
    assert collapsed_did(panel(REGIONS, np.ones((12, 40)), [20] * 4 + [None] * 8)).reason == "nothing-varies"


def test_adding_a_common_course_changes_nothing():
    found = twelve_regions(3, effect=-1.0)
    wave = panel(REGIONS, found.values + 5 * np.sin(np.arange(40)), list(np.where(found.treated, 20, None)))

    assert collapsed_did(wave).effect == pytest.approx(collapsed_did(found).effect)


def test_two_groups_is_students_t():
    values, treated = np.array([1.0, 2, 4, 7, 8, 9]), np.array([True, True, True, False, False, False])

    assert two_groups(values, treated).p == pytest.approx(stats.ttest_ind(values[:3], values[3:]).pvalue)


def test_a_panel_that_does_not_fit_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="do not fit"):
        panel("ab", [[1, 2]], [None])
    with pytest.raises(ValueError, match="within the 2 periods"):
        panel("a", [[1, 2]], [2])
