"""California's cigarette tax of 1989 (Abadie, Diamond and Hainmueller 2010): the table of Arkhangelsky et al. 2021."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from touchline.formulas.roll_outs.panel import panel
from touchline.formulas.roll_outs.synthetic_did import (
    Block,
    effect_of,
    even_weights,
    synthetic_control_weights,
    synthetic_did,
    synthetic_did_weights,
)

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def packs(data_set: Callable[[str], Path]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    with data_set("california-prop99.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found.setdefault(row["State"], {})[int(row["Year"])] = float(row["PacksPerCapita"])
    return found


@pytest.fixture(scope="module")
def block(packs: dict[str, dict[int, float]]) -> Block:
    states = [*sorted(packs.keys() - {"California"}), "California"]
    years = range(1970, 2001)
    return Block(np.array([[packs[state][year] for year in years] for state in states]), controls=38, before=19)


@pytest.mark.parametrize(
    ("weights", "published"),
    [(even_weights, -27.349), (synthetic_control_weights, -19.620), (synthetic_did_weights, -15.604)],
)
def test_the_three_published_estimates(block, weights, published):
    assert effect_of(block, weights(block)) == pytest.approx(published, abs=0.01)


def test_the_whole_measurement_with_its_error(packs):
    states, years = sorted(packs), range(1970, 2001)

    found = synthetic_did(
        panel(
            states,
            [[packs[state][year] for year in years] for state in states],
            [19 if state == "California" else None for state in states],
        )
    )

    assert found.effect == pytest.approx(-15.604, abs=0.01)
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(
        9.38, abs=0.05
    )  # 38 states in turn; the paper draws: 8.4
    assert found.all_passed
