"""How often something must have happened: shared by the functions that count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from touchline.segments.conditions.entry import Argument, Asked, Membership
from touchline.segments.rules.problem import FilterError

AT_LEAST = Argument("at_least", "times", "This often or more; 1 unless said otherwise.")
AT_MOST = Argument("at_most", "times", "This often or less. Without at_least, never counts too.")
WITHIN_DAYS = Argument(
    "within_days", "days", "Only in the last so many days of the period, or of the data where none is set."
)


@dataclass(frozen=True)
class Often:
    """A range of times; without a lower end, those who never did it belong in."""

    at_least: int | None
    at_most: int | None

    @classmethod
    def of(cls, at_least: int | None, at_most: int | None, column: int) -> Often:
        """Check that the range holds something."""
        if at_least is None and at_most is None:
            at_least = 1
        if at_least is not None and at_most is not None and at_least > at_most:
            raise FilterError(f"at_least={at_least} and at_most={at_most} leave nobody.", column)
        return cls(at_least or None, at_most)

    def members(self, selection: str, customer: str, counted: str, asked: Asked) -> Membership:
        """Return who did it this often, given `from … where …` with a row for each time."""
        if self.at_least is None and self.at_most is None:
            return Membership(f"select {customer} {selection} and false", listed=False)
        if self.at_least is None:
            having = f"{counted} > {asked.bind(self.at_most)}"
            return Membership(f"select {customer} {selection} group by 1 having {having}", listed=False)
        having = f"{counted} >= {asked.bind(self.at_least)}"
        if self.at_most is not None:
            having += f" and {counted} <= {asked.bind(self.at_most)}"
        return Membership(f"select {customer} {selection} group by 1 having {having}")

    @property
    def words(self) -> str:
        """How often, in English, to stand after what was done; empty for once or more."""
        if self.at_least is None:
            return " any number of times" if self.at_most is None else f" at most {times(self.at_most)}"
        if self.at_most == self.at_least:
            return f" exactly {times(self.at_least)}"
        if self.at_most is not None:
            return f" {self.at_least} to {times(self.at_most)}"
        return "" if self.at_least == 1 else f" at least {times(self.at_least)}"


def times(count: int) -> str:
    """Return 'once', 'twice', '3 times'."""
    return {0: "0 times", 1: "once", 2: "twice"}.get(count, f"{count} times")


def within(days: int | None, column: str, asked: Asked) -> str:
    """Return the SQL that keeps a time within the last days; nothing without."""
    if days is None:
        return ""
    since = asked.until - min(timedelta(days=days), asked.until - datetime(1, 1, 1))  # noqa: DTZ001 times are naive UTC
    return f" and {column} >= {asked.bind(since)} and {column} < {asked.bind(asked.until)}"


def within_words(days: int | None) -> str:
    """Return ' in the last 30 days', or nothing."""
    if days is None:
        return ""
    return " on the last day" if days == 1 else f" in the last {days:,} days"
