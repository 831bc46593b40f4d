"""What stickiness answers."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.analyses.kinds.stickiness.request import StickinessRequest
from touchline.formulas.clustered import ClusteredShare
from touchline.formulas.proportion import Proportion


@dataclass(frozen=True)
class Ratios:
    """Active users over days that are over and whose window lies within the data, each pair over the same days."""

    daily: float | None
    """Mean of the days; None where there is no such day."""
    weekly: float | None
    monthly: float | None
    day_of_week: ClusteredShare
    """DAU/WAU: of all who were active within seven days, how many were on the last of them."""
    day_of_month: ClusteredShare
    """DAU/MAU, with 28 days."""
    week_of_month: ClusteredShare


@dataclass(frozen=True)
class Stretch:
    """One week or month."""

    first_day: str
    label: str
    is_provisional: bool
    ratios: Ratios


@dataclass(frozen=True)
class StickinessAnswer:
    """How often active customers are active."""

    asked: StickinessRequest
    unit: str
    step_name: str
    n: int
    """How many were active, each counted once."""
    overall: Ratios
    stretches: tuple[Stretch, ...]
    counted_in: str
    """Label of the last whole week or month: the one whose active days are counted; '' where none is over."""
    active_days: tuple[Proportion, ...]
    """Of those active in it, how many were so on 1, 2, 3 ... days."""
    data_from: str
    data_until: str
    has_open_period: bool
