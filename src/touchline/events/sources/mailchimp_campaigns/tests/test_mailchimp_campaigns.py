"""campaigns.csv: one mailing with all its counts, a draft without any, and a row that was never sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.sources.mailchimp_campaigns import SOURCE

FILE = Path(__file__).parent / "campaigns.csv"
HEADER = (
    "Title,Subject,List,Send Date,Send Weekday,Total Recipients,Successful Deliveries,Soft Bounces,Hard Bounces,"
    "Total Bounces,Times Forwarded,Forwarded Opens,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,"
    "Total Clicks,Unsubscribes,Abuse Complaints,Times Liked on Facebook,Folder Id,Unique Id,Total Orders,"
    "Total Gross Sales,Total Revenue,Visits,New Visits,Pages/Visit,Bounce Rate,Time on Site,Goal Conversion Rate,"
    "Per Visit Goal Value,Transactions,Ecommerce Conversion Rate,Per Visit Value,Average Value"
)


@pytest.fixture
def campaigns(read_file):
    return read_file(SOURCE, FILE)


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_a_mailing_becomes_counts_and_no_people(campaigns) -> None:
    assert campaigns.events == []
    assert {point.measure: point.amount for point in campaigns.points} == {
        "recipients": 1200,
        "deliveries": 1180,
        "soft_bounces": 12,
        "hard_bounces": 8,
        "unique_opens": 700,
        "total_opens": 1105,
        "unique_clicks": 90,
        "total_clicks": 120,
        "unsubscribes": 6,
        "complaints": 1,
        "orders": 14,
        "revenue": 980.5,
        "visits": 88,
    }
    assert {(point.label, point.channel) for point in campaigns.points} == {("July news", "email")}


def test_the_source_says_that_nobody_can_be_joined() -> None:
    assert SOURCE.joins_people.startswith("No row can be joined to a person")


def test_the_send_date_is_read_in_the_assumed_zone(campaigns) -> None:
    assert campaigns.points[0].time == datetime(2026, 7, 20, 8, 0, tzinfo=UTC)


def test_bounce_rate_is_of_the_web_site_and_never_taken_for_bounced_mail(campaigns) -> None:
    bounces = {point.measure for point in campaigns.points if point.name == "Email Bounced"}

    assert bounces == {"soft_bounces", "hard_bounces"}


def test_columns_are_found_in_any_order(read_rows) -> None:
    [point] = read_rows(
        SOURCE, {"Abuse Complaints": "2", "Send Date": "Jul 20, 2026 10:00 am", "Title": "July news"}
    ).points

    assert (point.name, point.measure, point.amount) == ("Email Marked as Spam", "complaints", 2)


def test_a_draft_is_skipped_and_a_row_never_sent_is_refused(campaigns) -> None:
    assert [(skipped.line, skipped.reason) for skipped in campaigns.skipped] == [(3, "campaign without any count")]
    assert [(refused.line, refused.reason) for refused in campaigns.refused] == [
        (4, "Send Date is empty, expected a date and time.")
    ]


def test_keys_are_the_campaigns_id_and_the_measure(campaigns) -> None:
    keys = [point.key for point in campaigns.points]

    assert keys[0] == "abc123|recipients"
    assert len(set(keys)) == len(keys)
