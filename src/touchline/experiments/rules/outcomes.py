"""What customers did since they met an experiment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Outcomes:
    """One entry per customer in every array, the earliest first."""

    customer: NDArray[np.int64]
    arm: NDArray[np.object_]
    since: NDArray[np.datetime64]
    crossed: NDArray[np.bool_]
    """Met the other arm later."""
    orders: NDArray[np.float64]
    revenue: NDArray[np.float64]
    orders_before: NDArray[np.float64]
    revenue_before: NDArray[np.float64]
    answers: NDArray[np.float64]
    experience: NDArray[np.float64]
    """Sum over answers."""
    reached: NDArray[np.float64]

    def of(self, chosen: NDArray[np.bool_]) -> Outcomes:
        """Only some of the customers."""
        return Outcomes(**{name: values[chosen] for name, values in vars(self).items()})
