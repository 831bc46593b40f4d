"""Whether groups end at different rates: at each time, how many ended against how many would if all groups were alike.

Mantel 1966, Cancer Chemotherapy Reports 50:163; Peto & Peto 1972, Journal of the Royal Statistical Society A 135:185.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from touchline.formulas.cannot_say import CannotSay


@dataclass(frozen=True)
class LogRank:
    """The test of groups being alike."""

    chi_square: float
    degrees: int
    p: float


def log_rank(lasted: ArrayLike, ended: ArrayLike, group: ArrayLike) -> LogRank | CannotSay:
    """Compare groups: durations, whether each ended, and the group of each; arrays of one length."""
    times: NDArray[np.float64] = np.asarray(lasted, dtype=np.float64)
    died: NDArray[np.bool_] = np.asarray(ended, dtype=bool)
    groups, member = np.unique(np.asarray(group), return_inverse=True)
    if len(groups) < 2:
        return CannotSay("one-group", "There is one group only, so there is nothing to compare it with.")
    if not died.any():
        return CannotSay("nothing-ended", "Nothing has ended yet in any group, so their pace cannot be compared.")
    at = np.unique(times[died])
    belongs = member[None, :] == np.arange(len(groups))[:, None]
    at_risk = np.stack([(np.sort(times[own])[:, None] >= at).sum(axis=0) for own in belongs])
    deaths = np.stack([_counted(times[own & died], at) for own in belongs])
    every, all_deaths = at_risk.sum(axis=0), deaths.sum(axis=0)
    share = at_risk / every
    lacking = (deaths - all_deaths * share).sum(axis=1)[:-1]
    weight = all_deaths * np.where(every > 1, (every - all_deaths) / np.maximum(every - 1, 1), 0.0)
    covariance = -(share * weight) @ share.T
    covariance[np.diag_indices_from(covariance)] += (share * weight).sum(axis=1)
    chi_square = float(lacking @ np.linalg.pinv(covariance[:-1, :-1]) @ lacking)
    from scipy.special import chdtrc

    return LogRank(chi_square, len(groups) - 1, float(chdtrc(len(groups) - 1, chi_square)))


def _counted(times: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.bincount(np.searchsorted(at, times), minlength=len(at))
