"""Two surveys behind byte-order marks: 623939 headed by codes and questions (Ada in full, a partial response, one without
any answer, 11 of 10, one without date stamps, an unreadable time) and 100200 headed by codes. Berlin: UTC + 2."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.limesurvey_responses import SOURCE

WORDED = Path(__file__).parent / "results-survey623939.csv"
CODED = Path(__file__).parent / "results-survey100200.csv"
HEADER = "id,submitdate,lastpage,startlanguage,seed,token,startdate,datestamp,ipaddr,refurl"


@pytest.fixture
def responses(read_file):
    return read_file(SOURCE, WORDED)


@pytest.fixture
def coded(read_file):
    return read_file(SOURCE, CODED)


def of(results, response: str):
    return [event for event in results.events if event.key.startswith(f"{response}|")]


def test_fixtures_have_every_header_in_order_behind_a_byte_order_mark() -> None:
    assert CODED.read_bytes().startswith(b"\xef\xbb\xbfid,submitdate,")
    assert CODED.read_text(encoding="utf-8-sig").startswith(f"{HEADER},NPS,CSAT[SQ001],")
    assert WORDED.read_bytes().startswith(b"\xef\xbb\xbf")
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(responses, coded) -> None:
    assert [(event.line, event.score.metric, event.score.value) for event in responses.events] == [
        (2, "nps", 9),
        (2, "csat", 5),  # Delivery
        (2, "csat", 2),  # Packaging
        (3, "nps", 3),
    ]
    assert [(skipped.line, skipped.reason) for skipped in responses.skipped] == [(4, "no question was answered")]
    assert [refused.line for refused in responses.refused] == [5, 6, 7]
    assert [(event.line, event.score.metric, event.score.value) for event in coded.events] == [
        (2, "nps", 10),
        (2, "csat", 4),
        (2, "csat", 5),
    ]


def test_an_empty_submitdate_is_a_partial_response(responses) -> None:
    [partial] = of(responses, "2")

    assert partial.properties["completed"] is False
    assert partial.properties["last_page"] == 1
    assert partial.time == datetime(2026, 8, 10, 8, 1, tzinfo=UTC)  # its last action
    assert "completed" not in of(responses, "1")[0].properties


def test_rows_of_a_matrix_are_questions_of_their_own(responses, coded) -> None:
    assert [event.properties["question"] for event in of(responses, "1")] == [
        "How likely are you to recommend Marl & Moss to a friend?",
        "How satisfied are you with the following?: Delivery",
        "How satisfied are you with the following?: Packaging",
    ]
    assert [event.properties["question"] for event in coded.events] == ["NPS", "CSAT: SQ001", "CSAT: SQ002"]


def test_ticked_sub_questions_come_together_as_a_list(responses, coded) -> None:
    assert of(responses, "1")[0].properties["Which products did you buy?"] == ["Lamp", "A vase"]
    assert coded.events[0].properties["BUY"] == ["SQ001"]


def test_the_comment_is_attached_to_the_score_before_it(responses) -> None:
    assert [event.text for event in of(responses, "1")] == ["Lovely light.", None, None]


def test_who_can_be_joined_and_who_cannot(responses, coded) -> None:
    assert of(responses, "1")[0].identifiers == {"email": "ada@example.org", "external_id": "C-1"}
    assert of(responses, "2")[0].identifiers == {}
    assert coded.events[0].identifiers == {"order_id": "1001", "external_id": "C-1"}


def test_response_1_of_two_surveys_is_not_one_response(responses, coded) -> None:
    assert of(responses, "1")[0].key.startswith("1|1886441|")  # the seed
    assert coded.events[0].key.startswith("1|100200|")  # no seed, no start: the survey by the file's name


def test_a_survey_without_date_stamps_has_no_day(read_rows, responses) -> None:
    assert responses.refused[1].reason == (
        "submitdate: found “1980-01-01 00:00:00”, expected a date; LimeSurvey writes 1980 where a survey keeps no date "
        "stamps."
    )
    [event] = read_rows(
        SOURCE, {"id": "1", "submitdate": "1980-01-01 00:00:00", "startdate": "2026-08-10 09:00:00", "NPS": "8"}
    ).events
    assert event.time == datetime(2026, 8, 10, 7, 0, tzinfo=UTC)


def test_an_answer_off_its_scale_and_an_unreadable_time_refuse_their_rows(responses) -> None:
    assert responses.refused[0].reason.startswith(
        "How likely are you to recommend Marl & Moss to a friend?: found “11”, expected a number from 0 to 10"
    )
    assert responses.refused[2].reason.startswith("submitdate: found “when it was done”, expected a date and time")


def test_language_is_the_respondents_and_timings_are_no_answers(responses, coded) -> None:
    assert of(responses, "2")[0].language == "de"
    assert "250.1" not in repr(responses.events)
    assert "31.4" not in repr(coded.events)


def test_names_ip_addresses_and_referrers_are_not_taken_over(responses) -> None:
    assert not any(word in repr(responses.events) for word in ("Quill", "203.0.113", "shop.example.org"))


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("Response ID", "id"),
        ("id. Response ID", "id"),
        ("Date submitted", "submitdate"),
        ("Token", "token"),
        ("token. Access code", "token"),
    ],
)
def test_spelling_drift_of_a_header(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}


def test_headings_may_be_the_questions_alone(read_rows) -> None:
    [csat, other] = read_rows(
        SOURCE,
        {
            "id": "1",
            "submitdate": "2026-08-10 09:00:00",
            "How satisfied were you? [Delivery]": "4",
            "How satisfied were you? [Packaging]": "3",
            "Which? [Lamp]": "Y",
            "Which? [Rug]": "N",
        },
    ).events

    assert (csat.score, other.score) == (Score("csat", 4, 1, 5), Score("csat", 3, 1, 5))
    assert csat.properties["Which?"] == ["Lamp"]


@pytest.mark.parametrize("file", [WORDED, CODED])
def test_reading_again_gives_the_same_keys(read_file, file: Path) -> None:
    keys = [event.key for event in read_file(SOURCE, file).events]

    assert [event.key for event in read_file(SOURCE, file).events] == keys
    assert len(set(keys)) == len(keys)
