"""visited("product"): visits to a touchpoint of the journey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from touchline.events.facade import CHANNELS, DEVICES
from touchline.segments.conditions.entry import Argument, Asked, Function, Membership
from touchline.segments.conditions.often import AT_LEAST, AT_MOST, WITHIN_DAYS, Often, within, within_words
from touchline.segments.conditions.reading import read_arguments, read_subject, unknown
from touchline.segments.rules.expression import Call
from touchline.segments.rules.problem import FilterError


@dataclass(frozen=True)
class Visited:
    """Customers with visits to that touchpoint so often."""

    touchpoint: str
    channel: str | None
    device: str | None
    within_days: int | None
    often: Often
    column: int

    def customers(self, asked: Asked) -> Membership:
        """Return who was there. Raises FilterError when the journey has no such touchpoint."""
        if self.touchpoint not in asked.touchpoints:
            raise FilterError(unknown("touchpoint", self.touchpoint, asked.touchpoints), self.column)
        selection = f"from visits w where w.touchpoint = {asked.bind(asked.touchpoints[self.touchpoint])}"
        if self.channel is not None:
            selection += f" and w.channel = {asked.bind(CHANNELS.index(self.channel))}"
        if self.device is not None:
            selection += f" and w.device = {asked.bind(DEVICES.index(self.device))}"
        selection += within(self.within_days, "w.time", asked)
        return self.often.members(selection, "w.customer", "count(*)", asked)

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'visited “product” on mobile at least twice'."""
        done = "did not visit" if negated else "visited"
        where = f" by {self.channel}" if self.channel else ""
        where += f" on {self.device}" if self.device else ""
        return f"{done} “{self.touchpoint}”{where}{self.often.words}{within_words(self.within_days)}"


def _read(call: Call) -> Visited:
    touchpoint = read_subject(call, "the id of a touchpoint")
    given: dict[str, Any] = read_arguments(call, _ARGUMENTS)
    often = Often.of(given.get("at_least"), given.get("at_most"), call.column)
    return Visited(touchpoint, given.get("channel"), given.get("device"), given.get("within_days"), often, call.column)


_ARGUMENTS = (
    Argument("channel", "channel", "Only by this channel."),
    Argument("device", "device", "Only on this kind of device."),
    WITHIN_DAYS,
    AT_LEAST,
    AT_MOST,
)

ENTRY = Function(
    name="visited",
    subject="the id of a touchpoint",
    tells="Customers with visits to a touchpoint of the journey. The id is the one in the journey definition.",
    arguments=_ARGUMENTS,
    example='visited("product", at_least=3)',
    read=_read,
)
