"""The visits of one touchpoint, as the small trials they are: bad or fine, by whom, and what was known before.

Source of the design: Hernán, Sauer, Hernández-Díaz, Platt and Shrier 2016, Journal of Clinical Epidemiology 79:70 (a
target trial begins at one moment for everybody, and looks at nothing that comes later to say who is who).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
Whole: TypeAlias = "NDArray[np.int64]"
Marks: TypeAlias = "NDArray[np.bool_]"


@dataclass(frozen=True)
class Visits:
    """Visits of one touchpoint in any order. All arrays have one entry (or row) per visit."""

    bad: Marks
    """Whether the visit was a bad experience; all others were fine ones at the same touchpoint."""
    customer: Whole
    """Any whole number that tells customers apart."""
    covariates: Floats
    """Visits × facts, all of them known before the visit; several columns of 0 and 1 for what is not a number."""
    names: tuple[str, ...]
    """What each fact is called, for whoever reads the checks."""

    def __post_init__(self) -> None:
        count = len(self.bad)
        if len(self.customer) != count or self.covariates.shape != (count, len(self.names)):
            raise ValueError(
                f"{count} visits have {len(self.customer)} customers, covariates of shape {self.covariates.shape} "
                f"and {len(self.names)} names; expected one of each per visit and one name per column."
            )
        if not np.isfinite(self.covariates).all():
            raise ValueError("A covariate of a visit is not a number; expected what was known of every visit.")

    def __len__(self) -> int:
        return len(self.bad)


def as_outcome(values: NDArray[np.generic], visits: int) -> Floats:
    """Return an outcome as numbers, one per visit. Raises ValueError on another length and on what is not a number."""
    outcome = np.asarray(values, np.float64)
    if outcome.shape != (visits,) or not np.isfinite(outcome).all():
        raise ValueError(f"An outcome of shape {outcome.shape} is not one number for each of {visits} visits.")
    return outcome
