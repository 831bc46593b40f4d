"""calls.jsonl: fifteen lines, line 9 a batch of three of which one is bad."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.rules import Event, Refused, Score
from touchline.events.sources.protocol import Context
from touchline.events.sources.segment_jsonl import SOURCE
from touchline.events.sources.segment_jsonl.clock import happened
from touchline.events.sources.segment_jsonl.surroundings import channel_of, device_of

FILE = Path(__file__).parent / "calls.jsonl"


@pytest.fixture
def calls(read_file):
    return read_file(SOURCE, FILE)


def message(results, key: str) -> Event:
    [event] = [event for event in results.events if event.key == key]
    return event


def one(assumed: Context, **call: object) -> Event:
    [result] = SOURCE.read([(1, {"_json": json.dumps({"timestamp": "2026-08-01T10:00:00Z", **call})})], assumed)
    assert isinstance(result, Event), result
    return result


def test_what_became_of_every_line(calls) -> None:
    assert Counter(event.name for event in calls.events) == {
        "Page Viewed": 1,
        "Screen Viewed": 1,
        "Order Completed": 1,
        "Profile Updated": 2,
        "Account Joined": 1,
        "Identity Linked": 1,
        "Email Opened": 1,
        "Ünïcødé 🎉": 1,
        "Order Refunded": 1,
        "Product Reviewed": 1,
        "Store Visited": 1,
    }
    assert [(skipped.line, skipped.reason) for skipped in calls.skipped] == [(7, "alias of an id to itself")]
    assert [(refused.line, refused.reason) for refused in calls.refused] == [
        (9, "event is empty, expected the name of what happened."),
        (12, "properties.score: found “9”, expected a number from 1 to 5."),
        (13, "properties.total: found “plenty”, expected a number."),
        (14, "type: found “telepathy”, expected track, page, screen, identify, group or alias."),
    ]


def test_a_device_with_a_wrong_clock_is_corrected_by_the_time_it_took_to_send(calls) -> None:
    # three days ahead; sent two seconds after it happened, received at 10:00:02.5
    assert message(calls, "m1").time == datetime(2026, 8, 1, 10, 0, 0, 500000, tzinfo=UTC)


@given(skew=st.integers(-(10**7), 10**7), waited=st.integers(0, 10**6))
def test_time_is_received_minus_the_wait_whatever_the_clock_says(skew: int, waited: int) -> None:
    received = 1_785_000_000
    call = {"originalTimestamp": received + skew - waited, "sentAt": received + skew, "receivedAt": received}

    assert happened(call, {}).timestamp() == received - waited


def test_sent_time_of_the_batch_holds_for_its_calls_but_corrects_nothing_without_a_received_time(calls) -> None:
    assert message(calls, "m9").time == datetime(2026, 8, 1, 10, 30, tzinfo=UTC)


def test_offsets_and_epoch_milliseconds_are_times(calls) -> None:
    assert message(calls, "m2").time == datetime(2026, 8, 1, 8, 20, tzinfo=UTC)
    assert message(calls, "m4").time == datetime(2026, 8, 1, 10, 22, tzinfo=UTC)
    assert calls.named("Store Visited")[0].time == datetime(2026, 8, 2, 11, 0, tzinfo=UTC)


def test_a_page_is_viewed_at_its_path(calls) -> None:
    page = message(calls, "m1")

    assert (page.name, page.page, page.label, page.channel) == ("Page Viewed", "/collections/lamps", "Lamps", "web")
    assert (page.campaign, page.session, page.device) == ("Summer", "1754000000", "mobile")


def test_an_order_has_value_currency_products_and_everyone_it_names(calls) -> None:
    order = message(calls, "m2")

    assert (order.value, order.currency) == (Decimal("185.0"), "GBP")
    assert order.objects == (("order", "1001"), ("product", "LAMP-OAK"), ("product", "RUG-01"))
    assert order.identifiers == {
        "user_id": "u-1",
        "email": "ada@example.org",
        "order_id": "1001",
        "anonymous_id": "a-1",
    }


def test_money_given_back_is_negative_and_takes_the_assumed_currency(calls) -> None:
    assert (message(calls, "m12").value, message(calls, "m12").currency) == (Decimal("-25.00"), "EUR")


def test_null_ids_are_no_ids(calls) -> None:
    assert message(calls, "m4").identifiers == {"user_id": "u-2", "email": "ben@example.org"}


def test_traits_come_from_the_call_or_with_rudderstack_from_the_context(calls) -> None:
    assert message(calls, "m3").properties == {"email": "ada@example.org", "phone": "+919812345678", "country": "IN"}
    assert message(calls, "m4").properties == {"email": "ben@example.org", "plan": "gold"}


def test_a_group_is_an_account(calls) -> None:
    assert message(calls, "m5").objects == (("account", "acc-9"),)


def test_an_alias_links_two_identifiers_and_one_to_itself_is_harmless(calls) -> None:
    assert message(calls, "m6").identifiers == {"user_id": "u-1", "anonymous_id": "a-0"}
    assert "m7" not in [event.key for event in calls.events]


def test_an_alias_links_the_previous_id_also_where_a_browser_sends_its_own_beside_it(context) -> None:
    event = one(context, type="alias", userId="ada", previousId="kiosk-7", anonymousId="browser-1")

    assert event.identifiers == {"user_id": "ada", "anonymous_id": "kiosk-7"}


def test_a_bad_call_in_a_batch_is_refused_alone(calls) -> None:
    kinds = [type(result) for result in calls.on(9)]

    assert kinds == [Event, Refused, Event]


def test_what_the_sender_adds_around_a_call_is_kept_whole_and_what_sdks_add_is_not(context) -> None:
    around = {
        "ip": "192.0.2.7", "userAgent": "Mozilla/5.0", "library": {"name": "analytics.js"}, "screen": {"width": 390},
        "shelf": {"rows": [1, {"left": None}]}, "app": {"version": "2.1"},
    }  # fmt: skip
    call = {"type": "track", "event": "Shelf Seen", "userId": "ada", "context": around, "properties": {"price": 3}}

    event = one(context, **call, integrations={"All": False, "Mail": {"lists": ["a"]}})

    assert event.properties == {
        "price": 3,
        "context": {"shelf": {"rows": [1, {"left": None}]}, "app": {"version": "2.1"}},
        "integrations": {"All": False, "Mail": {"lists": ["a"]}},
    }


def test_a_property_goes_before_what_is_around_the_call(context) -> None:
    call = {
        "type": "track",
        "event": "Shelf Seen",
        "userId": "ada",
        "context": {"shelf": 1},
        "integrations": {"All": True},
    }

    assert one(context, **call, properties={"context": "spring"}).properties == {"context": "spring"}


def test_names_of_track_calls_are_kept_as_sent(calls) -> None:
    assert message(calls, "m11").name == "Ünïcødé 🎉"


def test_a_review_has_stars_words_and_a_language(calls) -> None:
    review = message(calls, "m13")

    assert review.score == Score("stars", 4, 1, 5)
    assert (review.text, review.language) == ("Warm light.", "en")


def test_a_call_without_message_id_is_known_by_its_content(read_file, calls) -> None:
    [visit] = calls.named("Store Visited")

    assert visit.key.startswith("content:")
    assert [event.key for event in read_file(SOURCE, FILE).events] == [event.key for event in calls.events]


def test_a_survey_answer_may_state_its_scale(context) -> None:
    properties = {"metric": "csat", "score": 9, "scale_min": 0, "scale_max": 10, "text": "Fine"}
    answer = one(context, type="track", event="Survey Answered", userId="u", properties=properties)

    assert (answer.score, answer.text) == (Score("csat", 9, 0, 10), "Fine")


@pytest.mark.parametrize(
    ("name", "call", "around", "channel"),
    [
        ("Store Visited", {}, {}, "other"),
        ("Product Viewed", {}, {"library": {"name": "analytics.js"}}, "web"),
        ("Product Viewed", {}, {"library": {"name": "RudderLabs JavaScript SDK"}}, "web"),
        ("Product Viewed", {}, {"library": {"name": "analytics-android"}}, "app"),
        ("Product Viewed", {}, {"library": {"name": "analytics-react-native"}}, "app"),
        ("Product Viewed", {}, {"device": {"type": "ios"}}, "app"),
        ("Product Viewed", {"channel": "mobile"}, {}, "app"),
        ("Order Completed", {"channel": "server"}, {"library": {"name": "analytics-python"}}, "other"),
        ("Email Opened", {}, {"library": {"name": "analytics.js"}}, "email"),
        ("Live Chat Message Sent", {}, {"library": {"name": "analytics.js"}}, "chat"),
        ("Push Notification Tapped", {}, {"library": {"name": "analytics-ios"}}, "push"),
    ],
)
def test_channel_by_name_then_by_what_sent_the_call(name: str, call: dict, around: dict, channel: str) -> None:
    assert channel_of(name, call, around, {}) == channel


def test_a_channel_that_the_call_states_wins(calls) -> None:
    assert calls.named("Store Visited")[0].channel == "store"


@pytest.mark.parametrize(
    ("around", "device"),
    [
        ({"userAgent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Mobile/15E148"}, "mobile"),
        ({"userAgent": "Mozilla/5.0 (iPad; CPU OS 18_0) Version/18.0 Safari/604.1"}, "tablet"),
        ({"userAgent": "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36"}, "mobile"),
        ({"userAgent": "Mozilla/5.0 (Linux; Android 15; SM-X910) Chrome/140.0 Safari/537.36"}, "tablet"),
        ({"userAgent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0"}, "desktop"),
        ({"device": {"type": "android", "model": "Pixel 9"}}, "mobile"),
        ({"device": {"type": "ios", "model": "iPad14,1"}}, "tablet"),
        ({"device": {"type": "desktop"}}, "desktop"),
        ({}, None),
    ],
)
def test_device_by_its_type_or_the_user_agent(around: dict, device: str | None) -> None:
    assert device_of(around) == device


def test_a_campaign_without_a_name_is_where_it_came_from(context) -> None:
    around = {"campaign": {"source": "google", "medium": "cpc"}}

    assert one(context, type="page", anonymousId="a", context=around).campaign == "google / cpc"


def test_lines_of_other_json_are_not_taken_for_calls() -> None:
    assert SOURCE.recognises(("type", "messageId", "userId", "context.page.path", "timestamp", "_json")) > 0.8
    assert SOURCE.recognises(("batch", "sentAt", "_json")) > 0.7
    assert SOURCE.recognises(("type", "messageId", "userId")) == 0  # a CSV
    assert SOURCE.recognises(("id", "type", "amount", "_json")) == 0


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["type", "event", "name", "messageId", "userId", "anonymousId", "timestamp", "sentAt", "receivedAt",
             "properties", "traits", "context", "batch", "groupId"]
        ),
        json_values | st.sampled_from(["track", "page", "identify", {"total": 1}, {"device": {"type": 1}}]),
    )
)  # fmt: skip
def test_no_json_object_breaks_the_reader(call: dict) -> None:
    context = Context(ZoneInfo("UTC"), "EUR", "calls.jsonl", ())
    assert list(SOURCE.read([(7, {"_json": json.dumps(call)})], context))


def test_a_call_without_consent_names_nobody(context: Context) -> None:
    told = {"order_id": "1001", "email": "ada@quill.example", "total": 5}
    around = {"traits": {"phone": "1"}, "consent": {"cookieless": True}}

    event = one(context, type="track", event="Order Completed", userId="ada", properties=told, context=around)

    assert event.identifiers == {}
    assert event.value == 5
