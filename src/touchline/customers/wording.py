"""What a timeline says, in people's words; the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Protocol

from touchline.customers.questions.links import Link
from touchline.customers.questions.search import Search
from touchline.customers.questions.standing import Amount, Standing
from touchline.customers.rules.folding import Case, ConsentChange, Message, Order
from touchline.customers.rules.timeline import Entry, JourneyPart, TimelineEvent
from touchline.events.facade import CHANNEL_NAMES, UNDATED, source_title
from touchline.ui.numbers import CANNOT_SAY, MINUS, duration, money, whole

METRIC_NAMES: Final = {"nps": "NPS", "csat": "CSAT", "ces": "CES", "stars": "Stars", "rating": "Rating"}
QUIET_OBJECTS: Final = ("survey", "campaign")
"""Objects that an event's other words name already."""


class Scored(Protocol):
    """What was answered, and on which scale."""

    @property
    def metric(self) -> str | None:
        """Name of the scale."""

    @property
    def score(self) -> float | None:
        """The answer."""

    @property
    def score_max(self) -> float | None:
        """The upper end of the scale."""


def score_words(answer: Scored) -> str:
    """'NPS 9 of 10'; '' where there is no score."""
    if answer.score is None:
        return ""
    name = METRIC_NAMES.get(answer.metric or "", (answer.metric or "Score").capitalize())
    of = "" if answer.score_max is None else f" of {answer.score_max:g}"
    return f"{name} {answer.score:g}{of}".replace("-", MINUS)


def channel_name(channel: str) -> str:
    """'Website'."""
    return CHANNEL_NAMES.get(channel, channel)


def device_name(device: str) -> str:
    """'Desktop'; '' where it is not known."""
    return "" if device == "unknown" else device.capitalize()


def entry_title(entry: Entry) -> str:
    """The touchpoint of a visit, or the name of the event."""
    return entry.touchpoint or (entry.events[0].name if entry.events else "Visit")


def event_particulars(event: TimelineEvent) -> str:
    """Where it happened, about what, and what it was worth: 'Trail shoe · order 2129 · 98.90 EUR'."""
    about = [f"{each.type} {each.id}" for each in event.objects if each.type not in QUIET_OBJECTS][:3]
    amount = "" if event.value is None else money(event.value, event.currency or "")
    campaign = f"campaign {event.campaign}" if event.campaign else ""
    return " · ".join(part for part in (event.label or event.page or "", *about, amount, campaign) if part)


def consent_at(time: datetime, history: Sequence[ConsentChange]) -> str:
    """What was allowed or refused at that moment: 'Analytics given, marketing not given'."""
    said = [f"{each.purpose} {'given' if each.is_given else 'not given'}" for each in history if each.time == time]
    return ", ".join(said)[:1].upper() + ", ".join(said)[1:]


def time_words(entry: Entry) -> str:
    """'14:02', or '14:02 to 14:20' where it took a minute or more."""
    begun, ended = f"{entry.time:%H:%M}", f"{entry.ended:%H:%M}"
    if entry.ended.date() != entry.time.date():
        ended = f"{day_words(entry.ended.date())}, {ended}"
    return begun if begun == ended else f"{begun} to {ended}"


def day_words(day: date) -> str:
    """'Fri 9 Oct 2026'; facts in files without a date have none."""
    if day == UNDATED.date():
        return "Without a date"
    return f"{day:%a} {day.day} {day:%b %Y}"


def journey_words(part: JourneyPart) -> str:
    """'Journey 2 · 5 visits · 9 Oct 2026 · began with spring-trails'."""
    first, last = part.started.date(), part.ended.date()
    days = _short(first) if first == last else f"{_short(first)} to {_short(last)}"
    began = f" · began with {part.began_with}" if part.began_with else ""
    return f"Journey {part.journey + 1} · {counted(part.visits, 'visit')} · {days}{began}"


def worth_words(worth: tuple[Amount, ...]) -> str:
    """'432.80 EUR', several currencies beside each other."""
    return ", ".join(money(each.value, each.currency) for each in worth) or CANNOT_SAY


def order_words(order: Order) -> str:
    """'98.90 EUR', and what was given back."""
    amount = money(order.value, order.currency)
    return f"{amount}, {money(order.refunded, order.currency)} given back" if order.refunded else amount


def case_words(case: Case) -> str:
    """How long it took, or since when it has been open."""
    parts = [channel_name(case.channel)]
    if case.opened:
        parts.append(f"opened {_short(case.opened.date())}")
    if case.days_to_solve is not None:
        parts.append(f"solved after {duration(case.days_to_solve)}")
    if case.reopened:
        parts.append(f"came back {counted(case.reopened, 'time')}")
    return " · ".join(parts)


def message_words(message: Message) -> str:
    """'E-mail · sent, opened · 9 Oct 2026'."""
    return f"{channel_name(message.channel)} · {', '.join(message.steps)} · {_short(message.last.date())}"


def consent_words(change: ConsentChange) -> str:
    """'Analytics: given 9 Oct 2026, banner'."""
    said = "given" if change.is_given else "not given"
    return f"{change.purpose.capitalize()}: {said} {_short(change.time.date())}, {change.told_by}"


def link_words(link: Link) -> str:
    """Why, by what file and when: 'email and phone on one row · Shopify customers · 9 Oct 2026'."""
    told = f"{link.reason} · {source_title(link.source)}"
    return told if link.time.date() == UNDATED.date() else f"{told} · {_short(link.time.date())}"


def latest_score(standing: Standing) -> str:
    """The latest answer's score, or that there is none."""
    scored = [each for each in standing.answers if each.score is not None]
    return score_words(scored[-1]) if scored else "none yet"


def counted(number: int, noun: str) -> str:
    """'1 visit', '5 visits'."""
    return f"{whole(number)} {noun}{'' if number == 1 else 's'}"


def found_words(found: Search) -> str:
    """What the search did, in one sentence."""
    if not found.text:
        return "The customers who were seen last."
    if not found.customers:
        return (
            f"Nobody is known as “{found.text}”. It was looked for as {found.looked_for}, and as the beginning of one."
        )
    number = counted(len(found.customers), "customer")
    if found.is_cut:
        number = f"The first {number}"
    return {
        "exact": f"{number} named “{found.text}”.",
        "phone": f"{number} with a phone number that ends like “{found.text}”.",
        "beginning": f"Nobody is called exactly that. {number} with an identifier that begins with “{found.text}”.",
    }[found.how]


def seen_words(time: datetime | None) -> str:
    """The day somebody was seen."""
    return "never" if time is None else _short(time.date())


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
