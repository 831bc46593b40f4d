"""Let seeds through all rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, TypeAlias

from touchline.verification.verify.line import Line
from touchline.verification.verify.row import CannotLookError, Row
from touchline.verification.verify.trial import REPETITIONS, Trial

Report: TypeAlias = Callable[[int, int, str], None]
"""Told what is done of how much, and what is being looked at."""


@dataclass(frozen=True)
class Verified:
    """One row after all seeds."""

    number: int
    title: str
    lines: tuple[Line, ...]
    not_looked_at: str
    """Why there are no lines: a sentence; '' where there are."""
    seeds: int
    seconds: float

    @property
    def held(self) -> bool:
        """Whether nothing was outside of its tolerance."""
        return all(line.held for line in self.lines)


def verify(rows: Sequence[Row[Any]], seeds: Sequence[int], *, is_quick: bool, report: Report) -> list[Verified]:
    """Look at every row with every seed, one seed after the other, in temporary folders that are taken away again."""
    seen: dict[int, list[Any]] = {at: [] for at in range(len(rows))}
    missing: dict[int, str] = {}
    seconds = dict.fromkeys(seen, 0.0)
    work = [
        (seed, at) for nth, seed in enumerate(seeds) for at, row in enumerate(rows) if nth < (row.seeds or len(seeds))
    ]
    done = 0
    for seed in seeds:
        trial = Trial(
            seed, is_quick, Path(tempfile.mkdtemp(prefix="touchline-verify-")), ceil(REPETITIONS / len(seeds))
        )
        try:
            for at in [at for of, at in work if of == seed]:
                report(done, len(work), f"seed {seed}: {rows[at].title}")
                began = time.perf_counter()
                try:
                    seen[at].append(rows[at].look(trial))
                except CannotLookError as why:
                    missing[at] = str(why)
                seconds[at] += time.perf_counter() - began
                done += 1
        finally:
            trial.close()
    report(done, len(work), "done")
    return [
        Verified(
            row.number,
            row.title,
            tuple(row.judge(seen[at])) if seen[at] else (),
            missing.get(at, ""),
            len(seen[at]),
            seconds[at],
        )
        for at, row in enumerate(rows)
    ]
