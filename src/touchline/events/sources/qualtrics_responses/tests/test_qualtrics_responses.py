"""responses.csv: seven respondents under three header rows, in Denver (UTC − 6 in August): Ada in full, a partial
response, a preview, spam, 11 on a scale of ten, nothing answered, an unreadable time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.qualtrics_responses import SOURCE

FILE = Path(__file__).parent / "responses.csv"
HEADER = (
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,"
    "RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,"
    "DistributionChannel,UserLanguage"
)
RECOMMEND = "How likely are you to recommend Marl & Moss to a friend?"


@pytest.fixture
def responses(read_file):
    return read_file(SOURCE, FILE)


def of(results, response: str):
    return [event for event in results.events if event.key.startswith(f"{response}|")]


def one(cells: dict[str, str]) -> dict[str, str]:
    return {"ResponseId": "R_1", "StartDate": "2026-08-10 09:00:00", "Finished": "1", **cells}


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").startswith(f"{HEADER},Q1_NPS_GROUP,Q1,")
    assert ",".join(SOURCE.columns) == HEADER


def test_rows_2_and_3_are_labels_and_import_ids_and_no_respondents(responses) -> None:
    assert [(skipped.line, skipped.reason) for skipped in responses.skipped] == [
        (2, "second row, with the wording of the questions"),
        (3, "third row, with import ids"),
        (6, "preview or test of the survey"),
        (7, "marked as spam"),
        (9, "no question was answered"),
    ]


def test_what_became_of_every_row(responses) -> None:
    assert [(event.line, event.score.metric, event.score.value) for event in responses.events] == [
        (4, "nps", 9),
        (4, "csat", 5),  # Delivery, extremely satisfied
        (4, "csat", 2),  # Packaging, somewhat dissatisfied
        (5, "nps", 3),
    ]
    assert [refused.line for refused in responses.refused] == [8, 10]


def test_the_wording_of_row_2_says_what_is_asked(responses) -> None:
    assert [event.properties["question"] for event in of(responses, "R_1aA")] == [
        RECOMMEND,
        "How satisfied are you with the following?: Delivery",
        "How satisfied are you with the following?: Packaging",
    ]
    assert of(responses, "R_1aA")[0].text == "Lovely light."


def test_times_are_in_the_zone_of_row_3_and_not_in_the_workspaces(responses) -> None:
    assert of(responses, "R_1aA")[0].time == datetime(2026, 8, 10, 15, 4, 10, tzinfo=UTC)


def test_without_row_3_times_are_read_in_the_assumed_zone(read_rows) -> None:
    [event] = read_rows(SOURCE, one({"How satisfied are you?": "4"})).events

    assert event.time == datetime(2026, 8, 10, 7, 0, tzinfo=UTC)


def test_an_unknown_zone_in_row_3_is_the_assumed_one(read_rows) -> None:
    zone = {"StartDate": '{"ImportId":"startDate","timeZone":"Middle/Earth"}'}

    [event] = read_rows(SOURCE, zone, one({"How satisfied are you?": "4"})).events

    assert event.time == datetime(2026, 8, 10, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize("status", ["1", "2", "9", "17", "Survey Preview", "Survey Test"])
def test_previews_are_dropped_by_status_in_numbers_and_words(read_rows, status: str) -> None:
    assert [skipped.reason for skipped in read_rows(SOURCE, one({"Status": status, "NPS": "9"})).skipped] == [
        "preview or test of the survey"
    ]


@pytest.mark.parametrize("status", ["0", "4", "16", "IP Address", "Imported", "Offline", ""])
def test_other_responses_are_kept(read_rows, status: str) -> None:
    assert len(read_rows(SOURCE, one({"Status": status, "NPS": "9"})).events) == 1


def test_a_partial_response_keeps_its_answers_when_it_was_given(responses) -> None:
    [partial] = of(responses, "R_2bB")

    assert partial.properties["completed"] is False
    assert partial.properties["progress"] == 40
    assert partial.time == datetime(2026, 8, 10, 16, 1, tzinfo=UTC)  # not a week later, when it was closed
    assert "completed" not in of(responses, "R_1aA")[0].properties


def test_the_group_of_an_nps_question_is_no_answer_on_its_scale(responses) -> None:
    [partial] = of(responses, "R_2bB")

    assert partial.score == Score("nps", 3, 0, 10)
    assert partial.properties[f"{RECOMMEND} - Group"] == "Detractor"


def test_choices_of_several_come_together_and_their_text_is_a_comment(responses) -> None:
    nps, _, packaging = of(responses, "R_1aA")

    assert nps.properties["Which products did you buy?"] == ["Lamp", "Something else"]
    assert packaging.text == "a vase"


def test_ticks_in_numbers_are_the_options_they_stand_for(read_rows) -> None:
    labels = {
        "StartDate": "Start Date",
        "ResponseId": "Response ID",
        "Q4_1": "Which? - Selected Choice - Lamp",
        "Q4_2": "Which? - Selected Choice - Rug",
    }

    [event] = read_rows(SOURCE, labels, one({"Q4_1": "1", "Q4_2": "0"})).events

    assert event.properties["Which?"] == ["Lamp"]


def test_who_can_be_joined_and_who_cannot(responses) -> None:
    assert of(responses, "R_1aA")[0].identifiers == {
        "email": "ada@example.org",
        "external_id": "C-1",
        "order_id": "1001",
    }
    assert of(responses, "R_2bB")[0].identifiers == {}  # of an anonymous link


def test_language_and_timings(responses) -> None:
    assert of(responses, "R_2bB")[0].language == "DE"
    assert of(responses, "R_1aA")[0].properties["duration_seconds"] == 250
    assert "1.2" not in repr(responses.events)  # clicks are no answers


def test_what_qualtrics_reads_out_of_a_comment_is_not_what_the_customer_said(read_rows) -> None:
    cells = one({"NPS": "9", "Why?": "Warm light", "Why? - Sentiment": "Positive", "Why? - Topics": "Light"})

    [event] = read_rows(SOURCE, cells).events

    assert event.text == "Warm light"
    assert event.properties == {"question": "NPS"}


def test_a_refused_row_keeps_what_is_needed_to_read_it_alone(context, responses) -> None:
    off_scale = responses.refused[0]
    assert off_scale.reason.startswith(f"{RECOMMEND}: found “11”, expected a number from 0 to 10")
    assert off_scale.content["EndDate"] == "2026-08-10T12:01:00-06:00"

    header = tuple(FILE.read_text(encoding="utf-8").splitlines()[0].split(","))
    corrected = {**off_scale.content, f"Q1: {RECOMMEND}": "10", "Q5_First Click: Timing - First Click": "1.2"}
    [event] = SOURCE.read([(8, corrected)], replace(context, columns=header))

    assert (event.key, event.score) == (
        "R_5eE|how likely are you to recommend marl moss to a friend",
        Score("nps", 10, 0, 10),
    )
    assert event.time == datetime(2026, 8, 10, 18, 1, tzinfo=UTC)
    assert event.text == "Great"
    assert "1.2" not in repr(event)


def test_an_unreadable_time_refuses_its_row(responses) -> None:
    assert responses.refused[1].reason.startswith("EndDate: found “the next day”, expected a date and time")


def test_names_places_and_ip_addresses_are_not_taken_over(responses) -> None:
    assert not any(word in repr(responses.events) for word in ("Quill", "203.0.113", "18.52"))


def test_reading_again_gives_the_same_keys(read_file, responses) -> None:
    keys = [event.key for event in responses.events]

    assert [event.key for event in read_file(SOURCE, FILE).events] == keys
    assert len(set(keys)) == len(keys)
