"""What lifecycle answers."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.analyses.kinds.lifecycle.request import LifecycleRequest
from touchline.formulas.clustered import ClusteredShare
from touchline.formulas.proportion import Proportion


@dataclass(frozen=True)
class Moment:
    """One period: whoever is active in it is one of new, returning and resurrecting."""

    first_day: str
    label: str
    is_provisional: bool
    active: int
    new: int
    """Active for the first time ever."""
    returning: int
    """Active in the period before too."""
    resurrecting: int
    """Active before, but not in the period before."""
    dormant: int
    """Active in the period before, and not in this one."""
    kept: Proportion
    """Of those active in the period before, how many are active again."""


@dataclass(frozen=True)
class LifecycleAnswer:
    """Who comes, comes back and goes, period by period."""

    asked: LifecycleRequest
    unit: str
    step_name: str
    n: int
    """How many were active, each counted once."""
    moments: tuple[Moment, ...]
    new: ClusteredShare
    """Of all who were active in periods that are over, one observation per period."""
    returning: ClusteredShare
    resurrecting: ClusteredShare
    kept: ClusteredShare
    """Of all who were active in the period before one that is over, how many were active again."""
    data_from: str
    data_until: str
    is_from_the_start: bool
    has_open_period: bool
