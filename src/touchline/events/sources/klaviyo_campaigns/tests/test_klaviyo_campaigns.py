"""campaigns.csv: July news with every count, a test of two variants, a text message, and three rows without a point."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.sources.klaviyo_campaigns import SOURCE

FILE = Path(__file__).parent / "campaigns.csv"
LISTED = (
    "Campaign Name,Tags,Subject,List,Send Time,Send Weekday,Total Recipients,Unique Placed Order,Placed Order Rate,"
    "Revenue,Unique Opens,Open Rate,Total Opens,Unique Clicks,Click Rate,Total Clicks,Unsubscribes,Spam Complaints,"
    "Spam Complaints Rate,Successful Deliveries,Bounces,Bounce Rate,Campaign ID,Campaign Channel"
)
OF_TESTS = {"Variant Name", "Winning Variant?"}  # columns of accounts that test variants


@pytest.fixture
def campaigns(read_file):
    return read_file(SOURCE, FILE)


def of(results, campaign: str):
    return [point for point in results.points if point.label == campaign]


def test_fixture_has_every_header_in_order() -> None:
    header = FILE.read_text(encoding="utf-8").splitlines()[0]

    assert header.split(",") == list(SOURCE.columns)
    assert ",".join(name for name in header.split(",") if name not in OF_TESTS) == LISTED


def test_what_became_of_every_row(campaigns) -> None:
    assert campaigns.events == []
    assert [len(campaigns.on(line)) for line in range(2, 9)] == [11, 4, 4, 8, 1, 1, 1]
    assert [(skipped.line, skipped.reason) for skipped in campaigns.skipped] == [
        (6, "campaign that was not sent"),
        (7, "campaign without any count"),
    ]
    assert [refused.reason for refused in campaigns.refused] == [
        "Campaign Channel: found “Pigeon”, expected Email, SMS or Mobile Push."
    ]


def test_a_campaign_becomes_counts_and_no_people(campaigns) -> None:
    assert {point.measure: point.amount for point in of(campaigns, "July news")} == {
        "recipients": 1200,
        "deliveries": 1180,
        "bounces": 20,
        "unique_opens": 700,
        "total_opens": 1105,
        "unique_clicks": 90,
        "total_clicks": 120,
        "unsubscribes": 6,
        "complaints": 1,
        "orders": 14,
        "revenue": 1050.5,
    }


def test_the_source_says_that_nobody_can_be_joined() -> None:
    assert SOURCE.joins_people.startswith("No row can be joined to a person")


def test_the_two_variants_of_a_test_do_not_replace_each_other(campaigns) -> None:
    clicks = {point.key: point.amount for point in of(campaigns, "Rug sale") if point.measure == "unique_clicks"}

    assert clicks == {"01KB|A|unique_clicks": 9, "01KB|B|unique_clicks": 12}


def test_a_text_message_is_no_mail(campaigns) -> None:
    assert {point.channel for point in of(campaigns, "Flash")} == {"sms"}
    assert {point.measure: point.name for point in of(campaigns, "Flash")} == {
        "recipients": "SMS Sent",
        "deliveries": "SMS Delivered",
        "bounces": "SMS Bounced",
        "unique_clicks": "SMS Link Clicked",
        "unsubscribes": "Unsubscribed",
        "complaints": "Email Marked as Spam",
        "orders": "Order Completed",
        "revenue": "Order Completed",
    }


def test_the_send_time_is_read_in_the_assumed_zone(campaigns) -> None:
    assert of(campaigns, "July news")[0].time == datetime(2026, 7, 20, 8, 0, tzinfo=UTC)


def test_without_an_id_a_campaign_is_known_by_its_name_and_time(read_rows) -> None:
    [point] = read_rows(
        SOURCE, {"Campaign Name": "July news", "Send Time": "2026-07-20 10:00:00", "Total Clicks": "3"}
    ).points

    assert point.key == "July news|2026-07-20T10:00:00+02:00|total_clicks"
    assert (point.name, point.channel) == ("Email Link Clicked", "email")
