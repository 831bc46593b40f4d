"""Alignment of many journeys with a plan: beside pm4py, which is given the same journeys as a log of its own.

Journeys follow a plan of seven steps, and stop, skip, repeat, go back and do unplanned things now and then. What is
measured is the alignment alone; pm4py's log is built before, and both align every different journey once.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measuring import Clock, Measured, Row, Sizes, in_child
from benchmarks.peers import measure_peer
from touchline.analyses.kinds.conformance.alignments import aligned
from touchline.analyses.kinds.conformance.plan import ComparedPlan, ComparedStep
from touchline.analyses.kinds.conformance.rows import Journeys, Visits
from touchline.formulas.alignment import fitness

BAR_SECONDS = 20.0
EVENTS_PER_JOURNEY = 100
"""Of the store; 100,000 journeys stand beside 10 million events."""
LETTERS = "abcdefgxyz"
"""a to g are planned, x to z are not."""
REPEATABLE, OPTIONAL = "abf", "g"
LARGEST_DIFFERENCE = 1e-9


def measure(sizes: Sizes, folder: Path) -> list[Row]:
    """Measure in turns; raises RuntimeError when the fitness differs."""
    count = max(sizes.events // EVENTS_PER_JOURNEY, 10)
    file = folder / "journeys.json"
    file.write_text(json.dumps([{"steps": plan_steps(), "log": random_journeys(count)}]), "utf-8")
    ours = in_child(align_ours, file)
    peer = measure_peer("pm4py", file, "alignments")
    work, seconds = f"alignment of {count:,} journeys", ours.seconds["alignments"]
    row = partial(Row, work, seconds, ours.peak_bytes, f"≤ {BAR_SECONDS:g} s")
    met = seconds <= BAR_SECONDS if sizes.store_as_asked else None
    if peer is None:
        return [row(met)]
    _compare(ours, json.loads(file.with_suffix(".fitness.json").read_text("utf-8"))[0])
    return [row(met, "pm4py's alignments", peer.seconds["alignments"])]


def plan_steps() -> list[dict[str, Any]]:
    """The plan, as peer_scripts/pm4py_alignments.py reads it."""
    return [
        {"met_by": [letter], "optional": letter in OPTIONAL, "repeatable": letter in REPEATABLE} for letter in "abcdefg"
    ]


def random_journeys(count: int, seed: int = 7) -> list[str]:
    """Journeys that leave the plan now and then, a letter for each visit."""
    draw = np.random.default_rng(seed)
    journeys = []
    for chances in draw.random((count, 40)):
        visits: list[str] = []
        for step, chance, again, aside in zip("abcdefg", chances, chances[10:], chances[20:], strict=False):
            if chance < 0.06 and visits:
                break
            visits += [] if chance < 0.1 else [step] * (1 + int(again < 0.3) + int(again < 0.1))
            visits += ["xyz"[int(aside * 30)]] if aside < 0.1 else []
            visits += ["ab"[int(aside > 0.95)]] if aside > 0.9 else []
        journeys.append("".join(visits) or "a")
    return journeys


def align_ours(file: Path) -> tuple[Clock, list[float]]:
    """Align the journeys of a file; gives the fitness of each."""
    [case] = json.loads(file.read_text("utf-8"))
    lengths = np.array([len(journey) for journey in case["log"]])
    touchpoint = np.array([LETTERS.index(letter) for journey in case["log"] for letter in journey])
    journey = np.repeat(np.arange(len(lengths)), lengths)
    nothing = np.zeros_like(touchpoint)
    number = np.arange(len(lengths))
    found = Journeys(Visits(journey, journey, nothing, nothing, touchpoint), journey, number, number, number, 0, 0)
    steps = tuple(
        ComparedStep(letter, (LETTERS.index(letter),), letter in OPTIONAL, letter in REPEATABLE) for letter in "abcdefg"
    )
    clock = Clock()
    with clock("alignments"):
        steps_of = aligned(found, ComparedPlan(steps, (), tuple(LETTERS), (), by_stages=False))
    return clock, [fitness(int(cost), int(worst)) for cost, worst in zip(steps_of.cost, steps_of.worst, strict=True)]


def _compare(ours: Measured, theirs: list[float]) -> None:
    largest = max(abs(mine - other) for mine, other in zip(ours.found, theirs, strict=True))
    if largest > LARGEST_DIFFERENCE:
        raise RuntimeError(f"pm4py and we do not agree on the fitness: {largest:.2e} apart.")
