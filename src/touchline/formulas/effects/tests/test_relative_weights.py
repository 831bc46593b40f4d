from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_iris

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.relative_weights import johnson, lmg, r2_of_sets, relative_weights, weights_of


def iris() -> tuple[np.ndarray, np.ndarray]:
    """Sepal width and petal length, and sepal length, which they explain."""
    flowers = load_iris().data
    return flowers[:, 1:3], flowers[:, 0]


def test_published_weights_of_iris() -> None:
    """What R's relaimpo prints for Sepal.Length ~ Sepal.Width + Petal.Length."""
    width, length = relative_weights(*iris(), ("width", "length"), draws=50)

    assert (width.r2, length.r2) == (pytest.approx(0.04702292, abs=1e-8), pytest.approx(0.79315491, abs=1e-8))
    assert width.share == pytest.approx(0.04702292 / (0.04702292 + 0.79315491), abs=1e-8)
    assert length.low < length.share < length.high


def test_johnson_is_the_same_for_two_items() -> None:
    items, overall = iris()

    assert johnson(np.corrcoef(items, overall, rowvar=False)) == pytest.approx([0.04702292, 0.79315491], abs=1e-8)


def test_published_weights_of_three_items() -> None:
    """R² of {1}, {2}, {1 2}, {3}, {1 3}, {2 3}, {1 2 3}."""
    r2 = np.array([[0.0, 0.1064, 0.1254, 0.1807, 0.1288, 0.1700, 0.1873, 0.2144]])

    assert lmg(r2)[0] == pytest.approx([0.0606, 0.0787, 0.0751], abs=5e-5)


def test_r2_of_every_set_against_least_squares() -> None:
    chance = np.random.default_rng(2)
    items = chance.normal(size=(200, 4)) @ chance.normal(size=(4, 4))
    overall = items @ [1.0, 0.5, 0.0, -0.5] + chance.normal(size=200)

    found = r2_of_sets(np.corrcoef(items, overall, rowvar=False)[None])[0]

    for members in range(1, 16):
        chosen = items[:, [item for item in range(4) if members >> item & 1]]
        x = np.column_stack([np.ones(200), chosen])
        left = overall - x @ np.linalg.lstsq(x, overall, rcond=None)[0]
        assert found[members] == pytest.approx(1 - left.var() / overall.var())


def test_many_items_are_weighed_by_johnson_and_nearly_alike() -> None:
    chance = np.random.default_rng(5)
    common = chance.normal(size=(500, 1))
    items = common + chance.normal(size=(500, 12))
    overall = items @ np.linspace(0, 1, 12) + 3 * chance.normal(size=500)
    correlation = np.corrcoef(items, overall, rowvar=False)

    assert np.corrcoef(weights_of(correlation[None])[0], johnson(correlation))[0, 1] > 0.99
    one_more = np.column_stack([items, chance.normal(size=500)])
    found = relative_weights(one_more, overall, tuple("abcdefghijklm"), draws=20)
    assert not isinstance(found, CannotSay)
    assert sum(each.share for each in found) == pytest.approx(1)


def test_the_same_item_twice_shares_its_weight() -> None:
    items, overall = iris()
    found = relative_weights(np.column_stack([items, items[:, 1]]), overall, ("width", "length", "again"), draws=10)

    assert not isinstance(found, CannotSay)
    assert found[1].r2 == pytest.approx(found[2].r2)
    assert sum(each.r2 for each in found) == pytest.approx(0.84017783, abs=1e-7)


def test_what_cannot_be_said() -> None:
    items, overall = iris()

    few = relative_weights(items[:19], overall[:19], ("width", "length"))
    same = relative_weights(items, np.full(150, 4.0), ("width", "length"))

    assert isinstance(few, CannotSay)
    assert isinstance(same, CannotSay)
    assert "the overall answer" in same.sentence
