"""all_responses.csv: four respondents under two header rows. Berlin: UTC + 2."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.surveymonkey import SOURCE

FILE = Path(__file__).parent / "all_responses.csv"
HEADER = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1"


@pytest.fixture
def responses(read_file):
    return read_file(SOURCE, FILE)


def of(results, respondent: str):
    return [event for event in results.events if event.key.startswith(f"{respondent}|")]


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").startswith(f"{HEADER},")
    assert ",".join(SOURCE.columns) == HEADER


def test_the_second_header_row_is_skipped_and_no_respondent(responses) -> None:
    assert [(skipped.line, skipped.reason) for skipped in responses.skipped] == [
        (2, "second header row, with the answer options"),
        (5, "no question was answered"),
    ]


def test_what_became_of_every_row(responses) -> None:
    assert [(event.line, event.score.metric, event.score.value) for event in responses.events] == [
        (3, "ces", 6),
        (3, "csat", 5),  # Very satisfied
        (3, "stars", 4),  # Delivery
        (3, "stars", 2),  # Packaging
        (4, "ces", 1),  # Strongly disagree
        (4, "csat", 3),  # Neither satisfied nor dissatisfied
    ]
    [refused] = responses.refused
    assert refused.reason == (
        "Marl & Moss made it easy for me to handle my issue: found “9”, expected a number from 1 to 7; "
        "state another scale in the question, as in '(1 to 10)'."
    )


def test_choices_of_several_spread_over_columns_come_together(responses) -> None:
    assert of(responses, "114001")[0].properties["Which products did you buy?"] == ["Lamp", "Rug"]
    assert of(responses, "114002")[0].properties["Which products did you buy?"] == ["A vase"]


def test_a_matrix_is_one_question_per_row_of_it(responses) -> None:
    titles = [event.properties["question"] for event in of(responses, "114001")]

    assert titles[2:] == ["Please rate the following: Delivery", "Please rate the following: Packaging"]


def test_keys_are_the_respondent_and_the_words_of_the_question(responses) -> None:
    keys = [event.key for event in responses.events]

    assert len(set(keys)) == len(keys)
    assert keys[2] == "114001|please rate the following delivery"


def test_the_comment_is_attached_to_the_score_before_it(responses) -> None:
    assert [event.text for event in of(responses, "114001")] == [None, None, None, "The box was far too big."]


def test_custom_data_is_an_order_an_address_or_the_customers_id(read_rows, responses) -> None:
    assert of(responses, "114001")[0].identifiers == {"email": "ada@example.org", "external_id": "C-1"}
    assert of(responses, "114002")[0].identifiers == {"order_id": "1002"}
    [event] = read_rows(
        SOURCE,
        {
            "Respondent ID": "1",
            "Start Date": "08/11/2026 09:00:00 AM",
            "Custom Data 1": "gus@example.org",
            "How satisfied are you?": "3",
        },
    ).events
    assert event.identifiers == {"email": "gus@example.org"}


def test_dates_put_the_month_first_and_are_read_in_the_assumed_zone(responses) -> None:
    assert of(responses, "114001")[0].time == datetime(2026, 8, 11, 7, 5, tzinfo=UTC)
    assert of(responses, "114002")[0].time == datetime(2026, 8, 11, 12, 0, tzinfo=UTC)  # no end date: the start


def test_a_file_without_a_second_header_row_loses_no_respondent(read_rows) -> None:
    results = read_rows(
        SOURCE,
        {"Respondent ID": "1", "Start Date": "2026-08-11 09:00:00", "How satisfied are you with us?": "4"},
    )

    assert [event.score for event in results.events] == [Score("csat", 4, 1, 5)]


def test_names_and_ip_addresses_are_not_taken_over(responses) -> None:
    assert "203.0.113" not in repr(responses.events)
    assert "Quill" not in repr(responses.events)
