"""Orders, cases, messages and consent of one customer, each folded from the events that tell of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from touchline.customers.rules.timeline import TimelineEvent
from touchline.formulas.money import sum_by_currency
from touchline.formulas.order_worth import order_worth

PLACED: Final = frozenset({"order completed", "purchase"})
OPENED: Final = frozenset({"ticket created", "case opened", "live chat conversation started"})
SOLVED: Final = frozenset({"ticket solved", "case closed", "live chat conversation ended"})


@dataclass(frozen=True)
class Order:
    """One order and what became of it."""

    id: str
    """Its number; '' where its events name none."""
    placed: datetime | None
    value: Decimal | None
    """The amount it was placed at."""
    refunded: Decimal
    """What was given back of it, not negative."""
    worth: Decimal | None
    """What it came to (docs/algorithms/one-customer.md)."""
    currency: str
    status: str
    """placed, fulfilled, delivered, cancelled, partly refunded or refunded."""
    last: datetime
    """The latest event about it."""


@dataclass(frozen=True)
class Case:
    """One question to the help desk, or one matter the company follows up."""

    id: str
    about: str
    """The customer's words when it was opened."""
    channel: str
    opened: datetime | None
    solved: datetime | None
    """When it was solved last."""
    reopened: int
    """How often it came back."""
    status: str
    """open, solved or reopened."""
    last: datetime

    @property
    def days_to_solve(self) -> float | None:
        """From opening to the last solution, in days; None while it is open."""
        if self.opened is None or self.solved is None or self.status != "solved":
            return None
        return (self.solved - self.opened).total_seconds() / 86_400


@dataclass(frozen=True)
class Message:
    """One message, or one campaign's messages, and what the customer did with it."""

    about: str
    """The campaign, or what the file calls it."""
    channel: str
    steps: tuple[str, ...]
    """What happened to it, in order, each once: sent, delivered, opened, link clicked ..."""
    last: datetime


@dataclass(frozen=True)
class ConsentChange:
    """The customer allowed or refused something."""

    time: datetime
    purpose: str
    """What it is about: analytics, marketing, e-mail ..."""
    is_given: bool
    told_by: str
    """Where it was said: a banner, a mailing list."""


@dataclass(frozen=True)
class ToldEvent:
    """An event with what only folding looks at."""

    event: TimelineEvent
    properties: str | None
    """JSON object."""


def fold_orders(events: Iterable[TimelineEvent]) -> tuple[Order, ...]:
    """Put the events of each order together, the latest order first. Events that name no order are one order a moment."""
    grouped: dict[str, list[TimelineEvent]] = {}
    for each in events:
        grouped.setdefault(_named(each, "order") or f"\0{each.time.isoformat()}", []).append(each)
    orders = (_order(key if key[0] != "\0" else "", found) for key, found in grouped.items())
    return tuple(sorted(orders, key=lambda order: (order.placed or order.last, order.id), reverse=True))


def orders_placed(orders: Iterable[Order]) -> int:
    """How many orders there were, cancelled ones included: those of which it is known when they were placed."""
    return sum(order.placed is not None for order in orders)


def worth_by_currency(orders: Iterable[Order]) -> tuple[tuple[str, Decimal], ...]:
    """What all orders came to, per currency."""
    return tuple(sum_by_currency((each.currency, each.worth) for each in orders if each.worth is not None).items())


def fold_cases(events: Iterable[TimelineEvent]) -> tuple[Case, ...]:
    """Put the events of each case together, the latest case first. Events that name no case are one case each."""
    grouped: dict[str, list[TimelineEvent]] = {}
    for each in events:
        grouped.setdefault(_named(each, "case") or f"\0{each.id}", []).append(each)
    cases = (_case(key if key[0] != "\0" else "", found) for key, found in grouped.items())
    return tuple(sorted(cases, key=lambda case: (case.opened or case.last, case.id), reverse=True))


