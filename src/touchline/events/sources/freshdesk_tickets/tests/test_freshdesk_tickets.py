"""tickets.csv: eight tickets, 706 to 708 unreadable, 704 begun by the company. Berlin: two hours before UTC in August."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.rules import Event, Score
from touchline.events.sources.freshdesk_tickets import SOURCE
from touchline.events.sources.freshdesk_tickets.tickets import read_ticket
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.protocol import Context

FILE = Path(__file__).parent / "tickets.csv"
FRESHSERVICE = Path(__file__).parent / "freshservice.csv"
HEADER = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
    "Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),"
    "Agent interactions,Customer interactions,Resolution status,First response status,Tags,Survey results,Product,"
    "Every response status,Full name,Contact ID"
)
WORDS = "extremely happy, very happy, happy, neutral, unhappy, very unhappy or extremely unhappy"


@pytest.fixture
def tickets(read_file):
    return read_file(SOURCE, FILE)


def of(results, ticket: str, name: str = "Ticket Created") -> Event:
    [event] = [event for event in results.named(name) if event.identifiers["case_id"] == ticket]
    return event


def test_fixture_has_every_header_in_order_with_fields_of_its_own_between() -> None:
    header = FILE.read_text(encoding="utf-8").splitlines()[0].split(",")

    assert [name for name in header if name in SOURCE.columns] == list(SOURCE.columns)
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(tickets) -> None:
    assert Counter(event.name for event in tickets.events) == {
        "Ticket Created": 4,  # 701, 702, 703, 705
        "Ticket Solved": 3,  # 701, 702, and 703 by its closing
        "Survey Answered": 4,  # 701, 702, 703, 705
        "Case Opened": 1,  # 704
        "Case Closed": 1,
    }
    assert [(refused.line, refused.reason) for refused in tickets.refused] == [
        (7, f"Survey results: found “splendid”, expected {WORDS}."),
        (8, "Created time: found “05.08.2026 kl. 16”, expected a date and time such as 2026-08-01 14:30:00 +0200."),
        (9, "First response time (in hrs): found “half a day”, expected a number such as 1,234.56."),
    ]


def test_in_hrs_holds_hours_minutes_and_seconds_or_hours(tickets) -> None:
    clock, hours = of(tickets, "701").properties, of(tickets, "702").properties

    assert clock["first_reply_business_minutes"] == 20.5  # 00:20:30
    assert clock["full_resolution_business_minutes"] == 510  # 08:30:00
    assert hours["first_reply_business_minutes"] == 30  # 0.5
    assert hours["full_resolution_business_minutes"] == 1590  # 26:30:00, more than a day
    assert clock["tracked_minutes"] == 15


@given(seconds=st.integers(0, 10**7))
def test_a_clock_and_a_number_of_hours_say_the_same(seconds: int) -> None:
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

    assert minutes(clock) == pytest.approx(seconds / 60, abs=0.01)
    assert minutes(f"{seconds / 3600:.8f}") == pytest.approx(seconds / 60, abs=0.02)


def minutes(written: str) -> float:
    cells = {"Ticket ID": "1", "Created time": "2026-08-05", "Time tracked": written}
    [ticket] = read_ticket(2, cells, Context(ZoneInfo("UTC"), "EUR", "tickets.csv", ()))
    return ticket.properties["tracked_minutes"]


def test_minutes_by_the_calendar_follow_from_the_times(tickets) -> None:
    properties = of(tickets, "701").properties

    assert properties["first_reply_minutes"] == 30
    assert properties["full_resolution_minutes"] == 1590  # 10:00 to 12:30 of the next day
    assert "first_reply_minutes" not in of(tickets, "705").properties  # answered before it was asked


def test_messages_of_both_sides_stand_on_the_solution_for_first_contact_resolution(tickets) -> None:
    solved = {event.identifiers["case_id"]: event.properties for event in tickets.named("Ticket Solved")}

    assert {ticket: each["customer_messages"] for ticket, each in solved.items()} == {"701": 1, "702": 3, "703": 2}
    assert solved["702"]["replies"] == 4


def test_survey_results_are_put_on_five_points(tickets) -> None:
    rated = {event.identifiers["case_id"]: event.score for event in tickets.named("Survey Answered")}

    assert rated == {
        "701": Score("csat", 5, 1, 5),  # Extremely Happy
        "702": Score("csat", 1, 1, 5),  # Not good
        "703": Score("csat", 4, 1, 5),  # Happy
        "705": Score("csat", 2, 1, 5),  # Unhappy
    }


def test_a_rating_is_dated_at_the_solution_and_else_at_the_last_update(tickets) -> None:
    assert of(tickets, "701", "Survey Answered").time == datetime(2026, 8, 6, 10, 30, tzinfo=UTC)
    assert of(tickets, "705", "Survey Answered").time == datetime(2026, 8, 5, 12, 5, tzinfo=UTC)


def test_a_ticket_the_company_began_is_no_question_of_the_customer(tickets) -> None:
    case = of(tickets, "704", "Case Opened")

    assert case.text is None
    assert case.channel == "email"
    assert of(tickets, "704", "Case Closed").time == datetime(2026, 8, 5, 13, 0, tzinfo=UTC)
    assert "704" not in [event.identifiers["case_id"] for event in tickets.named("Ticket Created")]


def test_who_can_be_joined_and_who_only_finds_the_same_contact(tickets) -> None:
    assert of(tickets, "701").identifiers == {
        "email": "ada@example.org",
        "phone": "+919812345678",
        "case_id": "701",
        "anonymous_id": "43001",
    }
    assert of(tickets, "702").identifiers == {"case_id": "702", "anonymous_id": "43002"}
    assert of(tickets, "701").identifiers["anonymous_id"] == of(tickets, "705").identifiers["anonymous_id"]
    assert of(tickets, "701").objects == (("case", "701"), ("account", "Quill & Co"))


@pytest.mark.parametrize(
    ("source", "channel"),
    [
        ("Email", "email"),
        ("Portal", "web"),
        ("Phone", "phone"),
        ("Chat", "chat"),
        ("Feedback Widget", "web"),
        ("Mobihelp", "app"),
        ("Twitter", "social"),
        ("WhatsApp", "social"),
        ("SMS", "sms"),
        ("Walk-up", "store"),
        ("Ecommerce", "other"),
        ("", "other"),
    ],
)
def test_source_becomes_the_channel(read_rows, source: str, channel: str) -> None:
    [ticket] = read_rows(SOURCE, {"Ticket ID": "1", "Created time": "2026-08-05", "Source": source}).events

    assert ticket.channel == channel


def test_the_subject_is_the_text_of_the_ticket_and_of_nothing_else(tickets) -> None:
    assert of(tickets, "701").text == "Where is my lamp?"
    assert of(tickets, "701", "Ticket Solved").text is None
    assert of(tickets, "701", "Survey Answered").text is None


def test_fields_of_the_help_desk_become_properties_but_no_names(tickets) -> None:
    properties = of(tickets, "701").properties

    assert (properties["order_number"], properties["product"]) == ("#1001", "Lamps")
    assert properties["tags"] == ["delivery", "late"]
    assert not any(word in repr(tickets.events) for word in ("Ada Quill", "Agent A"))


def test_freshservice_writes_the_same_with_capitals(read_file) -> None:
    results = read_file(SOURCE, FRESHSERVICE)
    created = of(results, "INC-9")

    assert [event.name for event in results] == ["Ticket Created", "Ticket Solved", "Survey Answered"]
    assert created.identifiers == {"email": "ivy@example.org", "case_id": "INC-9"}
    assert created.properties["first_reply_business_minutes"] == 10
    assert created.properties["full_resolution_business_minutes"] == 6000  # 100:00:00
    assert created.properties["urgency"] == "Low"


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("First response time (in Hrs)", "First response time (in hrs)"),
        ("Ticket Id", "Ticket ID"),
        ("Last Updated Time", "Last update time"),
        ("Survey Result", "Survey results"),
    ],
)
def test_spelling_drift_of_a_header(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}


def test_an_export_of_few_columns_is_still_known() -> None:
    assert (
        SOURCE.recognises(("Ticket ID", "Status", "Created time", "Resolution status", "Customer interactions")) >= 0.7
    )
    assert SOURCE.recognises(("Ticket ID", "Status", "Created time", "Subject")) == 0


def test_reading_again_gives_the_same_keys(read_file, tickets) -> None:
    keys = [event.key for event in tickets.events]

    assert [event.key for event in read_file(SOURCE, FILE).events] == keys
    assert len(set(keys)) == len(keys)
