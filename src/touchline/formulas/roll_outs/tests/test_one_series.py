import numpy as np
import pytest
from scipy import stats

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.roll_outs.before_after import before_after
from touchline.formulas.roll_outs.interrupted_series import interrupted_series
from touchline.formulas.roll_outs.serial_regression import fitted

WEEKS, START = 104, 70


def weeks(seed, step, phi=0.5):
    random = np.random.default_rng(seed)
    values = np.empty(WEEKS)
    values[0] = random.normal() / np.sqrt(1 - phi**2)
    for week in range(1, WEEKS):
        values[week] = phi * values[week - 1] + random.normal()
    return values + 50 + 0.02 * np.arange(WEEKS) + step * (np.arange(WEEKS) >= START)


@pytest.mark.parametrize("repetitions", [8, pytest.param(400, marks=pytest.mark.verify)])
def test_the_interval_of_a_step_holds_where_weeks_hang_together(repetitions):
    measured = [interrupted_series(weeks(seed, 2.0), START) for seed in range(repetitions)]

    held = sum(found.low <= 2.0 <= found.high for found in measured)
    assert held >= stats.binom.ppf(0.005, repetitions, 0.95)


def test_a_large_step_with_an_unmoved_control_passes_three_checks():
    found = interrupted_series(weeks(1, 6.0), START, control=weeks(2, 0.0))

    assert found.low > 0
    assert [check.name for check in found.checks] == ["pre-trend", "placebo-dates", "control-series"]
    assert found.all_passed


def test_a_control_that_moved_too_fails():
    found = interrupted_series(weeks(1, 6.0), START, control=weeks(2, 6.0))

    assert found.checks[2].passed is False
    assert not found.all_passed


def test_without_a_control_the_third_check_was_not_done():
    found = interrupted_series(weeks(1, 6.0), START)

    assert found.checks[2].passed is None
    assert not found.all_passed


def test_no_step_is_as_usual_as_other_dates():
    found = interrupted_series(weeks(3, 0.0), START)

    assert found.low < 0 < found.high
    assert found.checks[1].passed is False


def test_a_bent_course_cannot_be_foretold():
    bent = weeks(4, 0.0) + 0.01 * np.maximum(np.arange(WEEKS) - 35, 0) ** 2

    assert interrupted_series(bent, START).checks[0].passed is False


def test_before_and_after_can_never_pass():
    found = before_after(weeks(5, 10.0), START)

    assert found.low > 0
    assert [check.passed for check in found.checks] == [False]


def test_without_correlation_the_regression_is_ordinary_least_squares():
    random = np.random.default_rng(8)
    time = np.arange(4000.0)
    outcome = 3 + 0.5 * time + random.normal(size=4000)

    found = fitted(np.column_stack([np.ones_like(time), time]), outcome)

    oracle = stats.linregress(time, outcome)
    assert found.correlation == pytest.approx(0, abs=0.05)
    assert found.coefficients[1] == pytest.approx(oracle.slope, rel=1e-5)
    assert found.errors[1] == pytest.approx(oracle.stderr, rel=0.05)


@pytest.mark.parametrize(
    ("values", "start", "reason"),
    [
        (np.arange(10.0), 8, "too-few-periods"),
        (np.arange(20.0), 18, "too-few-periods"),
        (np.ones(30), 20, "nothing-varies"),
        (np.array([*range(20), np.nan] * 2, dtype=float), 30, "holes"),
    ],
)
def test_too_little_is_said(values, start, reason):
    refused = interrupted_series(values, start)

    assert isinstance(refused, CannotSay)
    assert refused.reason == reason


def test_before_and_after_needs_a_few_periods_too():
    assert before_after(np.arange(5.0), 3).reason == "too-few-periods"
