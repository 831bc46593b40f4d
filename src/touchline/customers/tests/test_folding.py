"""Orders, cases, messages and consent, folded from events typed out here."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from touchline.customers.rules.folding import (
    ToldEvent,
    consent_history,
    consent_now,
    fold_cases,
    fold_messages,
    fold_orders,
    orders_placed,
    worth_by_currency,
)
from touchline.customers.rules.timeline import NamedObject, TimelineEvent

START = datetime.fromisoformat("2026-01-01")


def told(day: float, name: str, *objects: tuple[str, str], channel: str = "web", **more: object) -> TimelineEvent:
    usual: dict[str, object] = dict.fromkeys(
        ("page", "label", "campaign", "metric", "score", "score_min", "score_max", "text", "value", "currency")
    )
    return TimelineEvent(
        id=f"{day}-{name}",
        time=START + timedelta(days=day),
        name=name,
        topic="",
        channel=channel,
        source="typed",
        objects=tuple(NamedObject(*each) for each in objects),
        **(usual | more),
    )


def placed(day: float, number: str, value: str, currency: str = "EUR") -> TimelineEvent:
    return told(day, "Order Completed", ("order", number), value=Decimal(value), currency=currency)


def back(day: float, number: str, value: str) -> TimelineEvent:
    return told(day, "Order Refunded", ("order", number), value=Decimal(value), currency="EUR")


def test_an_order_is_worth_what_was_not_given_back():
    orders = fold_orders(
        [
            placed(0, "1", "100"),
            placed(1, "2", "50"),
            placed(2, "3", "30"),
            back(3, "1", "-40"),
            back(4, "2", "-50"),
            told(5, "Order Cancelled", ("order", "3")),
            placed(6, "4", "7", currency="GBP"),
            told(7, "Order Fulfilled", ("order", "4")),
            told(8, "Order Delivered", ("order", "4")),
        ]
    )

    assert [(each.id, each.status, each.worth) for each in orders] == [
        ("4", "delivered", Decimal(7)),
        ("3", "cancelled", Decimal(0)),
        ("2", "refunded", Decimal(0)),
        ("1", "partly refunded", Decimal(60)),
    ]
    assert worth_by_currency(orders) == (("EUR", Decimal(60)), ("GBP", Decimal(7)))
    assert orders_placed(orders) == 4


def test_one_order_told_by_two_sources_counts_once():
    web, shop = placed(0, "1", "99.50"), placed(0.001, "1", "100")

    (order,) = fold_orders([web, shop])

    assert (order.value, order.placed) == (Decimal("99.50"), START)


def test_a_shipment_of_an_unknown_order_is_none_that_was_placed():
    (order,) = fold_orders([told(0, "Order Fulfilled", ("order", "9"))])

    assert (order.placed, order.worth, order.status) == (None, None, "fulfilled")
    assert orders_placed([order]) == 0
    assert worth_by_currency([order]) == ()


def test_orders_without_a_number_are_told_apart_by_their_moment():
    assert len(fold_orders([told(0, "Order Completed"), told(0, "Order Completed"), told(1, "Order Completed")])) == 2


@given(st.lists(st.tuples(st.integers(0, 3), st.decimals(0, 1000, places=2)), max_size=20))
def test_refunds_never_add_to_what_orders_came_to(refunds):
    orders = fold_orders(
        [
            *(placed(0, str(n), "100") for n in range(4)),
            *(back(n + 1, str(of), str(-v)) for n, (of, v) in enumerate(refunds)),
        ]
    )

    assert dict(worth_by_currency(orders))["EUR"] == 400 - sum(value for _, value in refunds)


def test_a_case_is_open_until_it_is_solved_and_may_come_back():
    case = ("case", "7")
    opened = told(0, "Ticket Created", case, text="Where is my parcel?", channel="email")
    solved, again, solved_again = (
        told(2, "Ticket Solved", case), told(3, "Ticket Reopened", case), told(3.5, "Ticket Solved", case)
    )  # fmt: skip

    def status(*events: TimelineEvent) -> tuple[str, int, float | None]:
        (found,) = fold_cases(events)
        return found.status, found.reopened, found.days_to_solve

    assert status(opened) == ("open", 0, None)
    assert status(opened, solved) == ("solved", 0, 2.0)
    assert status(opened, solved, again) == ("reopened", 1, None)
    assert status(opened, solved, again, solved_again) == ("solved", 1, 3.5)
    assert fold_cases([opened, solved])[0].about == "Where is my parcel?"
    assert fold_cases([opened, solved])[0].channel == "email"


def test_a_message_says_what_happened_to_it_once_each():
    (message,) = fold_messages(
        [
            told(day, name, channel="email", campaign="spring")
            for day, name in enumerate(["Email Delivered", "Email Opened", "Email Opened", "Email Link Clicked"])
        ]
    )

    assert (message.about, message.steps) == ("spring", ("delivered", "opened", "link clicked"))


def test_consent_is_the_latest_word_on_each_purpose():
    history = consent_history(
        [
            ToldEvent(
                told(0, "Consent Updated"),
                '{"categories": {"analytics": true, "marketing": false}, "source": "banner"}',
            ),
            ToldEvent(told(1, "Email Subscribed", channel="email", label="Weekly letter"), None),
            ToldEvent(told(2, "Consent Updated"), '{"categories": {"analytics": false}}'),
            ToldEvent(told(3, "Unsubscribed", channel="email"), None),
            ToldEvent(told(4, "Consent Updated"), '{"categories": "all"}'),
            ToldEvent(told(5, "Consent Updated"), "[1"),
        ]
    )

    assert len(history) == 5
    assert [(each.purpose, each.is_given, each.time.day) for each in consent_now(history)] == [
        ("analytics", False, 3),
        ("e-mail", False, 4),
        ("marketing", False, 1),
    ]
    assert {each.told_by for each in history} == {"banner", "Weekly letter", "typed"}
