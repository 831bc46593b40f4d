"""Credit: published and hand-counted examples, and what must hold for every set of paths."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.formulas.attribution import (
    RULES,
    Paths,
    conversion_chance,
    credit,
    interval,
    markov_shares,
    removal_effects,
    shares_drawn_again,
    transitions,
    weights,
)

PATHS = st.lists(st.tuples(st.lists(st.integers(0, 4), min_size=1, max_size=6), st.booleans()), min_size=1, max_size=12)


def paths_of(*told: tuple[str | list[int], bool]) -> Paths:
    """'gm' are the channels g and m, by their place in the alphabet of all that occur."""
    names = sorted({channel for channels, _ in told for channel in channels})
    flat = [(number, names.index(channel)) for number, (channels, _) in enumerate(told) for channel in channels]
    path, channel = (np.array(column, np.int64) for column in zip(*flat, strict=True))
    days = np.concatenate([np.arange(len(channels))[::-1] for channels, _ in told]).astype(float)
    converted = np.array([converts for _, converts in told])
    return Paths(path, channel, days, converted, np.arange(len(told)), len(names))


def test_two_channels_of_which_one_converts_alone():
    paths = paths_of(("g", True), ("g", True), ("m", True), ("gm", True), ("g", False))
    moves = transitions(paths)[0]

    assert conversion_chance(moves) == pytest.approx(0.8)
    assert removal_effects(moves) == pytest.approx([0.75, 0.5])
    assert 4 * markov_shares(moves) == pytest.approx([2.4, 1.6])


def test_three_channels_in_a_row():
    paths = paths_of(("123", True), ("1", False), ("23", False))
    moves = transitions(paths)[0]

    assert conversion_chance(moves) == pytest.approx(1 / 3)
    assert removal_effects(moves) == pytest.approx([0.5, 1, 1])
    assert markov_shares(moves) == pytest.approx([0.2, 0.4, 0.4])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("first", [1.0, 0.0, 0.0]),
        ("last", [0.0, 1.0, 0.0]),  # a, b, a, c, b
        ("linear", [0.4, 0.4, 0.2]),
        ("decay", [(2**-4 + 2**-2) / 1.9375, (2**-3 + 1) / 1.9375, 2**-1 / 1.9375]),
        ("shapley", [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_rules_divide_one_conversion(rule, expected):
    paths = paths_of(("abacb", True))
    assert credit(paths, weights(paths, rule, half_life_days=1.0)) == pytest.approx(expected)


def test_worth_is_divided_like_conversions_and_nothing_else_is():
    paths = paths_of(("ab", True), ("b", False))
    assert credit(paths, weights(paths, "linear"), np.array([50.0, 99.0])).tolist() == [25.0, 25.0]


@given(PATHS)
def test_credit_adds_up_to_the_conversions(told):
    paths = paths_of(*told)
    for rule in RULES:
        if rule == "markov":
            total = markov_shares(transitions(paths)[0]).sum() * paths.converted.sum()
        else:
            total = credit(paths, weights(paths, rule)).sum()
        assert total == pytest.approx(paths.converted.sum())


@given(PATHS)
def test_shapley_is_the_mean_over_all_orders_in_which_channels_may_come(told):
    paths = paths_of(*told)
    sets = [
        frozenset(paths.channel[paths.path == number].tolist())
        for number, converts in enumerate(paths.converted)
        if converts
    ]
    expected = np.zeros(paths.channels)
    orders = list(permutations(range(paths.channels)))
    for order in orders:
        for at, channel in enumerate(order):
            worth = [sum(each <= set(order[:end]) for each in sets) for end in (at, at + 1)]
            expected[channel] += (worth[1] - worth[0]) / len(orders)

    assert credit(paths, weights(paths, "shapley")) == pytest.approx(expected)


@given(PATHS)
def test_without_a_channel_no_more_converts(told):
    lost = removal_effects(transitions(paths_of(*told))[0])
    assert np.all(lost >= -1e-9)
    assert np.all(lost <= 1 + 1e-9)


def test_intervals_hold_the_share_and_narrow_with_people():
    told = [("a", True), ("ab", True), ("b", False), ("b", True)]
    widths = []
    for times in (10, 500):
        paths = paths_of(*told * times)
        low, high = interval(shares_drawn_again(paths, weights(paths, "linear")))
        assert low[0] < 0.5 < high[0]
        widths.append(high[0] - low[0])
        markov_low, markov_high = interval(shares_drawn_again(paths, None))
        share = markov_shares(transitions(paths)[0])
        assert np.all((markov_low < share) & (share < markov_high))
    assert widths[1] < widths[0] / 4
