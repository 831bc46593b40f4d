"""What retention answers."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.analyses.kinds.retention.request import RetentionRequest
from touchline.formulas.clustered import ClusteredShare
from touchline.formulas.proportion import Proportion
from touchline.formulas.ratio import Ratio


@dataclass(frozen=True)
class Cohort:
    """Those who began in one period."""

    first_day: str
    label: str
    n: int
    is_provisional: bool
    """The period in which they began is not over."""
    cells: tuple[Proportion, ...]
    """Who came back, 1, 2, 3 ... periods later, as far as the data reach."""
    over: int
    """How many of the cells are of periods that are over."""


@dataclass(frozen=True)
class Kept:
    """All groups together, so many periods later; only groups for which that period is over."""

    later: int
    share: ClusteredShare


@dataclass(frozen=True)
class Spent:
    """What the groups spent, in one currency."""

    currency: str
    amounts: tuple[tuple[float, ...], ...]
    """By group, in the period in which they began and in those after it, as far as the data reach."""
    kept: tuple[Ratio, ...]
    """Value 1, 2, 3 ... periods later for each unit of value in the period in which they began."""


@dataclass(frozen=True)
class RetentionAnswer:
    """Groups by the period in which they began, and how many came back after it."""

    asked: RetentionRequest
    unit: str
    """Whom the n count: customers, accounts or cases."""
    start_name: str
    return_name: str
    n: int
    """How many began, each counted once."""
    cohorts: tuple[Cohort, ...]
    kept: tuple[Kept, ...]
    spent: tuple[Spent, ...]
    data_from: str
    data_until: str
    is_from_the_start: bool
    """Whether the groups reach back to the first day of the data: who came before it looks new."""
    has_open_period: bool
    """Whether the last period is not over."""
