import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.waiting import GONE_ON, LEFT, UNDECIDED, WaitingCounts, count_durations, incidence, waiting

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from lifelines import AalenJohansenFitter


def test_six_visits_by_hand():
    # Day 1: one of six goes on: 1/6. Day 2: one of five leaves. Day 3: one of four is undecided.
    # Day 4: one of three goes on: 1/6 + (5/6·4/5)·1/3 = 7/18. Day 5: one of two: 7/18 + 4/9·1/2 = 11/18. Day 6: leaves.
    counts = count_durations([1, 2, 3, 4, 5, 6], [GONE_ON, LEFT, UNDECIDED, GONE_ON, GONE_ON, LEFT])

    curve = incidence(counts)

    assert curve.gone_on == pytest.approx([1 / 6, 1 / 6, 1 / 6, 7 / 18, 11 / 18, 11 / 18])
    assert curve.left[-1] == pytest.approx(1 - 11 / 18)
    assert curve.gone_on_by(0.5) == 0
    assert curve.gone_on_by(4.9) == pytest.approx(7 / 18)
    assert curve.gone_on_by(100) == pytest.approx(11 / 18)
    assert curve.day_when(0.5) == 5
    assert curve.day_when(0.9) is None


def test_nothing_is_said_beyond_the_data():
    counts = count_durations([1, 2, 3, 3, 3], [GONE_ON, LEFT, UNDECIDED, UNDECIDED, UNDECIDED])

    assert incidence(counts).gone_on_by(3) == pytest.approx(0.2)
    assert incidence(counts).gone_on_by(3.5) is None
    assert waiting(counts).gone_on_within_30_days is None


def test_four_visits_are_too_few():
    found = waiting(count_durations([1, 2, 3, 4], [GONE_ON] * 4))

    assert (found.median_days, found.gone_on_within_7_days, found.n) == (None, None, 4)


def test_fewer_than_half_ever_go_on_so_there_is_no_median():
    found = waiting(count_durations([1, 1, 30, 30, 30], [GONE_ON, GONE_ON, LEFT, LEFT, LEFT]))

    assert found.median_days is None
    assert found.gone_on_within_1_day == pytest.approx(0.4)


def test_no_visits_at_all():
    empty = np.array([], dtype=np.int64)

    assert waiting(WaitingCounts(empty.astype(float), empty, empty, empty)).n == 0
    assert incidence(count_durations([], [])).gone_on_by(7) is None


def test_the_planted_competition_is_found_where_the_usual_numbers_fail():
    # Going on at .1 a day, leaving at .05 a day: by day 7, 2/3·(1 − e^−1.05) = .4334; median of movers ln 2/.15 = 4.62.
    random = np.random.default_rng(5)
    go, leave, until = random.exponential(10, 20_000), random.exponential(20, 20_000), random.uniform(0, 15, 20_000)
    days = np.minimum(np.minimum(go, leave), until)
    ended = np.where(days == go, GONE_ON, np.where(days == leave, LEFT, UNDECIDED))

    curve = incidence(count_durations(days, ended))

    assert curve.gone_on_by(7) == pytest.approx(0.4334, abs=0.01)
    assert np.median(days[ended == GONE_ON]) < 3  # what a dashboard would print
    one_minus_kaplan_meier = incidence(count_durations(days, np.where(ended == LEFT, UNDECIDED, ended))).gone_on_by(7)
    assert one_minus_kaplan_meier == pytest.approx(1 - np.exp(-0.7), abs=0.01)  # .503


def test_counting_in_bins_changes_the_curve_by_less_than_a_bin():
    random = np.random.default_rng(6)
    days, ended = random.exponential(5, 4000), random.choice([GONE_ON, LEFT, UNDECIDED], 4000, p=[0.6, 0.3, 0.1])
    binned = np.ceil(days * 24) / 24

    exact, coarse = incidence(count_durations(days, ended)), incidence(count_durations(binned, ended))

    for day in (1, 7, 20):
        assert coarse.gone_on_by(day) == pytest.approx(exact.gone_on_by(day), abs=0.005)
    assert coarse.day_when(0.4) == pytest.approx(exact.day_when(0.4), abs=1 / 24 + 0.05)


@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.sampled_from([GONE_ON, LEFT, UNDECIDED])), min_size=2, max_size=60
    ).filter(lambda rows: any(how == GONE_ON for _, how in rows))
)
def test_it_agrees_with_lifelines(rows):
    days = np.array([float(day) + i / 1000 for i, (day, _) in enumerate(rows)])  # no ties: lifelines would jitter them
    ended = np.array([how for _, how in rows])
    fitter = AalenJohansenFitter(calculate_variance=False)
    fitter.fit(days, ended, event_of_interest=GONE_ON)
    expected = fitter.cumulative_density_.iloc[:, 0]

    curve = incidence(count_durations(days, ended))

    for day, value in zip(curve.days, curve.gone_on, strict=True):
        assert value == pytest.approx(expected[expected.index <= day + 1e-9].iloc[-1], abs=1e-9)
