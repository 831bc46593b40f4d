"""What every client was told to send is in the store, once and whole, whatever became of its lines and of the collector."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from tests.clients.gateway import Fault
from tests.clients.plans import CLIENTS, LEGS, SINGLE, STREAM, leg_name
from tests.clients.told import (
    CONTEXT,
    EVENT,
    INTEGRATIONS,
    TOLD_AT,
    account,
    earlier_visitor,
    email,
    every_kind,
    facts,
    numbered,
    user,
    visitor,
)

from touchline.customers.facade import accounts, accounts_of, identifiers_of, resolve
from touchline.journeys.facade import journey_map
from touchline.segments.facade import Scope

each_client = pytest.mark.parametrize("name", CLIENTS)
KINDS = {
    "page": "Page Viewed",
    "screen": "Screen Viewed",
    "identify": "Profile Updated",
    "group": "Account Joined",
}
ALIASES = 1
"""Of each leg that become events: that of an id to itself holds none."""


def as_text(told: object) -> str:
    """Unlike Python's own comparison this tells false from 0, and whole numbers from others."""
    return json.dumps(told, sort_keys=True, ensure_ascii=False)


@pytest.fixture(scope="module")
def stored(story):
    """Leg -> number -> what the store holds under it: name, label, time and properties."""
    found: dict[str, dict[int, list[tuple]]] = {}
    for name, label, time, properties in story.workspace.store.rows(
        "select name, label, time, properties from events join kinds using (kind) where properties is not null"
    ):
        told = json.loads(properties)
        assert "leg" in told, f"{name} has {properties}, which nobody sent."
        found.setdefault(told["leg"], {}).setdefault(told["number"], []).append((name, label, time, told))
    return found


@each_client
def test_every_kind_of_call_is_stored_once_under_its_name(story, stored, name: str) -> None:
    client = story.of(name).client

    for leg in LEGS:
        told = numbered(every_kind(name, leg_name(client, leg)))
        found = stored[leg_name(client, leg)]
        assert {number: [row[0] for row in rows] for number, rows in found.items()} == {
            number: [KINDS.get(call["type"]) or call["event"]] for number, call in told.items()
        }
        assert [found[number][0][1] for number in (1, 2)] == [EVENT, "Basket"]


@each_client
def test_every_value_arrives_as_it_was_told(story, stored, name: str) -> None:
    client = story.of(name).client

    for leg in LEGS:
        for number, call in numbered(every_kind(name, leg_name(client, leg))).items():
            found = stored[leg_name(client, leg)][number][0][3]
            told = {**facts(call), **({"context": CONTEXT, "integrations": INTEGRATIONS} if "context" in call else {})}
            if name == "segment-browser":  # it adds where the page lies, and itself where it is given options
                found = {key: found[key] for key in told}
                found.get("integrations", {}).pop("Segment.io", None)
            assert as_text(found) == as_text(told), (leg, number)


@each_client
def test_the_time_is_what_the_client_was_told(story, stored, name: str) -> None:
    client = story.of(name).client
    told = datetime.fromisoformat(TOLD_AT).replace(tzinfo=None)

    times = [row[2] for rows in stored[leg_name(client, SINGLE)].values() for row in rows]

    assert len(times) == 7
    assert [time for time in times if abs(time - told) > timedelta(seconds=5)] == []


@each_client
def test_a_bad_line_and_a_killed_collector_lose_nothing_and_double_nothing(story, stored, name: str) -> None:
    told = story.of(name)

    again = stored[f"{leg_name(told.client, STREAM)} again"]

    assert told.failed == []
    assert told.streamed > 50
    assert {number: len(rows) for number, rows in again.items()} == dict.fromkeys(range(1, told.streamed + 1), 1)


@each_client
def test_the_line_was_really_bad_and_the_client_really_sent_the_same_again(story, name: str) -> None:
    told = story.of(name)

    faults = Counter(seen.fault for seen in told.stormy.seen)
    lost = {call["messageId"] for seen in told.stormy.seen if seen.fault is Fault.ANSWER_LOST for call in seen.calls}
    answered = {call["messageId"] for seen in told.stormy.seen if seen.status == 200 for call in seen.calls}

    assert {fault: count for fault, count in faults.items() if fault is not Fault.NONE} == {
        Fault.ANSWER_LOST: 2, Fault.BUSY: 1, Fault.NOT_PASSED_ON: 1, Fault.TOO_MANY: 1, Fault.CUT_INSIDE: 1,
    }  # fmt: skip
    assert told.stormy.was_without_collector
    assert lost
    assert lost <= answered


def test_nothing_is_in_the_store_that_nobody_sent(story) -> None:
    told = story.clients.values()
    legs = len(told) * len(LEGS)

    assert story.workspace.store.value("select count(*) from events") == sum(each.streamed for each in told) + legs * (
        7 + ALIASES
    )
    assert story.workspace.store.value("select count(*) from rejections") == 0
    assert story.workspace.store.value("select count(*) from imports") == 1


@each_client
def test_the_person_is_one_customer_by_every_name(story, name: str) -> None:
    story.of(name)
    resolve(story.workspace)
    [(customer,)] = story.workspace.store.rows(
        "select customer from identities join identifiers using (identifier) where type = 'user_id' and value = ?",
        [user(name)],
    )

    assert {(each.type, each.value) for each in identifiers_of(story.workspace, customer)} == {
        ("user_id", user(name)),
        ("email", email(name)),
        ("anonymous_id", visitor(name)),
        ("anonymous_id", earlier_visitor(name)),
    }
    assert [each.account_name for each in accounts_of(story.workspace, customer)] == [account(name)]


def test_there_are_as_many_customers_and_accounts_as_clients(story) -> None:
    resolve(story.workspace)

    assert story.workspace.store.value("select count(distinct customer) from identities") == len(story.clients)
    assert accounts(story.workspace)[1] == len(story.clients)
    assert story.workspace.store.rows("select type, value from identifiers where value in ('null', 'None', '')") == []


def test_what_was_sent_is_on_the_map(story) -> None:
    measured = journey_map(story.workspace, Scope())

    product = next(each for each in measured.touchpoints if each.id == "product")

    assert measured.customers == len(story.clients)
    assert product.customers == len(story.clients)


def test_the_last_event_is_of_today(story) -> None:
    [(latest,)] = story.workspace.store.rows("select max(time) from events")

    assert abs(latest.replace(tzinfo=UTC) - datetime.now(UTC)) < timedelta(minutes=5)