def fold_messages(events: Iterable[TimelineEvent]) -> tuple[Message, ...]:
    """Put the events of each campaign and channel together, the latest first."""
    grouped: dict[tuple[str, str], list[TimelineEvent]] = {}
    for each in events:
        grouped.setdefault((each.campaign or each.label or "", each.channel), []).append(each)
    messages = (
        Message(about, channel, tuple(dict.fromkeys(_step(each.name) for each in found)), found[-1].time)
        for (about, channel), found in grouped.items()
    )
    return tuple(sorted(messages, key=lambda message: message.last, reverse=True))


def consent_history(told: Iterable[ToldEvent]) -> tuple[ConsentChange, ...]:
    """Every time the customer allowed or refused something, the latest first."""
    changes = [change for each in told for change in _changes(each)]
    return tuple(sorted(changes, key=lambda change: change.time, reverse=True))


def consent_now(history: Sequence[ConsentChange]) -> tuple[ConsentChange, ...]:
    """The latest word on each purpose, by purpose."""
    latest: dict[str, ConsentChange] = {}
    for change in history:
        latest.setdefault(change.purpose, change)
    return tuple(latest[purpose] for purpose in sorted(latest))


def _order(number: str, found: list[TimelineEvent]) -> Order:
    names = {each.name.lower() for each in found}
    placing = [each for each in found if each.name.lower() in PLACED]
    amounts = [each.value for each in placing if each.value is not None]
    refunds = [each.value for each in found if each.name.lower() == "order refunded" and each.value is not None]
    value, refunded = (amounts[0] if amounts else None), sum((abs(each) for each in refunds), Decimal(0))
    return Order(
        id=number,
        placed=placing[0].time if placing else None,
        value=value,
        refunded=refunded,
        worth=order_worth(value, refunds, is_cancelled="order cancelled" in names),
        currency=next((each.currency for each in found if each.currency), ""),
        status=_order_status(names, value, refunded),
        last=found[-1].time,
    )


def _order_status(names: set[str], value: Decimal | None, refunded: Decimal) -> str:
    if "order cancelled" in names:
        return "cancelled"
    if "order refunded" in names:
        return "partly refunded" if value is not None and refunded < value else "refunded"
    for name, status in (("order delivered", "delivered"), ("order fulfilled", "fulfilled")):
        if name in names:
            return status
    return "placed"


def _case(number: str, found: list[TimelineEvent]) -> Case:
    opening = next((each for each in found if each.name.lower() in OPENED), None)
    solving = [each for each in found if each.name.lower() in SOLVED]
    back = [each for each in found if each.name.lower() == "ticket reopened"]
    is_back = bool(back) and (not solving or back[-1].time >= solving[-1].time)
    return Case(
        id=number,
        about=next((each.text for each in found if each.text), ""),
        channel=(opening or found[0]).channel,
        opened=opening.time if opening else None,
        solved=solving[-1].time if solving else None,
        reopened=len(back),
        status="reopened" if is_back else ("solved" if solving else "open"),
        last=found[-1].time,
    )


def _changes(told: ToldEvent) -> list[ConsentChange]:
    event, name = told.event, told.event.name.lower()
    if name == "consent updated":
        facts = _facts(told.properties)
        categories = facts.get("categories")
        told_by = str(facts.get("source") or event.source)
        if not isinstance(categories, dict):
            return []
        return [
            ConsentChange(event.time, str(purpose), given is True, told_by) for purpose, given in categories.items()
        ]
    channel = "e-mail" if event.channel == "email" else event.channel
    return [ConsentChange(event.time, channel, name == "email subscribed", event.label or event.source)]


def _facts(properties: str | None) -> dict[str, object]:
    try:
        found = json.loads(properties or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _step(name: str) -> str:
    """'Email Link Clicked' -> 'link clicked'."""
    return name.lower().removeprefix("email ").removeprefix("sms ").removeprefix("push notification ")


def _named(event: TimelineEvent, type_: str) -> str:
    return next((each.id for each in event.objects if each.type == type_), "")
