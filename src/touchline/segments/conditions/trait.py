"""country = "DE": what is known about the customer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from touchline.segments.conditions.entry import Asked, Membership, Trait
from touchline.segments.conditions.reading import unknown
from touchline.segments.rules.expression import Comparison, Value
from touchline.segments.rules.problem import FilterError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORDS = {
    "=": "{key} {value}", "!=": "another {key} than {value}", "in": "{key} {value}", "contains": "{key} with {value} in it",
    "<": "{key} below {value}", "<=": "{key} up to {value}", ">": "{key} above {value}", ">=": "{key} of at least {value}",
}  # fmt: skip


@dataclass(frozen=True)
class TraitIs:
    """Customers with a known fact that compares so. Whoever has no such fact fulfils none of these, != included."""

    key: str
    operator: str
    values: tuple[Value, ...]
    column: int

    def customers(self, asked: Asked) -> Membership:
        """Return who has it. Raises FilterError when no customer has such a fact at all."""
        if self.key.lower() not in asked.traits:
            raise FilterError(unknown("fact about customers called", self.key, asked.traits), self.column)
        rows = f"from traits t where lower(t.key) = lower({asked.bind(self.key)})"
        return Membership(f"select t.customer {rows} and {self._test(asked)}")

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'have country “DE”'."""
        values = " or ".join(_shown(value) for value in self.values)
        have = "do not have" if negated else "have"
        return f"{have} {_WORDS[self.operator].format(key=self.key, value=values)}"

    def _test(self, asked: Asked) -> str:
        if self.operator == "contains":
            return f"contains(lower(t.value), lower({asked.bind(_shown_plain(self.values[0]))}))"
        if self.operator == "in":
            return "(" + " or ".join(_equal(value, asked) for value in self.values) + ")"
        if self.operator == "=":
            return _equal(self.values[0], asked)
        if self.operator == "!=":
            return f"not coalesce({_equal(self.values[0], asked)}, false)"
        [value] = self.values
        if isinstance(value, str):
            return f"try_cast(t.value as date) {self.operator} {asked.bind(_day(value, self.column))}"
        return f"try_cast(t.value as double) {self.operator} {asked.bind(value)}"


def _equal(value: Value, asked: Asked) -> str:
    if isinstance(value, str):
        return f"lower(t.value) = lower({asked.bind(value)})"
    return f"try_cast(t.value as double) = {asked.bind(value)}"


def _day(text: str, column: int) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise FilterError(f"“{text}” has no order; compare with a number, or a day written “2026-03-31”.", column)


def _shown(value: Value) -> str:
    return f"“{value}”" if isinstance(value, str) else f"{value:g}"


def _shown_plain(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _read(comparison: Comparison) -> TraitIs:
    if comparison.operator in ("<", "<=", ">", ">=") and isinstance(comparison.values[0], str):
        _day(comparison.values[0], comparison.column)
    return TraitIs(comparison.name, comparison.operator, comparison.values, comparison.column)


ENTRY = Trait(
    name="trait",
    tells="A fact known about the customer, such as country, by its name; customer.country is the same, and "
    'customer."Favourite colour" names one with a space in it. Texts are compared without case, numbers as numbers, '
    "days as days. Whoever has no such fact is left out.",
    example='country = "DE"',
    read=_read,
)
