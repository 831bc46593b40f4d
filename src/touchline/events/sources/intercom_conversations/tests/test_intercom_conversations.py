"""answer.json, an answer of the API with seven conversations: 301 rated after a weekend, 302 of a group, 303 begun by the
company and answered, 304 not answered, 305 open again, 306 with six of five stars, 307 without a time. The first two once
more as a JSON list and as JSON lines."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Score
from touchline.events.sources.intercom_conversations import SOURCE
from touchline.events.sources.protocol import Context

FOLDER = Path(__file__).parent
ANSWER = FOLDER / "answer.json"
FIELDS = {
    "id": None, "created_at": None, "updated_at": None, "waiting_since": None, "snoozed_until": None,
    "source": ("type", "delivered_as", "subject", "body", "author"),
    "state": None, "open": None, "read": None, "priority": None, "tags": None,
    "sla_applied": ("sla_name", "sla_status"),
    "conversation_rating": ("rating", "remark", "created_at", "contact", "teammate"),
    "statistics": (
        "time_to_assignment", "time_to_admin_reply", "time_to_first_close", "time_to_last_close",
        "median_time_to_reply", "first_contact_reply_at", "first_admin_reply_at", "first_close_at", "last_close_at",
    ),
}  # fmt: skip


@pytest.fixture
def conversations(read_file):
    return read_file(SOURCE, ANSWER)


def of(results, number: str, name: str = "Ticket Created"):
    [event] = [event for event in results.named(name) if event.identifiers["case_id"] == number]
    return event


def test_fixture_has_every_field_in_order() -> None:
    first = json.loads(ANSWER.read_text("utf-8"))["conversations"][0]

    assert [name for name in first if name in FIELDS] == list(FIELDS)
    for name, inner in FIELDS.items():
        if inner:
            assert [field for field in first[name] if field in inner] == list(inner)


def test_what_became_of_every_conversation(conversations) -> None:
    assert Counter(event.name for event in conversations.events) == {
        "Ticket Created": 4,  # 301, 302, 303, 305
        "Ticket Solved": 2,  # 301, 303
        "Ticket Reopened": 2,  # 301, 305
        "Survey Answered": 1,  # 301
    }
    assert [(skipped.line, skipped.reason) for skipped in conversations.skipped] == [
        (4, "message of the company that nobody answered")
    ]
    assert [(refused.line, refused.reason) for refused in conversations.refused] == [
        (6, "conversation_rating.rating: found “6”, expected a number from 1 to 5."),
        (7, "created_at is empty, expected seconds since 1970."),
    ]


@pytest.mark.parametrize("name", ["list.json", "lines.jsonl"])
def test_a_list_and_lines_hold_the_same_as_an_answer_of_the_api(read_file, conversations, name: str) -> None:
    assert read_file(SOURCE, FOLDER / name) == [result for result in conversations if result.line <= 2]


def test_times_are_seconds_since_1970(conversations) -> None:
    assert of(conversations, "301").time == datetime(2026, 8, 7, 17, 0, tzinfo=UTC)


def test_durations_are_seconds_of_office_hours_and_the_calendar_is_another_thing(conversations) -> None:
    measures = of(conversations, "301", "Ticket Solved").properties

    assert measures == {
        "first_reply_minutes": 3785,  # Friday 17:00 to Monday 08:05
        "first_reply_business_minutes": 5,  # 300 seconds
        "first_resolution_minutes": 3840,
        "first_resolution_business_minutes": 60,
        "full_resolution_minutes": 3900,
        "full_resolution_business_minutes": 90,
        "assignment_business_minutes": 1,
        "median_reply_business_minutes": 4,
        "reopens": 1,
        "parts": 7,
    }


def test_a_rating_is_of_five_with_the_customers_remark(conversations) -> None:
    rated = of(conversations, "301", "Survey Answered")

    assert (rated.score, rated.text) == (Score("csat", 5, 1, 5), "So quick!")
    assert rated.time == datetime(2026, 8, 10, 10, 30, tzinfo=UTC)


def test_a_rating_that_was_not_given_is_no_answer(conversations) -> None:
    assert "302" not in [event.identifiers["case_id"] for event in conversations.named("Survey Answered")]


def test_the_customers_words_are_taken_over_without_html(conversations) -> None:
    assert of(conversations, "301").text == "Order 1001\nWhere is my lamp?"


def test_a_conversation_the_company_began_counts_from_the_customers_answer_and_has_no_words(conversations) -> None:
    answered = of(conversations, "303")

    assert answered.time == datetime(2026, 8, 8, 11, 0, tzinfo=UTC)
    assert answered.text is None
    assert "How do you like" not in repr(conversations.events)


def test_a_closed_conversation_without_a_closing_time_says_so(conversations) -> None:
    solved = of(conversations, "303", "Ticket Solved")

    assert solved.time == datetime(2026, 8, 8, 12, 0, tzinfo=UTC)  # its last update
    assert solved.properties["time_stated"] is False
    assert "time_stated" not in of(conversations, "301", "Ticket Solved").properties


def test_a_conversation_that_is_open_again_is_not_solved(conversations) -> None:
    assert of(conversations, "305", "Ticket Reopened").properties == {"reopens": 1, "time_stated": False}
    assert of(conversations, "305", "Ticket Reopened").time == datetime(2026, 8, 8, 14, 0, tzinfo=UTC)
    assert "305" not in [event.identifiers["case_id"] for event in conversations.named("Ticket Solved")]


def test_who_can_be_joined_and_who_only_finds_the_same_contact(conversations) -> None:
    assert of(conversations, "301").identifiers == {
        "user_id": "U-1",
        "email": "ada@example.org",
        "anonymous_id": "c1",
        "case_id": "301",
    }
    assert of(conversations, "303").identifiers == {"user_id": "U-1", "anonymous_id": "c1", "case_id": "303"}
    assert of(conversations, "305").identifiers == {"anonymous_id": "c5", "case_id": "305"}


def test_of_a_group_only_the_one_who_wrote_is_joined(conversations) -> None:
    assert of(conversations, "302").identifiers == {
        "email": "ben@example.org",
        "anonymous_id": "c2",
        "case_id": "302",
    }  # and not U-3, the first contact of the list


def test_channel_tags_and_service_levels(conversations) -> None:
    assert [of(conversations, number).channel for number in ("301", "302", "305")] == ["chat", "email", "social"]
    properties = of(conversations, "301").properties
    assert properties["tags"] == ["delivery", "late"]
    assert (properties["sla_name"], properties["sla_status"]) == ("VIP", "hit")
    assert of(conversations, "305").properties["bot_took_part"] is True


def test_names_and_agents_are_not_taken_over(conversations) -> None:
    assert not any(word in repr(conversations.events) for word in ("Quill", "Agent A", "agent@shop.example"))


def test_an_export_of_few_fields_is_still_known() -> None:
    assert SOURCE.recognises(("id", "created_at", "source.type", "source.delivered_as", "state", "_json")) >= 0.8
    assert SOURCE.recognises(("id", "created_at", "state", "_json")) == 0
    assert SOURCE.recognises(open_sheet(ANSWER).columns) > 0.8


def test_reading_again_gives_the_same_keys(read_file, conversations) -> None:
    keys = [event.key for event in conversations.events]

    assert [event.key for event in read_file(SOURCE, ANSWER).events] == keys
    assert len(set(keys)) == len(keys)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "id", "contacts", "rating"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(list(FIELDS)), json_values))
def test_no_json_object_breaks_the_reader(told: dict) -> None:
    context = Context(ZoneInfo("UTC"), "EUR", "answer.json", ())
    assert list(SOURCE.read([(7, {"_json": json.dumps(told)})], context))
