"""known("country"): whether anything is known at all."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.segments.conditions.entry import Asked, Function, Membership
from touchline.segments.conditions.reading import read_arguments, read_subject
from touchline.segments.rules.expression import Call


@dataclass(frozen=True)
class Known:
    """Customers for whom there is any value of a fact."""

    key: str

    def customers(self, asked: Asked) -> Membership:
        """Return for whom it is known; nobody where no file told it."""
        return Membership(f"select t.customer from traits t where lower(t.key) = lower({asked.bind(self.key)})")

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'have a known country'."""
        return f"{'have no' if negated else 'have a'} known {self.key}"


def _read(call: Call) -> Known:
    read_arguments(call, ())
    return Known(read_subject(call, "the name of a fact"))


ENTRY = Function(
    name="known",
    subject="the name of a fact",
    tells="Customers about whom that fact is known, whatever its value.",
    arguments=(),
    example='known("country")',
    read=_read,
)
