"""Hold our effects of bad visits, learned by the plain logit, against DoubleML's on the same visits and folds.

Every customer comes once here: DoubleML's errors are those of single visits.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.effects import Planted, hand_over, plant
from benchmarks.peers import measure_peer
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.visit_effect import prepare, visit_effect

TOUCHPOINTS = 20
VISITS = 4000
LARGEST_DIFFERENCE = 0.02
"""In standard errors: its logit stops a little earlier than ours, and it cuts off chances at other values."""


def compare() -> bool:
    """Ask both, print how far they are apart, and return whether that is little. Raises SystemExit without DoubleML."""
    touchpoints = [_once_each(plant(number, VISITS)) for number in range(TOUCHPOINTS)]
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "effects.npz"
        hand_over(given, touchpoints)
        told = measure_peer("doubleml", given, "effects")
    if told is None:
        raise SystemExit("DoubleML is not installed; make oracles installs it.")
    theirs = told.found["steps"]
    effects, errors = [], []
    for number, planted in enumerate(touchpoints):
        for name, outcome in (("outcome", planted.outcome), ("past", planted.past)):
            effect, error = _ours(planted, outcome)
            effects.append(abs(effect - theirs[f"{name} {number} effect"]) / error)
            errors.append(abs(error / theirs[f"{name} {number} error"] - 1))
    print(
        f"Effects of {len(effects)} outcomes of {VISITS:,} visits against DoubleML {told.found['version']}: at most "
        f"{max(effects):.4f} standard errors apart, their errors at most {100 * max(errors):.2f} % apart."
    )
    return max(*effects, *errors) <= LARGEST_DIFFERENCE


def _once_each(planted: Planted) -> Planted:
    return replace(planted, visits=replace(planted.visits, customer=np.arange(VISITS)))


def _ours(planted: Planted, outcome: np.ndarray) -> tuple[float, float]:
    prepared = prepare(planted.visits, PLAIN)
    found = prepared if isinstance(prepared, CannotSay) else visit_effect(prepared, outcome)
    if isinstance(found, CannotSay):
        raise RuntimeError(found.sentence)
    return found.effect, found.error
