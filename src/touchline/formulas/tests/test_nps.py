import numpy as np
import pytest

from touchline.formulas.nps import NpsCounts, nps, nps_change, nps_counts, standard_error


def test_thirty_six_promoters_and_sixteen_detractors_of_eighty():
    score = nps(NpsCounts(36, 28, 16))

    assert score.value == 25.0
    assert (score.low, score.high) == (pytest.approx(7.6, abs=0.05), pytest.approx(40.6, abs=0.05))
    assert not score.is_small_sample


def test_the_published_set_of_a_thousand():
    counts = NpsCounts(462, 176, 362)

    assert nps(counts).value == pytest.approx(10.0)
    assert counts.variance == pytest.approx(0.814)
    assert standard_error(counts) == pytest.approx(2.85307, abs=1e-5)
    assert 10 - 1.96 * standard_error(counts) == pytest.approx(4.41, abs=0.005)
    assert 10 + 1.96 * standard_error(counts) == pytest.approx(15.59, abs=0.005)


def test_answers_are_sorted_at_six_and_nine():
    counts = nps_counts({0: 1, 6: 2, 7: 4, 8: 8, 9: 16, 10: 32})

    assert counts == NpsCounts(promoters=48, passives=12, detractors=3)


def test_four_answers_are_no_score():
    assert nps(NpsCounts(4, 0, 0)).value is None
    assert nps(NpsCounts(4, 0, 0)).n == 4


def test_unanimous_answers_still_leave_doubt():
    score = nps(NpsCounts(5, 0, 0))

    assert score.value == 100
    assert score.low < 60
    assert score.high == 100
    assert score.is_small_sample


# Mean over these six worlds in the methods: .94, .95, .96, .95 at n = 5, 10, 20, 200; none may fall below .91.
@pytest.mark.parametrize("n", [5, 20, 200])
def test_the_interval_covers_the_truth_as_often_as_it_says(n):
    random = np.random.default_rng(7)
    coverage = []
    for shares in [
        (0.5, 0.3, 0.2),
        (0.7, 0.2, 0.1),
        (0.2, 0.3, 0.5),
        (0.34, 0.33, 0.33),
        (0.9, 0.05, 0.05),
        (0.45, 0.1, 0.45),
    ]:
        samples, counts = np.unique(random.multinomial(n, shares, size=4000), axis=0, return_counts=True)
        scores = [nps(NpsCounts(*map(int, one))) for one in samples]
        truth = 100 * (shares[0] - shares[2])
        covered = [score.low <= truth <= score.high for score in scores]
        coverage.append(np.average(covered, weights=counts))

    assert 0.93 <= np.mean(coverage) <= 0.975
    assert min(coverage) >= 0.91


def test_a_change_is_noise_until_its_interval_leaves_zero():
    before = NpsCounts(36, 28, 16)

    small = nps_change(NpsCounts(38, 28, 14), before)
    large = nps_change(NpsCounts(360, 28, 16), NpsCounts(36, 28, 160))

    assert small.difference == pytest.approx(5.0)
    assert small.is_noise
    assert small.low < 0 < small.high
    assert small.detectable > 30
    assert not large.is_noise
    assert large.low > 0
    assert nps_change(before, NpsCounts(1, 1, 1)).difference is None
