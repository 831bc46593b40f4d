"""tickets.csv: eight tickets, #507 with a time nobody can read. Times are in Berlin, in August two hours before UTC."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.zendesk_tickets import SOURCE

FILE = Path(__file__).parent / "tickets.csv"
HEADER = (
    "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,"
    "Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,"
    "Due date,Initially assigned at,Solved at,Resolution time,Satisfaction Score,Group stations,Assignee stations,"
    "Reopens,Replies,First reply time in minutes,First reply time in minutes within business hours,"
    "First resolution time in minutes,First resolution time in minutes within business hours,"
    "Full resolution time in minutes,Full resolution time in minutes within business hours,"
    "Agent wait time in minutes,Agent wait time in minutes within business hours,"
    "Requester wait time in minutes,Requester wait time in minutes within business hours,"
    "On hold time in minutes,On hold time in minutes within business hours"
)


@pytest.fixture
def tickets(read_file):
    return read_file(SOURCE, FILE)


def of_ticket(results, number: str, name: str = "Ticket Created"):
    [event] = [event for event in results.named(name) if event.identifiers["case_id"] == number]
    return event


def test_fixture_has_every_header_in_order_and_then_the_custom_fields() -> None:
    first_line = FILE.read_text(encoding="utf-8").splitlines()[0]

    assert first_line == f"{HEADER},Ticket Category [list],Order Number [txt]"
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(tickets) -> None:
    assert Counter(event.name for event in tickets.events) == {
        "Ticket Created": 7,  # eight tickets, one unreadable
        "Ticket Solved": 3,  # 501, 502, 503
        "Ticket Reopened": 2,  # 502, 505
        "Survey Answered": 3,  # 501 and 508 good, 502 bad
    }
    assert [refused.line for refused in tickets.refused] == [8]


def test_a_ticket_is_joined_by_address_external_id_and_number(tickets) -> None:
    assert of_ticket(tickets, "501").identifiers == {
        "email": "ada@example.org",
        "external_id": "C-1",
        "case_id": "501",
    }
    assert of_ticket(tickets, "501").objects == (("case", "501"), ("account", "Quill & Co"))


@pytest.mark.parametrize(
    ("number", "channel"),
    [("501", "web"), ("502", "email"), ("503", "chat"), ("504", "phone"), ("505", "social"), ("506", "other")],
)
def test_via_becomes_the_channel(tickets, number: str, channel: str) -> None:
    assert of_ticket(tickets, number).channel == channel


def test_times_without_offset_are_read_in_the_assumed_zone(tickets) -> None:
    assert of_ticket(tickets, "501").time == datetime(2026, 8, 5, 8, 0, tzinfo=UTC)


def test_list_fields_of_the_help_desk_become_properties(tickets) -> None:
    properties = of_ticket(tickets, "501").properties

    assert (properties["ticket_category"], properties["order_number"]) == ("Delivery", "#1001")


def test_calendar_and_business_minutes_are_kept_apart(tickets) -> None:
    properties = of_ticket(tickets, "501").properties

    assert (properties["first_reply_minutes"], properties["first_reply_business_minutes"]) == (30, 20)
    assert "agent_wait_minutes" not in properties  # empty in the file


def test_reopens_and_replies_stand_on_the_solution_for_first_contact_resolution(tickets) -> None:
    assert of_ticket(tickets, "501", "Ticket Solved").properties["reopens"] == 0
    assert of_ticket(tickets, "501", "Ticket Solved").properties["replies"] == 1
    assert of_ticket(tickets, "502", "Ticket Solved").properties["reopens"] == 2


def test_a_reopening_has_no_time_in_the_file_and_is_put_after_the_first_solution(tickets) -> None:
    reopened = of_ticket(tickets, "502", "Ticket Reopened")

    assert reopened.time == datetime(2026, 8, 6, 9, 0, tzinfo=UTC)  # created 11:00 in Berlin, plus 1,440 minutes
    assert reopened.properties == {"reopens": 2.0, "time_stated": False}


def test_a_reopened_ticket_without_any_solution_time_stays_at_its_creation(tickets) -> None:
    assert of_ticket(tickets, "505", "Ticket Reopened").time == of_ticket(tickets, "505").time


def test_good_and_bad_are_the_ends_of_the_five_point_scale(tickets) -> None:
    rated = {event.identifiers["case_id"]: event.score for event in tickets.named("Survey Answered")}

    assert rated == {"501": Score("csat", 5, 1, 5), "502": Score("csat", 1, 1, 5), "508": Score("csat", 5, 1, 5)}


def test_offered_is_no_answer(tickets) -> None:
    assert "503" not in [event.identifiers["case_id"] for event in tickets.named("Survey Answered")]


def test_a_rating_is_dated_at_the_solution_and_else_at_the_last_update(tickets) -> None:
    assert of_ticket(tickets, "501", "Survey Answered").time == datetime(2026, 8, 5, 10, 0, tzinfo=UTC)
    assert of_ticket(tickets, "508", "Survey Answered").time == datetime(2026, 8, 6, 7, 0, tzinfo=UTC)


def test_an_unknown_rating_is_refused_with_the_words_expected(read_rows) -> None:
    [refused] = read_rows(
        SOURCE, {"Id": "1", "Created at": "2026-08-05 10:00", "Satisfaction Score": "Splendid"}
    ).refused

    assert refused.reason == "Satisfaction Score: found “splendid”, expected Good, Bad, Offered or nothing."


def test_the_subject_is_the_text_of_the_ticket_and_of_nothing_else(tickets) -> None:
    assert of_ticket(tickets, "501").text == "Where is my lamp?"
    assert of_ticket(tickets, "501", "Ticket Solved").text is None
    assert of_ticket(tickets, "501", "Survey Answered").text is None


def test_an_unreadable_time_refuses_the_ticket(tickets) -> None:
    assert tickets.refused[0].reason.startswith("Created at: found “05.08.2026 kl. 16”, expected a date and time")


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("First reply time (min)", "First reply time in minutes"),
        ("Satisfaction", "Satisfaction Score"),
        ("Ticket ID", "Id"),
        ("ticket_metrics.reply_time_in_minutes.calendar", "First reply time in minutes"),
        (
            "ticket_metrics.full_resolution_time_in_minutes.business",
            "Full resolution time in minutes within business hours",
        ),
    ],
)
def test_newer_exports_abbreviate_and_the_api_has_its_own_names(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}


def test_reading_again_gives_the_same_keys(read_file, tickets) -> None:
    keys = [event.key for event in tickets.events]

    assert [event.key for event in read_file(SOURCE, FILE).events] == keys
    assert len(set(keys)) == len(keys)
