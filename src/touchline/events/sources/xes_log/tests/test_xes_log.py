from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Event, Refused, Score
from touchline.events.sources.xes_log import SOURCE

LOG = Path(__file__).parent / "complaints.xes"
ReadFile = Callable[..., list[object]]


@pytest.fixture
def results(read_file: ReadFile) -> list[object]:
    return read_file(SOURCE, LOG)


def test_every_event_is_an_event_or_says_what_it_lacks(results: list[object]) -> None:
    assert [(type(each).__name__, each.line) for each in results] == [
        ("Event", 1),
        ("Event", 2),
        ("Event", 3),
        ("Event", 4),
        ("Event", 5),
        ("Refused", 6),
        ("Refused", 7),
    ]
    assert [each.reason for each in results if isinstance(each, Refused)] == [
        "time:timestamp is empty, expected a date and time.",
        "concept:name is empty, expected the name of what happened.",
    ]


def test_the_customer_is_who_the_case_says_else_the_case(results: list[object]) -> None:
    events = [each for each in results if isinstance(each, Event)]

    assert events[0].identifiers == {"external_id": "C-17", "case_id": "Case 1"}
    assert events[3].identifiers == {"case_id": "Case 2"}  # the e-mail address at the event is the agent's
    assert events[0].objects == (("case", "Case 1"),)


def test_attributes_keep_their_types_and_the_lifecycle(results: list[object]) -> None:
    first, second, *_ = (each for each in results if isinstance(each, Event))

    assert first.properties == {
        "case:amount claimed": 12.5,
        "case:outcome": "refund",  # stands behind the events of its case
        "lifecycle:transition": "start",
        "org:resource": "Sam",
    }
    assert first.channel == "email"
    assert first.time == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert (second.properties["pages"], second.properties["urgent"], second.properties["topics"]) == (
        3,
        True,
        ["late", "wet"],
    )


def test_a_score_needs_its_metric_and_a_time_without_offset_the_zone(results: list[object]) -> None:
    answered = next(each for each in results if getattr(each, "name", "") == "Survey Answered")

    assert answered.score == Score("csat", 4.0, 1.0, 5.0)
    assert answered.time == datetime(2026, 1, 6, 9, tzinfo=UTC)  # Berlin


def test_two_equal_events_of_a_case_are_two(results: list[object]) -> None:
    keys = [each.key for each in results if isinstance(each, Event)]

    assert len(set(keys)) == 5
    assert keys[3] == "Case 2\x1f8\x1f\x1f2026-01-07T10:00:00Z"


def test_a_packed_log_is_the_same_log(read_file: ReadFile, tmp_path: Path, results: list[object]) -> None:
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress(LOG.read_bytes()))

    assert read_file(SOURCE, packed) == results


def test_the_columns_say_what_the_log_has() -> None:
    assert open_sheet(LOG).columns[:4] == (
        "case:concept:name",
        "case:customer_id",
        "case:amount claimed",
        "case:full name",
    )


def test_a_log_without_customers_says_who_is_followed() -> None:
    assert SOURCE.left_out(open_sheet(LOG).columns) == (
        "Not kept, because they are facts about a person: case:full name.",
    )
    assert SOURCE.left_out(("case:concept:name", "concept:name", "email", "_json")) == (
        "No attribute names a customer: each case is followed as one.",
    )
