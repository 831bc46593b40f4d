import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.shrinkage import Observed, between_variance, shrink

# Efron and Morris 1975, table 1: hits in the first 45 at bats of 18 players, and their average over the rest of 1970.
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
REST = [
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269,
    0.230, 0.264, 0.256, 0.303, 0.264, 0.226, 0.286, 0.316, 0.200,
]  # fmt: skip


def test_the_batting_averages_of_efron_and_morris_come_three_and_a_half_times_closer_to_the_truth():
    first = [hits / 45 for hits in HITS]
    overall = sum(first) / 18
    variance = overall * (1 - overall) / 45

    shrunk = shrink([Observed(average, variance, "league") for average in first])

    raw_error = sum((average - truth) ** 2 for average, truth in zip(first, REST, strict=True))
    shrunk_error = sum((one.mean - truth) ** 2 for one, truth in zip(shrunk, REST, strict=True))
    assert raw_error == pytest.approx(0.0755, abs=5e-5)
    assert shrunk_error == pytest.approx(0.0219, abs=5e-5)  # published: .022
    assert raw_error / shrunk_error == pytest.approx(3.5, abs=0.06)


def test_with_steins_factor_instead_of_ours_the_published_ratio_is_met():
    # Efron and Morris estimate B with k − 3 where τ² of DerSimonian and Laird uses k − 1; with few touchpoints their
    # factor would never shrink at all, so the product leaves it out.
    first = [hits / 45 for hits in HITS]
    overall = sum(first) / 18
    [one, *_] = shrink([Observed(average, overall * (1 - overall) / 45, "league") for average in first])

    weight = one.prior_weight * 15 / 17
    error = sum((weight * overall + (1 - weight) * hit - rest) ** 2 for hit, rest in zip(first, REST, strict=True))

    assert error == pytest.approx(0.0214, abs=5e-5)
    assert 0.0755 / error == pytest.approx(3.53, abs=0.005)


def test_two_groups_counted_by_hand():
    # Within group a the means are 0 and 20, variance 50 each: weights .02, centre 10, Q = .02·100·2 = 4.
    # Group b is the same shifted by 100: Q = 8, df = 2, scale = 2·(.04 − .0008/.04) = .04, τ² = 6/.04 = 150.
    observed = [Observed(0, 50, "a"), Observed(20, 50, "a"), Observed(100, 50, "b"), Observed(120, 50, "b")]

    shrunk = shrink(observed)

    assert between_variance(observed) == pytest.approx(150)
    assert shrunk[0].prior_weight == pytest.approx(50 / 200)
    assert [one.mean for one in shrunk] == pytest.approx([2.5, 17.5, 102.5, 117.5])
    # (1 − .25)·50 + .25²·Var(centre), Var(centre) = 200/2.
    assert shrunk[0].sd == pytest.approx((37.5 + 6.25) ** 0.5)


def test_a_mean_alone_in_its_group_stays_where_it_is():
    [one] = shrink([Observed(30, 25, "only")])

    assert one.mean == 30
    assert one.sd == pytest.approx(5)
    assert one.prior_weight == 0


@given(
    st.lists(
        st.builds(Observed, st.floats(-100, 100), st.floats(0.1, 2000), st.sampled_from("abc")), min_size=1, max_size=12
    )
)
def test_a_shrunk_mean_lies_between_the_means_of_its_group(observed):
    for one, shrunk in zip(observed, shrink(observed), strict=True):
        group = [other.mean for other in observed if other.group == one.group]
        assert min(group) - 1e-6 <= shrunk.mean <= max(group) + 1e-6
        assert 0 <= shrunk.prior_weight <= 1
