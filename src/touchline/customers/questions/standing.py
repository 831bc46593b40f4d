"""How one customer stands today: counts, scores, orders, cases, messages and consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from touchline.customers.questions.timeline import EVENT, NAMES_AND_TOPICS, TOPIC, Seen, event_of
from touchline.customers.questions.who import Who
from touchline.customers.rules.folding import (
    Case,
    ConsentChange,
    Message,
    Order,
    ToldEvent,
    consent_history,
    consent_now,
    fold_cases,
    fold_messages,
    fold_orders,
    orders_placed,
    worth_by_currency,
)
from touchline.customers.rules.timeline import TimelineEvent
from touchline.engine.store import Store

FOLDED_TOPICS: Final = ("orders", "cases", "messages", "consent", "answers")

_VISITS: Final = "select count(*), count(distinct journey) from visits where customer = ?"
_TOLD: Final = f"""
select {TOPIC} as topic, e.properties, {EVENT}
from events e join kinds k using (kind)
where e.who in (select unnest($identifiers)) and list_contains($topics, topic)
order by e.time, e.seq
"""
_PLACED: Final = """
select r.event::varchar, r.experience, coalesce(t.name, '')
from responses r left join touchpoints t on t.position = r.touchpoint
where r.customer = ?
"""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer of the customer to a scored question."""

    time: datetime
    metric: str
    score: float | None
    score_min: float | None
    score_max: float | None
    experience: float | None
    """The score on −100 to +100."""
    text: str
    touchpoint: str


@dataclass(frozen=True)
class Amount:
    """Money of one currency; '' where the files gave none."""

    currency: str
    value: Decimal


@dataclass(frozen=True)
class Standing:
    """What the header and the lanes of a timeline say. Each number's definition: docs/algorithms/one-customer.md."""

    events: int
    visits: int
    journeys: int
    first_seen: datetime | None
    last_seen: datetime | None
    orders_placed: int
    worth: tuple[Amount, ...]
    """What the orders came to, per currency."""
    answers: tuple[GivenAnswer, ...]
    """Oldest first."""
    orders: tuple[Order, ...]
    cases: tuple[Case, ...]
    messages: tuple[Message, ...]
    consent: tuple[ConsentChange, ...]
    """The latest word on each purpose."""
    consent_history: tuple[ConsentChange, ...]


def standing_of(store: Store, who: Who, seen: Seen) -> Standing:
    """Count and fold everything one customer did."""
    visits, journeys = store.rows(_VISITS, [who.customer])[0]
    told: dict[str, list[ToldEvent]] = {topic: [] for topic in FOLDED_TOPICS}
    asked = {"identifiers": who.numbers, **NAMES_AND_TOPICS, "topics": list(FOLDED_TOPICS)}
    for topic, properties, *row in store.rows(_TOLD, asked):
        told[topic].append(ToldEvent(event_of(tuple(row)), properties))
    placed = {event: (experience, name) for event, experience, name in store.rows(_PLACED, [who.customer])}
    orders = fold_orders(_events(told["orders"]))
    history = consent_history(told["consent"])
    return Standing(
        events=seen.events,
        visits=visits,
        journeys=journeys,
        first_seen=seen.first,
        last_seen=seen.last,
        orders_placed=orders_placed(orders),
        worth=tuple(Amount(*each) for each in worth_by_currency(orders)),
        answers=tuple(_answer(each, placed) for each in _events(told["answers"])),
        orders=orders,
        cases=fold_cases(_events(told["cases"])),
        messages=fold_messages(_events(told["messages"])),
        consent=consent_now(history),
        consent_history=history,
    )


def _answer(event: TimelineEvent, placed: dict[str, tuple[float | None, str]]) -> GivenAnswer:
    experience, touchpoint = placed.get(event.id, (None, ""))
    return GivenAnswer(
        time=event.time,
        metric=event.metric or "",
        score=event.score,
        score_min=event.score_min,
        score_max=event.score_max,
        experience=experience,
        text=event.text or "",
        touchpoint=touchpoint,
    )


def _events(told: list[ToldEvent]) -> list[TimelineEvent]:
    return [each.event for each in told]
