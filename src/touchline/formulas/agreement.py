"""How far two groupings of the same people agree: the adjusted Rand index.

1 where both draw the same groups, 0 where they agree no more than chance would. Source: Hubert and Arabie 1985, Journal
of Classification 2:193, equation 5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adjusted_rand(counts: ArrayLike) -> float:
    """Return the index of a table of counts: rows are the groups of one grouping, columns those of the other.

    Two groupings into one group each agree fully.
    """
    table: NDArray[np.float64] = np.asarray(counts, dtype=np.float64)
    together = _pairs(table).sum()
    in_rows, in_columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    everyone = _pairs(table.sum())
    by_chance = in_rows * in_columns / everyone if everyone else 0.0
    most = (in_rows + in_columns) / 2
    return 1.0 if most == by_chance else float((together - by_chance) / (most - by_chance))


def _pairs(count: NDArray[np.float64]) -> NDArray[np.float64]:
    return count * (count - 1) / 2
