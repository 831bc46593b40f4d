"""A planted valley is found, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from touchline.formulas.session_cut import NO_VALLEY, TOO_FEW, bin_edges_s, session_cut


def histogram(pauses_s):
    at = np.searchsorted(bin_edges_s(), pauses_s, side="right") - 1
    return np.bincount(at[at >= 0], minlength=bin_edges_s().size).tolist()


def lowest_s(within, between, share):
    """Where the sum of the two planted densities is lowest."""
    places = np.linspace(within[0], between[0], 20_001)
    density = sum(
        weight * np.exp(-(((places - middle) / spread) ** 2) / 2) / spread
        for weight, (middle, spread) in ((share, within), (1 - share, between))
    )
    return 10 ** places[density.argmin()]


@pytest.mark.parametrize(
    ("within", "between", "share"),
    [  # middles and spreads of log10 seconds
        ((1.6, 0.45), (5.0, 0.5), 0.8),  # 40 seconds; a day
        ((1.3, 0.5), (4.6, 0.5), 0.6),
        ((2.0, 0.4), (5.5, 0.6), 0.9),  # nearly two minutes; four days
        ((1.0, 0.6), (4.8, 0.4), 0.5),
    ],
)
@pytest.mark.parametrize("seed", range(5))
def test_a_planted_valley_is_found_within_a_fifth(within, between, share, seed):
    chance = np.random.default_rng(seed)
    is_within = chance.random(20_000) < share
    middle, spread = np.where(is_within, within[0], between[0]), np.where(is_within, within[1], between[1])
    pauses_s = 10 ** chance.normal(middle, spread)

    found = session_cut(histogram(pauses_s))

    assert found.seconds == pytest.approx(lowest_s(within, between, share), rel=0.2)
    assert np.mean((pauses_s > found.seconds) != is_within) > 0.98


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("spread", [0.3, 0.8, 1.5])
def test_pauses_of_one_kind_have_no_valley(seed, spread):
    pauses_s = 10 ** np.random.default_rng(seed).normal(3.3, spread, 20_000)

    assert session_cut(histogram(pauses_s)).reason == NO_VALLEY


def test_evenly_spread_pauses_have_no_valley():
    pauses_s = 10 ** np.random.default_rng(1).uniform(0, 6, 20_000)

    assert session_cut(histogram(pauses_s)).seconds is None


def test_a_valley_at_five_days_is_no_end_of_a_session():
    chance = np.random.default_rng(1)
    pauses_s = 10 ** np.concatenate([chance.normal(4.9, 0.1, 9_000), chance.normal(6.4, 0.1, 9_000)])

    assert session_cut(histogram(pauses_s)).reason == NO_VALLEY


def test_few_or_equal_pauses():
    assert session_cut(histogram(np.array([30.0] * 199))).reason == TOO_FEW
    assert session_cut(histogram(np.array([30.0] * 500))).reason == NO_VALLEY
    assert session_cut([0] * bin_edges_s().size).n == 0
