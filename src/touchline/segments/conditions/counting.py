"""A count compared with a number, as every `Count` entry reads it."""

from __future__ import annotations

import operator as operators
from dataclasses import dataclass

from touchline.segments.conditions.entry import Asked, Count, Membership
from touchline.segments.rules.expression import Comparison
from touchline.segments.rules.problem import FilterError

_HOLDS = {
    "=": operators.eq, "!=": operators.ne, "<": operators.lt,
    "<=": operators.le, ">": operators.gt, ">=": operators.ge,
}  # fmt: skip
_OPPOSITE = {"=": "<>", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_WORDS = {"=": "exactly", "!=": "other than", "<": "fewer than", "<=": "at most", ">": "more than", ">=": "at least"}


@dataclass(frozen=True)
class CountIs:
    """Customers whose count compares so; whoever has none counts as 0."""

    entry: Count
    operator: str
    number: float

    def customers(self, asked: Asked) -> Membership:
        """Return who has that many. Customers without a row hold 0: where 0 fits, the others are listed instead."""
        zero_fits = bool(_HOLDS[self.operator](0.0, self.number))
        test = _OPPOSITE[self.operator] if zero_fits else self.operator
        having = f"{self.entry.counted} {test} {asked.bind(self.number)}"
        return Membership(
            f"select {self.entry.customer} {self.entry.rows} group by 1 having {having}", listed=not zero_fits
        )

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'placed at least 2 orders'."""
        verb = f"have not {self.entry.verb}" if negated else self.entry.verb
        plural = "" if self.number == 1 else "s"
        return f"{verb} {_WORDS[self.operator]} {self.number:g} {self.entry.noun}{plural}"


def read_count(entry: Count, comparison: Comparison) -> CountIs:
    """Check that a count is compared with a number. Raises FilterError."""
    [value, *more] = comparison.values
    if comparison.operator not in _HOLDS or more or isinstance(value, str):
        allowed = ", ".join(_HOLDS)
        raise FilterError(f"{entry.name} is a count: compare it by {allowed} with a number.", comparison.column)
    return CountIs(entry, comparison.operator, value)
