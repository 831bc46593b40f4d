"""feedback_records.csv, and the same as JSON lines. Rows: 1 and 2 one submission, a score and its reason; 3 and 4 another one,
satisfaction and effort; 5 and 6 a review, one of its fields on a scale of its own; 7 to 10 answers that are neither score nor
words; 11 an eleven on NPS; 12 no words; 13 a type nobody knows; 14 the first field of the first submission, corrected.
In the CSV row 1 stands in line 2, and row 2 covers two lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Score
from touchline.events.sources.formbricks_feedback import SOURCE
from touchline.events.sources.headers import canonical_names

FILE = Path(__file__).parent / "feedback_records.csv"
LINES = Path(__file__).parent / "feedback_records.jsonl"
HEADER = (
    "submission_id,collected_at,source_type,field_id,field_type,source_id,source_name,field_label,field_group_id,value_text,"
    "value_number,value_boolean,value_date,metadata,language,user_id,tenant_id"
)


@pytest.fixture
def records(read_file):
    return read_file(SOURCE, FILE)


def of_field(results, submission: str, field: str) -> list:
    return [event for event in results.events if event.key == f"{submission}|{field}"]


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(records) -> None:
    assert [(event.line, event.name) for event in records.events] == [
        (2, "Survey Answered"),
        (3, "Survey Answered"),
        (5, "Survey Answered"),
        (6, "Survey Answered"),
        (7, "Review Posted"),
        (8, "Review Posted"),
        (9, "Survey Answered"),
        (10, "Survey Answered"),
        (11, "Survey Answered"),
        (12, "Survey Answered"),
        (16, "Survey Answered"),
    ]
    assert [(refused.line, refused.reason) for refused in records.refused] == [
        (
            13,
            "value_number: found “11”, expected a number from 0 to 10; metadata states other ends as scale_min and scale_max.",
        ),
        (
            15,
            "field_type: found “matrix”, expected one of text, nps, csat, ces, rating, categorical, number, boolean, date.",
        ),
    ]
    assert [(skipped.line, skipped.reason) for skipped in records.skipped] == [(14, "no answer")]


def test_json_lines_give_the_same_events(records, read_file) -> None:
    lines = read_file(SOURCE, LINES)

    assert [(e.key, e.name, e.time, e.score, e.text, e.properties, e.page) for e in lines.events] == [
        (e.key, e.name, e.time, e.score, e.text, e.properties, e.page) for e in records.events
    ]


def test_scores_have_the_ends_of_their_type(records) -> None:
    assert [event.score for event in records.events if event.score] == [
        Score("nps", 9, 0, 10),
        Score("csat", 4, 1, 5),
        Score("ces", 7, 1, 7),
        Score("rating", 2, 1, 5),
        Score("rating", 6, 1, 7),
        Score("nps", 8, 0, 10),
    ]


def test_words_are_the_customers_in_their_language(records) -> None:
    [why] = of_field(records, "s1", "q-why")

    assert (why.text, why.language, why.score) == ("Lovely,\nbut late.", "en", None)


def test_other_answers_stand_beside_their_question(records) -> None:
    assert [dict(event.properties) for event in records.events[6:10]] == [
        {"question": "size", "answer": "Large"},
        {"question": "rooms", "answer": 3.5},
        {"question": "pets", "answer": False},
        {"question": "moved", "answer": "2026-07-01"},
    ]


def test_the_same_field_of_the_same_submission_is_the_same_fact(records) -> None:
    first, corrected = of_field(records, "s1", "q-nps")

    assert (first.score.value, corrected.score.value) == (9, 8)


def test_user_ids_join_and_an_address_among_them_is_an_email(records) -> None:
    assert records.events[0].identifiers == {"user_id": "u-7"}
    assert records.events[2].identifiers == {"email": "ada@example.org"}
    assert records.events[4].identifiers == {}
    assert "t1" not in str([event.identifiers for event in records.events])


def test_label_page_device_and_campaign(records) -> None:
    first = records.events[0]

    assert (first.label, first.device, first.campaign) == ("After delivery", "mobile", "summer")
    assert first.page == "https://shop.example.org/thanks?id=7"
    assert first.objects == (("survey", "sv1"),)
    assert first.properties == {"question": "How likely are you to recommend us?", "country": "GB"}


def test_channels_follow_the_source_type(records) -> None:
    assert [event.channel for event in records.events[:6]] == ["web"] * 4 + ["review"] * 2


def test_times_carry_their_offset_or_are_utc(records) -> None:
    assert records.events[2].time.utcoffset() == timedelta(hours=2)
    assert records.events[4].time == datetime(2026, 8, 10, 11, tzinfo=UTC)


def test_an_older_name_of_the_user_id() -> None:
    assert canonical_names(["user_identifier"], SOURCE.columns) == {"user_identifier": "user_id"}


def test_metadata_that_is_no_object_is_refused(read_rows) -> None:
    row = {
        "submission_id": "s", "collected_at": "2026-08-10T07:30:00Z", "source_type": "survey", "field_id": "f",
        "field_type": "text", "value_text": "x", "metadata": "{oops",
    }  # fmt: skip

    [refused] = read_rows(SOURCE, row).refused

    assert refused.reason == "metadata: found “{oops”, expected a JSON object."


def test_a_list_of_records_around_data_is_read_too(read_file, tmp_path: Path, records) -> None:
    path = tmp_path / "records.json"
    path.write_text('{"data":[' + ",".join(LINES.read_text("utf-8").splitlines()) + '],"limit":50}', "utf-8")

    assert open_sheet(path).format == "json"
    assert [event.key for event in read_file(SOURCE, path).events] == [event.key for event in records.events]
