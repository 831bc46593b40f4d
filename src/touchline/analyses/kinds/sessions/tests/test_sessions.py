"""Sessions of a site small enough to count by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from touchline.analyses import facade
from touchline.analyses.conftest import Happened, answer, answer_in_buckets, asked

SITE = [
    # Thirty minutes are no more than thirty: one session of three pages, 59 minutes.
    Happened("ada", "2026-03-02 10:00", page="/", campaign="spring", device="mobile"),
    Happened("ada", "2026-03-02 10:29", page="/cart", device="mobile"),
    Happened("ada", "2026-03-02 10:59", page="/orders/1042/", device="mobile"),
    # A second more begins another one: a single page, a bounce.
    Happened("ada", "2026-03-02 11:29:01", page="/", device="mobile"),
    # No end at midnight. Two events of one page are one view; eleven seconds are engaged, ten would not be.
    Happened("bob", "2026-03-02 23:59:55", page="/"),
    Happened("bob", "2026-03-03 00:00:06", "Product Viewed", page="/"),
    Happened("cem", "2026-03-03 09:00:00", page="/"),
    Happened("cem", "2026-03-03 09:00:10", "Product Viewed", page="/"),
    # A key event in the app.
    Happened("dee", "2026-03-04 09:00", "Order Completed", "app", device="tablet"),
    # What the visitor does not do himself, and what is done elsewhere.
    Happened("dee", "2026-03-04 12:00", "Order Refunded"),
    Happened("eve", "2026-03-05 12:00", "Email Opened", "email"),
    Happened("eve", "2026-03-11 12:00", "Survey Answered"),
]


@pytest.fixture(scope="module")
def site(make):
    return make(SITE)


def table(groups):
    return [(each.name, each.sessions, each.customers, each.engaged.count) for each in groups]


def test_sessions_are_cut_at_pauses_longer_than_thirty_minutes(site):
    found = answer(site, "sessions")

    assert (found.overall.sessions, found.overall.customers) == (5, 4)
    assert found.overall.engaged.count == 3  # ada's first, bob's and dee's
    assert found.bounced.count == 2
    assert found.channels == ("web", "app")


def test_another_cut(site):
    assert answer(site, "sessions", minutes=31).overall.sessions == 4
    assert answer(site, "sessions", minutes=29).overall.sessions == 6


def test_engaged_may_take_longer(site):
    assert answer(site, "sessions", engaged_seconds=11).overall.engaged.count == 2


def test_key_events_can_be_named(site):
    found = answer(site, "sessions", key_events=["event:Product Viewed"])

    assert found.overall.engaged.count == 3  # ada's first, bob's and cem's; dee's no more
    assert found.key_events == ("Product Viewed",)


def test_by_entry_exit_campaign_device_and_day(site):
    found = answer(site, "sessions", per="day")

    assert table(found.by_entry) == [("/", 4, 3, 2), ("Order Completed", 1, 1, 1)]
    assert table(found.by_exit) == [("/", 3, 3, 1), ("/orders/:id", 1, 1, 1), ("Order Completed", 1, 1, 1)]
    assert table(found.by_campaign) == [("no campaign", 4, 4, 2), ("spring", 1, 1, 1)]
    assert table(found.by_device) == [("mobile", 2, 1, 1), ("unknown", 2, 2, 1), ("tablet", 1, 1, 1)]
    assert [(each.name, each.sessions) for each in found.by_period][:3] == [("2 Mar", 3), ("3 Mar", 1), ("4 Mar", 1)]
    assert [each.is_provisional for each in found.by_period] == [False] * 9 + [True]


def test_pages_and_time(site):
    found = answer(site, "sessions")

    # Pages: 3, 1, 1, 1, and 0 for an order that names none.
    assert found.overall.views_per_session == pytest.approx(6 / 5)
    assert found.overall.timed == 3  # 3,540, 11 and 10 seconds: too few for a mean
    assert (found.seconds.n, found.seconds.value) == (3, None)


def test_days_are_those_of_the_workspace(make):
    workspace = make(SITE, time_zone="Europe/Berlin")

    found = answer(workspace, "sessions", start="2026-03-03", end="2026-03-03")

    # There, bob's session begins at 0:59:55 on the 3rd, and cem's at 10:00.
    assert found.overall.sessions == 2


def test_a_session_counts_where_it_begins(site):
    assert answer(site, "sessions", start="2026-03-02", end="2026-03-02").overall.sessions == 3
    after = answer(site, "sessions", start="2026-03-03", end="2026-03-04")
    assert table(after.by_entry) == [("/", 1, 1, 0), ("Order Completed", 1, 1, 1)]  # bob's began the day before


def test_sessions_of_the_sender_are_kept(make):
    events = [
        Happened("ada", "2026-03-02 10:00", page="/", session="s1"),
        Happened("ada", "2026-03-02 10:01", "Order Completed"),  # from the shop: names none, belongs to s1
        Happened("ada", "2026-03-02 10:05", page="/b", session="s2"),  # two tabs
        Happened("ada", "2026-03-02 10:06", page="/c", session="s1"),
        Happened("ada", "2026-03-02 11:00", page="/d", session="s1"),  # the sender waits for longer than we do
        Happened("ada", "2026-03-02 14:00", page="/"),  # names none, far from all
        Happened("bob", "2026-03-02 10:02", page="/", session="s1"),  # another customer's
    ]
    workspace = make(events)

    kept = answer(workspace, "sessions")
    assert (kept.overall.sessions, kept.by_sender) == (4, 3)
    assert table(kept.by_exit) == [("/", 2, 2, 0), ("/b", 1, 1, 0), ("/d", 1, 1, 1)]
    assert answer(workspace, "sessions", own_sessions="no").overall.sessions == 4  # ada at 10, 11 and 14, and bob


def test_page_views_of_one_page_count_each(make):
    found = answer(make([Happened("ada", f"2026-03-02 10:00:0{at}", page="/") for at in range(3)]), "sessions")

    assert found.overall.engaged.count == 1


def test_sessions_of_an_account_are_those_of_its_people(make):
    events = [
        Happened(who, f"2026-03-02 10:{minute:02}", page="/", account="acme")
        for minute, who in enumerate(["ada", "bob", "ada", "bob"])
    ]
    workspace = make(events)

    assert (answer(workspace, "sessions").overall.sessions, answer(workspace, "sessions").overall.customers) == (2, 2)
    accounts = answer(workspace, "sessions", unit="account").overall
    assert (accounts.sessions, accounts.customers) == (2, 1)


@pytest.mark.parametrize("given", [{}, {"minutes": 1}, {"per": "day", "key_events": ["event:Product Viewed"]}])
def test_buckets_and_the_order_of_rows_change_nothing(make, site, given):
    found = answer(site, "sessions", **given)

    assert answer_in_buckets(site, "sessions", 8, **given) == found
    if not given:
        assert answer(make(random.Random(1).sample(SITE, len(SITE))), "sessions") == found


def test_events_of_one_moment_keep_one_order(make):
    events = [Happened("ada", "2026-03-02 10:00", page=f"/{name}") for name in "abcdef"]

    found = answer(make(events), "sessions")

    assert answer(make(events[::-1]), "sessions") == found


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"minutes": 0}, "expected a whole number from 1 to 1,440"),
        ({"key_events": ["event:Sold"]}, "There is no touchpoint or event “Sold”"),
        ({"key_events": ["order-completed"]}, "The key event “order-completed” is a touchpoint; expected an event"),
        ({"start": "2027-01-01", "end": "2027-01-31"}, "the data run from 2026-03-02 to 2026-03-11"),
        ({"per": "hour"}, "There is no period “hour”"),
    ],
)
def test_bad_questions_are_told_what_exists(site, given, sentence):
    with pytest.raises(facade.QuestionError, match=sentence):
        answer(site, "sessions", **given)


def test_a_breakdown_takes_customers_by_their_first_device(site):
    table = facade.answered(site, asked(site, "sessions", breakdown="device")).groups.tables[0]

    # ada came on a mobile, dee on a tablet; of eve, who has no session, and bob and cem no device is known.
    assert [row.cells[:2] for row in table.rows] == [("unknown", 2), ("mobile", 2), ("tablet", 1)]


def test_no_sessions_by_a_channel(site):
    shown = facade.answered(site, asked(site, "sessions", channel="phone")).presentation

    assert shown.sentence == (
        "There are no sessions by phone in these days. There are events by app, email, web (--channel)."
    )


def test_a_difference_that_chance_explains_is_none(make):
    events = [Happened(f"c{at}", f"2026-03-{2 + at % 9:02} 10:00", page="/") for at in range(40)]
    workspace = make([*events, *(replace(each, time=each.time[:-2] + "01", page="/b") for each in events[::2])])

    found = facade.answered(
        workspace, asked(workspace, "sessions", against='visited("page-viewed", at_least=2)')
    ).difference

    assert found.tables[0].rows[0].cells[0] == "all sessions"
    assert found.sentence.startswith("No detectable change")
