"""The roadmap: improvements in quarters, beside the days of work that teams have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from touchline.strategy.rules.quarter import Quarter

QUARTERS_AHEAD: Final = 5
"""Offered beyond the current one."""


@dataclass(frozen=True)
class Task:
    """An improvement as the roadmap shows it."""

    number: int
    title: str
    status: str
    """In words."""
    owner: str
    effort_days: float | None


@dataclass(frozen=True)
class QuarterPlan:
    """What is meant to be done in a quarter."""

    quarter: Quarter
    tasks: tuple[Task, ...]
    available_days: float | None
    """Of all teams; None where no team's days are stated."""

    @property
    def planned_days(self) -> float:
        """Sum of the efforts that are stated."""
        return sum(each.effort_days or 0.0 for each in self.tasks)

    @property
    def without_effort(self) -> int:
        """Tasks whose effort nobody stated."""
        return sum(each.effort_days is None for each in self.tasks)

    @property
    def is_overloaded(self) -> bool:
        """Whether more is planned than teams have, as far as efforts are stated."""
        return self.available_days is not None and self.planned_days > self.available_days

    @property
    def sentence(self) -> str:
        """How the two compare, in words."""
        if not self.tasks:
            return "Nothing is planned."
        unknown = self.without_effort
        states = "states" if unknown == 1 else "state"
        least = f" {unknown} of {len(self.tasks)} {states} no effort, so it is at least that." if unknown else ""
        planned = f"{days_words(self.planned_days)} planned"
        if self.available_days is None:
            return f"{planned}; no team’s days are in the inventory, so whether it fits cannot be said.{least}"
        over = self.planned_days - self.available_days
        fits = (
            f"{days_words(over)} too many" if over > 0 else "it fits" if not unknown else "it fits as far as is stated"
        )
        return f"{planned}, {days_words(self.available_days)} available: {fits}.{least}"


@dataclass(frozen=True)
class Roadmap:
    """Quarters in order, and what is in none."""

    quarters: tuple[QuarterPlan, ...]
    unplaced: tuple[Task, ...]


def roadmap(tasks: Iterable[tuple[Task, Quarter | None]], today: Quarter, available_days: float | None) -> Roadmap:
    """Lay tasks out from the first quarter that has any, or the current one, to five quarters ahead or the last that has any."""
    placed: dict[Quarter, list[Task]] = {}
    unplaced = []
    for task, quarter in tasks:
        if quarter is None:
            unplaced.append(task)
        else:
            placed.setdefault(quarter, []).append(task)
    ahead = {today.later(by) for by in range(QUARTERS_AHEAD + 1)}
    return Roadmap(tuple(_plan(each, placed, available_days) for each in sorted(ahead | set(placed))), tuple(unplaced))


def days_words(days: float) -> str:
    """'1 day', '12.5 days'."""
    return f"{days:g} {'day' if days == 1 else 'days'}"


def _plan(quarter: Quarter, placed: Mapping[Quarter, list[Task]], available_days: float | None) -> QuarterPlan:
    return QuarterPlan(quarter, tuple(placed.get(quarter, ())), available_days)
