"""Shares of journeys, several of one customer among them."""

import numpy as np
import pytest

from touchline.formulas.clustered import ClusterSums, clustered_share, compared, difference
from touchline.formulas.proportion import difference as independent_difference
from touchline.formulas.proportion import share


def sums(*clusters: tuple[int, int]) -> ClusterSums:
    """Each cluster is (x, of n)."""
    x, n = np.array(clusters).T
    return ClusterSums(
        int(x.sum()), int(n.sum()), len(clusters), int((x * x).sum()), int((x * n).sum()), int((n * n).sum())
    )


def test_one_observation_for_each_customer_is_an_ordinary_share():
    found, ordinary = clustered_share(sums(*[(1, 1)] * 3, *[(0, 1)] * 9)), share(3, 12)

    assert (found.value, found.low, found.high) == (ordinary.value, ordinary.low, ordinary.high)
    assert found.design_effect == 1.0


def test_customers_who_always_do_the_same_count_once_each():
    found, customers = clustered_share(sums(*[(4, 4)] * 10, *[(0, 4)] * 30)), share(10, 40)

    assert (found.count, found.of, found.value) == (40, 160, 0.25)
    assert found.design_effect == pytest.approx(4 * 40 / 39)
    assert found.low == pytest.approx(customers.low, abs=0.003)
    assert found.high == pytest.approx(customers.high, abs=0.003)


def test_a_share_of_nothing_supposes_that_a_customer_would_always_do_the_same():
    found = clustered_share(sums(*[(0, 3)] * 20))

    assert found.design_effect == 3.0
    assert (found.low, found.high) == (0.0, pytest.approx(share(0, 20).high))


def test_four_customers_are_too_few_however_many_journeys_they_made():
    assert clustered_share(sums(*[(3, 50)] * 4)).value is None
    assert clustered_share(sums((3, 50))).design_effect == 50.0


@pytest.mark.parametrize("impossible", [ClusterSums(3, 2, 1, 9, 6, 4), ClusterSums(1, 2, 3, 1, 1, 2)])
def test_impossible_counts(impossible):
    with pytest.raises(ValueError, match="is not a share"):
        clustered_share(impossible)


def test_the_difference_of_independent_shares_is_newcombes():
    second, first = (
        clustered_share(sums(*[(1, 1)] * 56, *[(0, 1)] * 14)),
        clustered_share(sums(*[(1, 1)] * 48, *[(0, 1)] * 32)),
    )

    assert difference(second, first) == independent_difference(share(56, 70), share(48, 80))


def test_rare_things_are_not_tested_and_large_differences_are_found():
    def of(count: int):
        return clustered_share(sums(*[(1, 1)] * count, *[(0, 1)] * (200 - count)))

    found = compared([(of(20), of(80)), (of(0), of(6)), (of(50), of(52))])

    assert [each.is_found for each in found] == [True, False, False]
    assert found[0].change.difference == pytest.approx(0.3)


def test_equal_groups_of_customers_with_many_journeys_seldom_differ():
    """Each customer has habits of their own: tested as independent, one comparison in three would be 'found'."""
    random = np.random.default_rng(3)

    def group():
        journeys = random.integers(1, 20, 300)
        habits = random.beta(0.5, 1.5, 300)
        x = random.binomial(journeys, habits)
        return clustered_share(sums(*zip(x.tolist(), journeys.tolist(), strict=True)))

    found = [compared([(group(), group())])[0] for _ in range(200)]

    assert sum(each.change.p < 0.05 for each in found) <= 20
    assert np.mean([each.first.design_effect for each in found]) > 3
