"""Hold our figures against peers' on random input: `make oracles`. Prints the agreement, fails on any difference.

Fitness against pm4py, which is AGPL-3.0, effects of bad visits against DoubleML, which weighs 39 packages: both live in
benchmarks/.venv; neither the package nor its tests know of them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import effect_oracle
from benchmarks.peers import measure_peer
from touchline.formulas.alignment import PADDING, Plan, align, alignment_cost, fitness

LETTERS = "abcdef"
LARGEST_DIFFERENCE = 1e-9
SEED = 2026


def main() -> None:
    """Ask both, compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.oracles", description=__doc__)
    parser.add_argument("--plans", type=int, default=300, help="random plans (%(default)s)")
    parser.add_argument("--traces", type=int, default=40, help="traces of each (%(default)s)")
    asked = parser.parse_args()
    agree = [fitness_agrees(asked.plans, asked.traces), effect_oracle.compare()]
    sys.exit(not all(agree))


def fitness_agrees(plans: int, traces: int) -> bool:
    """Make plans and logs, ask both, print how many fitnesses are the same, and return whether all are."""
    cases = random_cases(plans, traces)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.json"
        file.write_text(json.dumps(cases), "utf-8")
        told = measure_peer("pm4py", file, "alignments")
        if told is None:
            raise SystemExit("pm4py is not installed; make oracles installs it.")
        theirs = json.loads(file.with_suffix(".fitness.json").read_text("utf-8"))
    differences = [
        abs(mine - other)
        for case, of_case in zip(cases, theirs, strict=True)
        for mine, other in zip(fitness_of(case), of_case, strict=True)
    ]
    same = sum(difference <= LARGEST_DIFFERENCE for difference in differences)
    print(
        f"Fitness of {len(differences):,} traces against {len(cases)} random plans: {same:,} as pm4py "
        f"{told.found['version']} says, largest difference {max(differences):.1e}."
    )
    return same == len(differences)


def random_cases(plans: int, traces: int) -> list[dict[str, Any]]:
    """Plans of one to six steps over six letters, and traces of one to twelve."""
    draw = np.random.default_rng(SEED)
    return [
        {
            "steps": [
                {
                    "met_by": sorted(draw.choice(list(LETTERS), draw.integers(1, 4), replace=False).tolist()),
                    "optional": bool(draw.random() < 0.3),
                    "repeatable": bool(draw.random() < 0.4),
                }
                for _ in range(draw.integers(1, 7))
            ],
            "log": ["".join(draw.choice(list(LETTERS), draw.integers(1, 13))) for _ in range(traces)],
        }
        for _ in range(plans)
    ]


def fitness_of(case: dict[str, Any]) -> list[float]:
    """Our fitness of every trace."""
    steps, log = case["steps"], case["log"]
    plan = Plan(
        np.array([[letter in step["met_by"] for step in steps] for letter in LETTERS]),
        np.array([step["optional"] for step in steps]),
        np.array([step["repeatable"] for step in steps]),
    )
    lengths = np.array([len(trace) for trace in log])
    rows = np.full((len(log), lengths.max()), PADDING)
    for row, trace in zip(rows, log, strict=True):
        row[: len(trace)] = [LETTERS.index(letter) for letter in trace]
    costs = alignment_cost(align(rows, plan), lengths, plan)
    return [fitness(int(cost), int(length) + plan.shortest) for cost, length in zip(costs, lengths, strict=True)]


if __name__ == "__main__":
    main()
