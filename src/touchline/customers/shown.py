"""A timeline as its page draws it: days with entries, lanes with orders and cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, TypeVar

from django.utils.safestring import SafeString, mark_safe

from touchline.customers import wording
from touchline.customers.questions.customer import Timeline
from touchline.customers.questions.who import Who
from touchline.customers.rules.folding import ConsentChange
from touchline.customers.rules.timeline import TYPE_NAMES, Entry, TimelineEvent, TimelinePage
from touchline.events.pages import CHANNEL_ICONS
from touchline.ui.drawing.spark import draw_spark

TOPIC_ICONS: Final = {
    "answers": "message-square-quote",
    "orders": "shopping-bag",
    "cases": "life-buoy",
    "messages": "mail",
    "consent": "shield-check",
    "symptoms": "triangle-alert",
    "profile": "id-card",
}
LOUD_TOPICS: Final = ("answers", "orders", "cases", "symptoms")
"""Events about these are shown without opening their visit."""
LANE_FIRST: Final = 8
LANE_MOST: Final = 200
EXPERIENCE_ENDS: Final = (-100.0, 100.0)

Item = TypeVar("Item")


@dataclass(frozen=True)
class ShownEvent:
    """One event."""

    event: TimelineEvent
    particulars: str
    score: str
    icon: str
    is_symptom: bool


@dataclass(frozen=True)
class ShownEntry:
    """One visit, or one event outside any visit."""

    id: str
    entry: Entry
    title: str
    time: str
    icon: str
    channel: str
    journey: str
    """What is said of its journey, where it is the latest visit of it on this page."""
    loud: tuple[ShownEvent, ...]
    about: str
    """Of a visit of one quiet event: what it was about."""
    events: tuple[ShownEvent, ...]
    """To be opened; none where `loud` or `about` say everything."""
    more: int
    """Events that are not among them."""


@dataclass(frozen=True)
class Day:
    """What happened on one day, the latest first."""

    day: date
    words: str
    entries: tuple[ShownEntry, ...]


@dataclass(frozen=True)
class Lane:
    """A list beside the line: its beginning at once, more of it to be opened."""

    items: tuple[tuple[object, str], ...]
    """Each with its words."""
    first: int
    """How many are shown at once."""
    others: int
    """How many there are besides."""
    unseen: int
    """How many of these are not on the page."""


@dataclass(frozen=True)
class Choice:
    """One entry of a filter menu."""

    value: str
    words: str


def days(told: Timeline) -> tuple[Day, ...]:
    """The entries of a page by the day on which they began."""
    page, history = told.page, told.standing.consent_history
    shown = [
        _shown(entry, journey, history) for entry, journey in zip(page.entries, _journeys_named(page), strict=True)
    ]
    return tuple(
        Day(day, wording.day_words(day), tuple(entries))
        for day, entries in groupby(shown, key=lambda each: each.entry.time.date())
    )


def lane(items: Sequence[Item], words: Callable[[Item], str]) -> Lane:
    """Cut a list for the page: a shop's own till may have ten thousand orders."""
    shown = tuple((each, words(each)) for each in items[:LANE_MOST])
    others = max(0, len(items) - LANE_FIRST)
    return Lane(shown, LANE_FIRST, others, len(items) - len(shown))


def choices(names: Sequence[str], words: Mapping[str, str]) -> tuple[Choice, ...]:
    """What a menu offers, in people's words."""
    return tuple(Choice(name, words.get(name, name)) for name in names)


def names(who: Who) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The values of each type of identifier, in people's words, the clearest type first."""
    of_type = {type_: tuple(each.value for each in who.identifiers if each.type == type_) for type_ in TYPE_NAMES}
    return tuple((TYPE_NAMES[type_], values) for type_, values in of_type.items() if values)


def spark(told: Timeline) -> SafeString:
    """The customer's scores as a line on −100 to +100; '' when there are fewer than two."""
    felt = [each.experience for each in told.standing.answers if each.experience is not None]
    return mark_safe(draw_spark(felt, EXPERIENCE_ENDS))  # noqa: S308 - our own drawing, of numbers only


def _journeys_named(page: TimelinePage) -> Iterator[str]:
    """For each entry what is said of its journey: something only at the latest visit of one."""
    words = {part.journey: wording.journey_words(part) for part in page.journeys}
    latest = None
    for entry in page.entries:
        begins = entry.journey is not None and entry.journey != latest
        latest = entry.journey if begins else latest
        yield words.get(entry.journey, "") if begins and entry.journey is not None else ""


def _shown(entry: Entry, journey: str, history: Sequence[ConsentChange]) -> ShownEntry:
    events = tuple(_shown_event(each, history) for each in entry.events)
    is_visit = bool(entry.touchpoint)
    loud = tuple(each for each in events if not is_visit or each.event.topic in LOUD_TOPICS)
    is_one = entry.event_count == len(events) == 1
    is_said = is_one or len(events) == len(loud) == entry.event_count
    topic = entry.topics[-1] if entry.topics else "visits"
    return ShownEntry(
        id=f"entry-{entry.events[0].id if entry.events else f'{entry.time:%Y%m%d%H%M%S}'}",
        entry=entry,
        title=wording.entry_title(entry),
        time=wording.time_words(entry),
        icon=CHANNEL_ICONS.get(entry.channel, "dot") if is_visit else TOPIC_ICONS.get(topic, "dot"),
        channel=wording.channel_name(entry.channel),
        journey=journey,
        loud=loud,
        about=events[0].particulars if is_one and not loud else "",
        events=() if is_said else events,
        more=max(0, entry.event_count - len(events)),
    )


def _shown_event(event: TimelineEvent, history: Sequence[ConsentChange]) -> ShownEvent:
    consent = wording.consent_at(event.time, history) if event.topic == "consent" else ""
    return ShownEvent(
        event=event,
        particulars=consent or wording.event_particulars(event),
        score=wording.score_words(event),
        icon=TOPIC_ICONS.get(event.topic, "dot"),
        is_symptom=event.topic == "symptoms",
    )
