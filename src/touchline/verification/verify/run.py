"""Let seeds through all rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, TypeAlias

from touchline.verification.verify.keeping import Keeping, Looked
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


def verify(
    rows: Sequence[Row[Any]], seeds: Sequence[int], *, is_quick: bool, report: Report, keeping: Keeping | None = None
) -> list[Verified]:
    """Look at every row with every seed, one seed after the other, in temporary folders that are taken away again.

    With `keeping`, what a seed showed before is not looked at again. Raises KeptError where that cannot be kept.
    """
    looked: dict[int, list[Looked]] = {at: [] for at in range(len(rows))}
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
                looked[at].append(_looked(rows[at], trial, keeping))
                done += 1
        finally:
            trial.close()
    report(done, len(work), "done")
    return [_verified(row, looked[at]) for at, row in enumerate(rows)]


def _looked(row: Row[Any], trial: Trial, keeping: Keeping | None) -> Looked:
    before = keeping.of(trial.seed, row) if keeping is not None else None
    if before is not None:
        return before
    began = time.perf_counter()
    try:
        found = Looked(row.look(trial), "", time.perf_counter() - began)
    except CannotLookError as why:
        found = Looked(None, str(why), time.perf_counter() - began)
    if keeping is not None:
        keeping.add(trial.seed, row, found)
    return found


def _verified(row: Row[Any], looked: Sequence[Looked]) -> Verified:
    seen = [each.seen for each in looked if not each.not_looked_at]
    reasons = [each.not_looked_at for each in looked if each.not_looked_at]
    return Verified(
        row.number,
        row.title,
        tuple(row.judge(seen)) if seen else (),
        reasons[-1] if reasons else "",
        len(seen),
        sum(each.seconds for each in looked),
    )
