"""Where to cut sessions: at the valley between the short pauses within them and the long ones between them.

The logarithms of the pauses are fitted by two normal distributions (expectation maximisation on a histogram); the cut is
where their sum is lowest between their middles. It is proposed only where the histogram itself is clearly lower there
than on both sides. Sources: Halfaker et al. 2015, WWW '15, p. 410 (the valley, and the mixture of log-normals);
Dempster, Laird and Rubin 1977, J R Stat Soc B 39:1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

BIN_WIDTH: Final = 0.05
"""Of the common logarithm of seconds."""
BINS: Final = 150
"""From one second to 366 days; longer pauses are counted in the last."""
FEWEST_PAUSES: Final = 200
SHORTEST_S, LONGEST_S = 60, 86_400
"""A valley elsewhere tells nothing about sessions."""
DEEP_ENOUGH: Final = 0.8
"""Of the lower of the two sides: a shallower dip is no valley."""
SURE_ENOUGH: Final = 3.0
"""Standard errors by which the valley lies below the lower side."""

NO_VALLEY = "The pauses between events show no valley: they do not fall into short and long ones."
TOO_FEW = f"Fewer than {FEWEST_PAUSES} pauses between events: too few to look for a valley."

_STEPS = 300
_HALF_WINDOW = 2
_CENTRES: Final[NDArray[np.float64]] = (np.arange(BINS, dtype=np.float64) + 0.5) * BIN_WIDTH


@dataclass(frozen=True)
class SessionCut:
    """A cut, or why there is none."""

    seconds: float | None
    n: int
    """Pauses of a second or more."""
    reason: str = ""
    """A sentence where there is none."""


def bin_edges_s() -> NDArray[np.float64]:
    """The seconds at which the bins of the histogram begin, the first at one second."""
    edges: NDArray[np.float64] = np.power(10.0, np.arange(BINS, dtype=np.float64) * BIN_WIDTH)
    return edges


def session_cut(pauses: Sequence[int]) -> SessionCut:
    """Propose a cut from the histogram of pauses: how many of them lie in each bin of `bin_edges_s`."""
    counts = np.asarray(pauses, dtype=np.float64)
    n = int(counts.sum())
    if n < FEWEST_PAUSES:
        return SessionCut(None, n, TOO_FEW)
    fitted = _fit(counts)
    lowest = _lowest(fitted) if fitted else None
    if lowest is None or not SHORTEST_S <= 10**lowest <= LONGEST_S or not _is_valley(counts, lowest):
        return SessionCut(None, n, NO_VALLEY)
    return SessionCut(10**lowest, n)


@dataclass(frozen=True)
class _Two:
    """Weight, middle and spread of the short and the long pauses."""

    weights: NDArray[np.float64]
    middles: NDArray[np.float64]
    spreads: NDArray[np.float64]

    def density(self, at: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each of them, by place."""
        z = (at[:, None] - self.middles) / self.spreads
        found: NDArray[np.float64] = self.weights * np.exp(-z * z / 2) / self.spreads
        return found


def _fit(counts: NDArray[np.float64]) -> _Two | None:
    """Fit from several beginnings; the likeliest counts. None where all pauses are alike."""
    n = counts.sum()
    ends = np.searchsorted(np.cumsum(counts), [0.1 * n, 0.3 * n, 0.5 * n, 0.7 * n, 0.9 * n])
    best: tuple[float, _Two] | None = None
    for end in dict.fromkeys(int(each) for each in ends):
        begun = _moments(counts, (np.arange(BINS) <= end)[:, None] == np.array([True, False]))
        if begun is None:
            continue
        found = _climb(counts, begun)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _climb(counts: NDArray[np.float64], begun: _Two) -> tuple[float, _Two] | None:
    now, likelihood = begun, -np.inf
    for _ in range(_STEPS):
        densities = now.density(_CENTRES) + 1e-300
        total = densities.sum(axis=1)
        reached = float(counts @ np.log(total))
        after = _moments(counts, densities / total[:, None])
        if after is None:
            return None
        if reached - likelihood < 1e-9 * counts.sum():
            break
        now, likelihood = after, reached
    return likelihood, now


def _moments(counts: NDArray[np.float64], shares: NDArray[np.float64] | NDArray[np.bool_]) -> _Two | None:
    """Weights, middles and spreads of the pauses, of which so large a share belongs to each side."""
    weighted = counts[:, None] * shares
    sizes = weighted.sum(axis=0)
    if sizes.min() < 1:
        return None
    middles = (weighted * _CENTRES[:, None]).sum(axis=0) / sizes
    variances = (weighted * (_CENTRES[:, None] - middles) ** 2).sum(axis=0) / sizes
    return _Two(sizes / sizes.sum(), middles, np.sqrt(np.maximum(variances, BIN_WIDTH**2)))


def _lowest(fitted: _Two) -> float | None:
    """Where the sum of both is lowest between their middles; None where it falls or rises all the way."""
    places = np.linspace(fitted.middles.min(), fitted.middles.max(), 4001)
    total = fitted.density(places).sum(axis=1)
    at = int(total.argmin())
    return float(places[at]) if 0 < at < places.size - 1 else None


def _is_valley(counts: NDArray[np.float64], lowest: float) -> bool:
    """Whether there are clearly fewer pauses around a place than around the fullest places on both sides of it."""
    window = np.convolve(counts, np.ones(2 * _HALF_WINDOW + 1), mode="same")
    at = min(int(lowest / BIN_WIDTH), BINS - 1)
    lower_side = min(window[:at].max(initial=0.0), window[at + 1 :].max(initial=0.0))
    gap = lower_side - window[at]
    return bool(window[at] <= DEEP_ENOUGH * lower_side and gap >= SURE_ENOUGH * sqrt(lower_side + window[at]))
