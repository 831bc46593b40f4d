"""segment("Gave up at payment"): the customers of a part of a question, kept by name."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.segments.conditions.entry import Asked, Function, Membership
from touchline.segments.conditions.reading import read_arguments, read_subject, unknown
from touchline.segments.rules.expression import Call
from touchline.segments.rules.problem import FilterError


@dataclass(frozen=True)
class InSegment:
    """Customers of a kept segment, as counted from the latest data."""

    name: str

    def customers(self, asked: Asked) -> Membership:
        """Return its members. Raises FilterError when no segment has that name."""
        if self.name.lower() not in [name.lower() for name in asked.kept_segments]:
            raise FilterError(unknown("segment", self.name, asked.kept_segments))
        return Membership(
            f"select m.customer from segment_members m where lower(m.name) = lower({asked.bind(self.name)})"
        )

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'are in the segment “Gave up”'."""
        return f"are{' not' if negated else ''} in the segment “{self.name}”"


def _read(call: Call) -> InSegment:
    read_arguments(call, ())
    return InSegment(read_subject(call, "the name of a segment"))


ENTRY = Function(
    name="segment",
    subject="the name of a segment",
    tells="Customers of one part of a question that was kept as a segment, counted again whenever the data change.",
    arguments=(),
    example='segment("Gave up at payment")',
    read=_read,
)
