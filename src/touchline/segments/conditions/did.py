"""did("Ticket Created", channel="email", within_days=30, at_least=2): events of the customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from touchline.segments.conditions.entry import Argument, Asked, Function, Membership
from touchline.segments.conditions.often import AT_LEAST, AT_MOST, WITHIN_DAYS, Often, within, within_words
from touchline.segments.conditions.reading import read_arguments, read_subject
from touchline.segments.rules.expression import Call

_COLUMNS = {
    "channel": "k.channel",
    "device": "e.device",
    "source": "k.source",
    "campaign": "e.campaign",
    "label": "k.label",
}
_WORDS = {
    "channel": " by {}",
    "device": " on {}",
    "source": " in {}",
    "campaign": " from campaign “{}”",
    "label": " at “{}”",
}


@dataclass(frozen=True)
class Did:
    """Customers with an event of that name so often."""

    event: str
    where: tuple[tuple[str, str], ...]
    within_days: int | None
    often: Often

    def customers(self, asked: Asked) -> Membership:
        """Return who did it; names are compared without case."""
        selection = (
            "from events e join kinds k using (kind) join identities i on i.identifier = e.who"
            f" where lower(k.name) = lower({asked.bind(self.event)})"
        )
        for name, value in self.where:
            selection += f" and lower({_COLUMNS[name]}) = lower({asked.bind(value)})"
        selection += within(self.within_days, "e.time", asked)
        return self.often.members(selection, "i.customer", "count(*)", asked)

    def words(self, *, negated: bool) -> str:
        """Return e.g. 'did “Ticket Created” by email at least twice in the last 30 days'."""
        done = "did not do" if negated else "did"
        where = "".join(_WORDS[name].format(value) for name, value in self.where)
        return f"{done} “{self.event}”{where}{self.often.words}{within_words(self.within_days)}"


def _read(call: Call) -> Did:
    event = read_subject(call, "the name of an event")
    given: dict[str, Any] = read_arguments(call, _ARGUMENTS)
    often = Often.of(given.get("at_least"), given.get("at_most"), call.column)
    return Did(event, tuple((name, given[name]) for name in _COLUMNS if name in given), given.get("within_days"), often)


_ARGUMENTS = (
    Argument("channel", "channel", "Only by this channel."),
    Argument("device", "device", "Only on this kind of device."),
    Argument("source", "text", "Only as told by this source, e.g. zendesk_tickets."),
    Argument("campaign", "text", "Only with this campaign."),
    Argument("label", "text", "Only where the file itself calls the touchpoint so."),
    WITHIN_DAYS,
    AT_LEAST,
    AT_MOST,
)

ENTRY = Function(
    name="did",
    subject="the name of an event",
    tells="Customers with such an event. The name is one of the vocabulary or the file's own, compared without case.",
    arguments=_ARGUMENTS,
    example='did("Ticket Created", channel="email", within_days=30, at_least=2)',
    read=_read,
)
