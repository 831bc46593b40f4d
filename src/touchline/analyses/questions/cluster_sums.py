"""What the share of clustered observations rests on, out of arrays with one place per unit."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.clustered import ClusteredShare, ClusterSums, clustered_share

NONE: Final = (0, 0, 0, 0, 0, 0)


def sums_of(x: NDArray[Any], n: NDArray[Any]) -> tuple[int, ...]:
    """Whole sums that add up over buckets: x of n observations by unit; units without any do not count."""
    x, n = x.astype(np.int64, copy=False), n.astype(np.int64, copy=False)
    return (int(x.sum()), int(n.sum()), int(np.count_nonzero(n)), int(x @ x), int(x @ n), int(n @ n))


def share_of(sums: NDArray[np.int64]) -> ClusteredShare:
    """The share that such sums give."""
    return clustered_share(ClusterSums(*(int(each) for each in sums)))
