"""scored("nps", at_most=6): answers the customer gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from touchline.events.facade import SCALES
from touchline.segments.conditions.entry import Argument, Asked, Function, Membership
from touchline.segments.conditions.often import WITHIN_DAYS, within, within_words
from touchline.segments.conditions.reading import read_arguments, read_subject, unknown
from touchline.segments.rules.expression import Call
from touchline.segments.rules.problem import FilterError


@dataclass(frozen=True)
class Scored:
    """Customers who gave at least one answer in a range."""

    metric: str
    at_least: float | None
    at_most: float | None
    touchpoint: str | None
    within_days: int | None
    column: int

    def customers(self, asked: Asked) -> Membership:
        """Return who answered so. Raises FilterError when the journey has no such touchpoint."""
        selection = f"from responses r where r.customer is not null and r.metric = {asked.bind(self.metric)}"
        if self.at_least is not None:
            selection += f" and r.score >= {asked.bind(self.at_least)}"
        if self.at_most is not None:
            selection += f" and r.score <= {asked.bind(self.at_most)}"
        if self.touchpoint is not None:
            if self.touchpoint not in asked.touchpoints:
                raise FilterError(unknown("touchpoint", self.touchpoint, asked.touchpoints), self.column)
            selection += f" and r.touchpoint = {asked.bind(asked.touchpoints[self.touchpoint])}"
        selection += within(self.within_days, "r.time", asked)
        return Membership(f"select r.customer {selection}")

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'answered nps with at most 6'."""
        done = "did not answer" if negated else "answered"
        at = f" at “{self.touchpoint}”" if self.touchpoint else ""
        return f"{done} {self.metric}{self._range}{at}{within_words(self.within_days)}"

    @property
    def _range(self) -> str:
        if self.at_least is None and self.at_most is None:
            return ""
        if self.at_least is None:
            return f" with at most {self.at_most:g}"
        if self.at_most is None:
            return f" with at least {self.at_least:g}"
        return f" with {self.at_least:g} to {self.at_most:g}"


def _read(call: Call) -> Scored:
    metric = read_subject(call, "the name of a score").lower()
    if metric not in SCALES:
        raise FilterError(unknown("score", metric, tuple(SCALES)), call.column)
    given: dict[str, Any] = read_arguments(call, _ARGUMENTS)
    low, high = given.get("at_least"), given.get("at_most")
    if low is not None and high is not None and low > high:
        raise FilterError(f"at_least={low:g} and at_most={high:g} leave no answer.", call.column)
    return Scored(metric, low, high, given.get("touchpoint"), given.get("within_days"), call.column)


_ARGUMENTS = (
    Argument("at_least", "number", "The answer was this or higher, on the scale it was given on."),
    Argument("at_most", "number", "The answer was this or lower."),
    Argument("touchpoint", "touchpoint", "Only answers given at this touchpoint."),
    WITHIN_DAYS,
)

ENTRY = Function(
    name="scored",
    subject="the name of a score: nps, csat, ces, stars or rating",
    tells="Customers with at least one such answer.",
    arguments=_ARGUMENTS,
    example='scored("nps", at_most=6)',
    read=_read,
)
