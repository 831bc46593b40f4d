"""Row 14: California's Proposition 99, whose published answers are known to three decimals. The data are not shipped."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from touchline.formulas.roll_outs.synthetic_did import (
    Block,
    effect_of,
    even_weights,
    synthetic_control_weights,
    synthetic_did_weights,
)
from touchline.verification.verify.line import Line, fact_line
from touchline.verification.verify.row import CannotLookError, Row
from touchline.verification.verify.trial import Trial

FILE = "california-prop99.csv"
PUBLISHED = {"plain DiD": -27.349, "synthetic control": -19.620, "synthetic DiD": -15.604}
"""Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, American Economic Review 111:4088, table 1."""
WITHIN = 0.01


def look(_trial: Trial) -> dict[str, float]:
    """Three estimates from packs of cigarettes per head, 39 states and 31 years. Raises CannotLookError without the file."""
    path = Path(os.environ.get("TOUCHLINE_DATA") or "../shared/data") / FILE
    if not path.is_file():
        raise CannotLookError(f"{FILE} is not shipped; set TOUCHLINE_DATA to a folder that has it.")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    states = sorted({row["State"] for row in rows}, key=lambda state: (state == "California", state))
    years = sorted({int(row["Year"]) for row in rows})
    values = np.zeros((len(states), len(years)))
    for row in rows:
        values[states.index(row["State"]), years.index(int(row["Year"]))] = float(row["PacksPerCapita"])
    before = sum(row["State"] == "California" and row["treated"] in ("0", "False") for row in rows)
    block = Block(values, controls=len(states) - 1, before=before)
    makers = (even_weights, synthetic_control_weights, synthetic_did_weights)
    return {name: effect_of(block, make(block)) for name, make in zip(PUBLISHED, makers, strict=True)}


def judge(seen: Sequence[dict[str, float]]) -> list[Line]:
    """Each beside what was published."""
    return [fact_line(name, published, seen[0][name], WITHIN) for name, published in PUBLISHED.items()]


ROW = Row(14, "Proposition 99", look, judge, seeds=1)
