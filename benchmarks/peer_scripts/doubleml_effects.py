"""Run by benchmarks/.venv: DoubleML's effect on the treated for each touchpoint of an .npz file, told as JSON."""

from __future__ import annotations

import sys
import warnings

import numpy as np
from doubleml import DoubleMLData, DoubleMLIRM
from sklearn.linear_model import LogisticRegression
from telling import Clock, tell

warnings.filterwarnings("ignore")  # it warns of what later versions will name otherwise
given = np.load(sys.argv[1], allow_pickle=False)
clock = Clock()
told: dict[str, float] = {}
with clock("effects"):
    for number in range(sum(name.startswith("facts ") for name in given.files)):
        facts, fold = given[f"facts {number}"], given[f"fold {number}"]
        standard = (facts - facts.mean(axis=0)) / facts.std(axis=0)
        splits = [(np.flatnonzero(fold != one), np.flatnonzero(fold == one)) for one in range(fold.max() + 1)]
        for outcome in ("outcome", "past"):
            data = DoubleMLData.from_arrays(standard, given[f"{outcome} {number}"] * 1, given[f"bad {number}"] * 1)
            model = DoubleMLIRM(
                data,
                LogisticRegression(max_iter=200),
                LogisticRegression(max_iter=200),
                score="ATTE",
                draw_sample_splitting=False,
            )
            model.set_sample_splitting([splits])
            model.fit()
            told |= {
                f"{outcome} {number} effect": float(model.coef[0]),
                f"{outcome} {number} error": float(model.se[0]),
            }
tell("DoubleML", clock, told)
