"""Ada with everything and Ben without dates of joining in one file, Cy who left in the other. Berlin: UTC + 2."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.sources.mailchimp_audience import SOURCE

FOLDER = Path(__file__).parent
SUBSCRIBED = FOLDER / "subscribed_members_export_0a1b2c.csv"
UNSUBSCRIBED = FOLDER / "unsubscribed_members_export_0a1b2c.csv"
HEADER = (
    "Email Address,First Name,Last Name,Phone Number,Birthday,Favourite Room,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,"
    "CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)  # phone, birthday and room are merge fields of this audience


@pytest.fixture
def members(read_file):
    return read_file(SOURCE, SUBSCRIBED)


@pytest.fixture
def leavers(read_file):
    return read_file(SOURCE, UNSUBSCRIBED)


def test_fixtures_have_every_header_in_order() -> None:
    assert SUBSCRIBED.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert UNSUBSCRIBED.read_text(encoding="utf-8").splitlines()[0] == (
        HEADER + ",UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER"
    )


def test_what_became_of_every_row(members, leavers) -> None:
    assert Counter(event.name for event in members.events) == {"Profile Updated": 2, "Email Subscribed": 1}
    assert [refused.reason for refused in members.refused] == ["Email Address is empty, expected an e-mail address."]
    assert [event.name for event in leavers.events] == ["Profile Updated", "Email Subscribed", "Unsubscribed"]


def test_the_confirmation_is_when_somebody_subscribed(members) -> None:
    [subscribed] = members.named("Email Subscribed")

    assert subscribed.time == datetime(2026, 7, 1, 8, 5, tzinfo=UTC)
    assert subscribed.channel == "email"
    assert subscribed.identifiers == {"email": "ada@example.org", "phone": "+919812345678"}


def test_without_confirmation_the_opt_in_counts_and_without_both_nothing_is_dated(members, leavers) -> None:
    assert leavers.named("Email Subscribed")[0].time == datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
    assert [event.name for event in members.on(3)] == ["Profile Updated"]


def test_tags_are_a_quoted_list_inside_a_quoted_cell(members) -> None:
    assert members.named("Profile Updated")[0].properties["tags"] == ["VIP", "News, weekly"]


def test_merge_fields_become_facts_but_not_those_about_home_and_birth(members) -> None:
    assert members.named("Profile Updated")[0].properties == {
        "country": "IN",
        "region": "MH",
        "time_zone": "Asia/Kolkata",
        "member_rating": 4.0,
        "tags": ["VIP", "News, weekly"],
        "favourite_room": "Study",
    }
    assert "203.0.113.9" not in repr(members.events)


def test_who_left_which_mail_and_why(leavers) -> None:
    [left] = leavers.named("Unsubscribed")

    assert left.time == datetime(2026, 7, 22, 6, 0, tzinfo=UTC)
    assert left.campaign == "July news"
    assert left.properties == {"reason": "OTHER"}
    assert left.text == "Too many mails about rugs"


def test_a_cleaned_member_bounced(read_rows) -> None:
    results = read_rows(
        SOURCE,
        {"Email Address": "dee@example.org", "CLEAN_TIME": "2026-07-22 08:00:00", "CLEAN_CAMPAIGN_TITLE": "News"},
    )

    assert [(event.name, event.campaign) for event in results.named("Email Bounced")] == [("Email Bounced", "News")]
