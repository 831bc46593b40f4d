import numpy as np
import pytest

from touchline.formulas.drift import drift, shifts


def spread(counts_per_edge, buckets=20):
    """The same customers' behaviour in every bucket."""
    return np.tile(np.array(counts_per_edge), (buckets, 1))


def world(random, shares, customers=400, buckets=32):
    """Customers with tastes of their own around the shares, about five steps each."""
    counts = np.zeros((buckets, len(shares)))
    for customer in range(customers):
        taste = random.dirichlet(np.array(shares) * 20)
        counts[customer % buckets] += random.multinomial(1 + random.poisson(4), taste)
    return counts


def test_the_distance_is_half_the_moved_shares():
    # Before 50, 30, 20 %; now 40, 30, 30 %: ten points moved from the first to the third.
    found = drift(spread([4, 3, 3]), spread([5, 3, 2]))

    assert found.distance == pytest.approx(0.1)
    assert (found.transitions_now, found.transitions_before) == (200, 200)
    assert found.p == pytest.approx(0.001)
    assert found.has_drifted


def test_nothing_moved():
    found = drift(spread([5, 3, 2]), spread([50, 30, 20]))

    assert found.distance == 0
    assert found.p == 1.0
    assert not found.has_drifted


def test_too_few_transitions_or_buckets_say_nothing():
    assert drift([[1, 1]], [[5, 5]]).distance is None
    few_buckets = drift(spread([5, 1], buckets=9), spread([1, 5], buckets=9))
    assert few_buckets.distance == pytest.approx(2 / 3)
    assert few_buckets.p is None
    assert not few_buckets.has_drifted


def test_the_same_data_give_the_same_verdict():
    random = np.random.default_rng(1)
    now, before = world(random, [0.5, 0.3, 0.2]), world(random, [0.5, 0.3, 0.2])

    assert drift(now, before) == drift(now, before)


def test_false_alarms_are_rare_and_a_shift_of_eight_points_is_found():
    random = np.random.default_rng(2)
    shares = [0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05]
    moved = [0.22, 0.28, 0.2, 0.1, 0.1, 0.05, 0.05]
    before = [world(random, shares) for _ in range(40)]

    false_alarms = sum(drift(world(random, shares), one, draws=199).has_drifted for one in before)
    found = sum(drift(world(random, moved), one, draws=199).has_drifted for one in before)

    assert false_alarms <= 5
    assert found >= 38


def test_the_largest_shift_comes_first():
    [first, second, third] = shifts([40, 30, 30], [50, 30, 20])

    assert {first.edge, second.edge} == {0, 2}
    assert first.difference == pytest.approx(-0.1)
    assert third.difference == 0
