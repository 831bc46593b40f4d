"""What a funnel answers: plain values, each share and time with its n and interval."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.formulas.mean import Mean, Sample
from touchline.formulas.median import Median
from touchline.formulas.odds_ratio import OddsRatio
from touchline.formulas.proportion import Proportion


@dataclass(frozen=True)
class StepTaken:
    """One step."""

    name: str
    optional: bool
    reached: int
    of_first: Proportion
    """Of all who entered."""
    of_before: Proportion
    """Of those who took the required step before it; the first step: of all who entered."""
    still_open: int
    """Took it as their last, and their window is not over."""


@dataclass(frozen=True)
class TimeTaken:
    """How long those took who went from one step to another."""

    name: str
    median: Median
    """In days."""
    mean: Mean
    """In days."""
    sample: Sample
    """What the mean was made of: for comparing two."""


@dataclass(frozen=True)
class SplitGroup:
    """Those with one value of the split."""

    value: str
    reached: tuple[int, ...]
    """By step."""
    through: Proportion
    """Attributed to the first or the last step: of those who entered with this value, how many got through. To each
    step: of those who took the last step, how many had this value there."""


@dataclass(frozen=True)
class Lead:
    """Something that those who got through had more often than the others, or less often."""

    about: str
    """touchpoint, event or fact."""
    name: str
    through: Proportion
    others: Proportion
    odds: OddsRatio
    q: float


@dataclass(frozen=True)
class FunnelAnswer:
    """A funnel, counted and judged."""

    unit: str
    order: str
    window: str
    excluded: tuple[str, ...]
    steps: tuple[StepTaken, ...]
    """In any order: the first, the second … that was taken."""
    named: tuple[tuple[str, Proportion], ...]
    """In any order: how many of those who entered took each."""
    through: Proportion
    still_open: int
    """Entered, did not get through, and their window is not over."""
    through_unbarred: int | None
    """How many would have got through if nothing were excluded; None where nothing is."""
    times: tuple[TimeTaken, ...]
    """From one required step to the next."""
    whole: TimeTaken
    """From the first step to the last."""
    split: str
    split_at: str
    groups: tuple[SplitGroup, ...]
    """The largest first."""
    leads: tuple[Lead, ...]
    """What is unlikely to be chance, the surest first."""
    leads_looked_at: int | None
    """How many things were compared; None where that was not asked for."""

    @property
    def entered(self) -> int:
        """How many took the first step."""
        return self.through.of
