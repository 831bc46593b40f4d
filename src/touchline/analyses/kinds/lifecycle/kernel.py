"""New, returning, resurrecting and dormant out of booleans: one row per period, one column per unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.questions.activity import Active, as_rows
from touchline.analyses.questions.cluster_sums import NONE, sums_of

STATES: Final = ("active", "new", "returning", "resurrecting", "dormant")
SHARES: Final = ("new", "returning", "resurrecting", "kept")
AT_ONCE = 500_000


@dataclass(frozen=True)
class LifecycleCounts:
    """Whole numbers that add up over buckets."""

    n: int
    counts: NDArray[np.int64]
    """By period and state."""
    sums: NDArray[np.int64]
    """By share: what it rests on, over periods that are over."""

    def __add__(self, other: LifecycleCounts) -> LifecycleCounts:
        return LifecycleCounts(self.n + other.n, self.counts + other.counts, self.sums + other.sums)


def count_states(active: Active, periods: int, whole: int) -> LifecycleCounts:
    """Count each period but the first, which is only what came before; `whole` periods are over."""
    found = LifecycleCounts(0, np.zeros((periods - 1, len(STATES)), np.int64), np.array([NONE] * len(SHARES)))
    for start in range(0, active.unit.size, AT_ONCE):
        found = found + _count(active.between(start, start + AT_ONCE), periods, whole)
    return found


def _count(active: Active, periods: int, whole: int) -> LifecycleCounts:
    rows = as_rows(active.began, periods)
    now, before = rows[1:], rows[:-1]
    new = active.first[None, :] == np.arange(1, periods)[:, None]
    states = {
        "active": now,
        "new": new,
        "returning": now & before,
        "resurrecting": now & ~before & ~new,
        "dormant": before & ~now,
    }
    over = {name: rows[: whole - 1].sum(axis=0, dtype=np.int64) for name, rows in states.items()}
    shares = [(over[name], over["active"]) for name in SHARES[:-1]]
    shares.append((over["returning"], over["returning"] + over["dormant"]))
    return LifecycleCounts(
        int(now.any(axis=0).sum()),
        np.stack([states[name].sum(axis=1) for name in STATES], axis=1),
        np.array([sums_of(x, n) for x, n in shares]),
    )
