"""A customer's timeline from events typed out here: visits hold their events, everything else stands by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from touchline.customers.facade import (
    UnknownCustomerError,
    customer_called,
    find_customers,
    timeline,
    undo_link,
)
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.journeys.tests.stores import START, Happened, know, link, store

DAY = 24 * 60
BROWSER, PERSON, STRANGER = 1, 2, 3


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Workspace]]:
    """Make an empty workspace."""
    made: list[Workspace] = []

    def new() -> Workspace:
        folder = tmp_path_factory.mktemp("customers") / "workspace"
        made.append(create_workspace(folder, Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML))
        return made[-1]

    yield new
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def shop(make: Callable[[], Workspace]) -> Workspace:
    """What happened to Ada; tests only look at it."""
    return fill(make())


@pytest.fixture
def changing_shop(make: Callable[[], Workspace]) -> Workspace:
    """The same for a test that changes it."""
    return fill(make())


def fill(workspace: Workspace) -> Workspace:
    """Ada looks at two products in her browser, buys, complains, and answers; later her mail provider tells her country."""
    know(workspace, {BROWSER: "anonymous_id", PERSON: "user_id", STRANGER: "user_id"})
    link(workspace, BROWSER, PERSON)
    store(
        workspace,
        Happened(1, BROWSER, 0, "Product Viewed", page="/products/shoe", device="mobile", campaign="spring"),
        Happened(2, BROWSER, 5, "Product Viewed", page="/products/boot", device="mobile"),
        Happened(3, PERSON, 20, "Order Completed", value="80", currency="EUR", order="17"),
        Happened(4, PERSON, DAY, "Ticket Created", channel="email", text="The shoe is torn", source="zendesk_tickets"),
        Happened(5, PERSON, 2 * DAY, "Survey Answered", score=("nps", 3, 0, 10), text="Never again", label="Delivery"),
        Happened(6, PERSON, 3 * DAY, "Profile Updated", properties={"country": "DE"}),
        Happened(7, PERSON, 40 * DAY, "Product Viewed", page="/products/sock", device="desktop"),
        Happened(8, STRANGER, 0, "Product Viewed", page="/products/shoe"),
    )
    return workspace


def entries(told) -> list[tuple[float, str, int]]:
    return [
        ((each.time - START) / timedelta(minutes=1), each.touchpoint_id or each.events[0].name, each.event_count)
        for each in told.page.entries
    ]


def test_events_are_folded_into_visits_the_latest_first(shop):
    told = timeline(shop, BROWSER)

    assert entries(told) == [
        (40 * DAY, "product", 1),
        (2 * DAY, "Survey Answered", 1),
        (DAY, "support", 1),
        (20, "first-order", 1),
        (0, "product", 2),
    ]
    assert [each.page for each in told.page.entries[-1].events] == ["/products/shoe", "/products/boot"]
    assert told.page.entries[-1].device == "mobile"
    assert told.page.total == 5


def test_two_orders_of_one_moment_are_two_visits_with_an_event_each(changing_shop):
    store(
        changing_shop,
        Happened(30, STRANGER, 60, "Order Completed", value="10", currency="EUR", order="31"),
        Happened(31, STRANGER, 60, "Order Completed", value="20", currency="EUR", order="32"),
    )

    told = timeline(changing_shop, STRANGER)

    assert [(each.touchpoint_id, [event.value for event in each.events]) for each in told.page.entries][:2] == [
        ("repeat-order", [20]),
        ("first-order", [10]),
    ]


def test_signals_of_a_page_belong_to_the_visit_that_was_going_on(changing_shop):
    store(
        changing_shop,
        Happened(20, BROWSER, 6, "Rage Click Detected", label="Add to basket"),
        Happened(21, BROWSER, 19, "Element Clicked"),
        Happened(22, BROWSER, 21, "Script Error Occurred"),
        Happened(23, BROWSER, 20 + 31, "Dead Click Detected"),
        Happened(24, BROWSER, 7, "Consent Updated", properties={"categories": {"analytics": True}}),
    )

    told = timeline(changing_shop, BROWSER)

    assert entries(told)[3:] == [
        (51, "Dead Click Detected", 1),
        (20, "first-order", 2),
        (7, "Consent Updated", 1),
        (0, "product", 4),
    ]
    assert told.page.entries[-1].topics == ("visits", "symptoms")
    assert [name for _, name, _ in entries(timeline(changing_shop, BROWSER, "", "symptoms"))] == [
        "Dead Click Detected",
        "first-order",
        "product",
    ]
    assert [(each.purpose, each.is_given) for each in told.standing.consent] == [("analytics", True)]


def test_journeys_end_where_nothing_happens_for_long(shop):
    parts = timeline(shop, BROWSER).page.journeys

    assert [(part.journey, part.visits, part.began_with) for part in parts] == [
        (1, 1, "Product page"),
        (0, 3, "spring"),
    ]


def test_the_header_counts_what_the_customer_did(shop):
    standing = timeline(shop, BROWSER).standing

    assert (standing.events, standing.visits, standing.journeys) == (7, 4, 2)
    assert standing.first_seen == START
    assert standing.last_seen == START + timedelta(days=40)
    assert standing.orders_placed == 1
    assert [(each.currency, each.value) for each in standing.worth] == [("EUR", 80)]
    assert [(each.metric, each.score, each.experience, each.text) for each in standing.answers] == [
        ("nps", 3, -40, "Never again")
    ]
    assert [(each.about, each.status) for each in standing.cases] == [("The shoe is torn", "open")]


@pytest.mark.parametrize(
    ("channel", "about", "expected"),
    [
        ("email", "", ["support"]),
        ("", "orders", ["first-order"]),
        ("", "answers", ["Survey Answered"]),
        ("", "cases", ["support"]),
        ("", "profile", ["Profile Updated"]),
        ("web", "visits", ["product", "first-order", "product"]),
        ("app", "", []),
    ],
)
def test_a_channel_or_a_topic_is_chosen(shop, channel, about, expected):
    assert [name for _, name, _ in entries(timeline(shop, BROWSER, channel, about))] == expected


def test_pages_follow_each_other_without_gap_or_overlap(shop):
    whole = entries(timeline(shop, BROWSER))

    cut = [entry for offset in range(0, 6, 2) for entry in entries(timeline(shop, BROWSER, "", "", offset, 2))]

    assert cut == whole
    assert timeline(shop, BROWSER, "", "", 2, 2).page.total == 5


def test_a_known_name_stands_above_the_strongest_identifier(changing_shop):
    assert timeline(changing_shop, BROWSER).who.name == "user_id-2"

    store(
        changing_shop,
        Happened(9, PERSON, 50 * DAY, "Profile Updated", properties={"first_name": "Ada", "lastName": "Byron"}),
    )

    assert timeline(changing_shop, BROWSER).who.name == "Ada Byron"


def test_every_identifier_leads_to_the_customer_it_belongs_to_today(changing_shop):
    assert timeline(changing_shop, PERSON).who.customer == BROWSER

    undo_link(changing_shop, BROWSER, PERSON)

    assert timeline(changing_shop, PERSON).who.customer == PERSON
    assert timeline(changing_shop, BROWSER).standing.orders_placed == 0
    assert [each.active for each in timeline(changing_shop, BROWSER).links] == [False]


@pytest.mark.parametrize("number", [99, 2**31, 2**70])
def test_a_number_that_nobody_has(shop, number):
    with pytest.raises(UnknownCustomerError, match=f"There is no customer #{number}\\."):
        timeline(shop, number)


def test_a_journey_definition_that_cannot_be_read_is_said_and_the_visits_stay(changing_shop):
    before = entries(timeline(changing_shop, BROWSER))
    changing_shop.journey_file.write_text("name = ", "utf-8")

    told = timeline(changing_shop, BROWSER)

    assert entries(told) == before
    assert [note.split(":")[0] for note in told.notes] == ["Visits are as they were before"]


@pytest.fixture(scope="module")
def known(make: Callable[[], Workspace]) -> Workspace:
    workspace = make()
    names = [
        (1, "email", "ada@example.org"),
        (2, "phone", "+442079460958"),
        (3, "order_id", "1001"),
        (4, "email", "adam@example.org"),
        (5, "user_id", "1001"),
        (6, "anonymous_id", "5f0a-77"),
    ]
    with workspace.store.transaction() as writer:
        for row in names:
            writer.execute("insert into identifiers values (?, ?, ?)", list(row))
    link(workspace, 1, 2)
    link(workspace, 1, 3)
    return workspace


@pytest.mark.parametrize(
    ("text", "how", "customers"),
    [
        ("ada@example.org", "exact", [1]),
        (" ADA@Example.ORG ", "exact", [1]),
        ("+44 (0)20 7946-0958", "exact", [1]),
        ("020 7946 0958", "phone", [1]),
        ("1001", "exact", [1, 5]),
        ("#1001", "exact", [1]),
        ("#4", "exact", [4]),
        ("4", "exact", [4]),
        ("ada", "beginning", [1, 4]),
        ("5F0A", "beginning", [6]),
        ("%", "", []),
        ("nobody' or 1=1", "", []),
        ("", "", []),
    ],
)
def test_anything_that_names_a_customer_finds_them(known, text, how, customers):
    found = find_customers(known, text)

    assert (found.how, sorted(each.customer for each in found.customers)) == (how, customers)


def test_one_customer_is_called_or_it_is_said_why_not(known):
    assert customer_called(known, "ada@example.org") == 1
    with pytest.raises(UnknownCustomerError, match="'1001' names several customers: #"):
        customer_called(known, "1001")
    with pytest.raises(UnknownCustomerError, match="Nobody is known as 'zoe'"):
        customer_called(known, "zoe")
