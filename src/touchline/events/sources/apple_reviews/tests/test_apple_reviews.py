"""customer_reviews.json, one page of the API: 1 with five stars, 2 in German, 3 without a title, 4 with nine stars, 5 without
a date that can be read, 6 is the second review written anew."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Score
from touchline.events.sources.apple_reviews import SOURCE

FILE = Path(__file__).parent / "customer_reviews.json"
HEADER = (
    "type,id,attributes.rating,attributes.title,attributes.body,attributes.reviewerNickname,attributes.createdDate,"
    "attributes.territory,relationships.response.links.self,relationships.response.links.related,links.self,_json"
)


@pytest.fixture
def reviews(read_file):
    return read_file(SOURCE, FILE)


def test_fixture_has_every_header_in_order() -> None:
    assert ",".join(open_sheet(FILE).columns) == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(reviews) -> None:
    assert [(event.line, event.name, event.score.value) for event in reviews.events] == [
        (1, "Review Posted", 5),
        (2, "Review Posted", 1),
        (3, "Review Posted", 3),
        (6, "Review Posted", 4),
    ]
    assert [(refused.line, refused.reason) for refused in reviews.refused] == [
        (4, "attributes.rating: found “9”, expected a number from 1 to 5."),
        (
            5,
            "attributes.createdDate: found “soon”, expected a date and time such as 2026-08-01 14:30:00 +0200.",
        ),
    ]


def test_nobody_can_be_joined_not_even_by_a_nickname_that_comes_twice(reviews) -> None:
    assert all(event.identifiers == {} for event in reviews.events)
    assert "lampfan" not in str([event.properties for event in reviews.events])
    assert SOURCE.joins_people.startswith("No review can be joined to a person")


def test_stars_title_and_body(reviews) -> None:
    first = reviews.events[0]

    assert first.score == Score("stars", 5, 1, 5)
    assert first.text == "Lovely\nFinds my lamp\nin seconds."
    assert first.properties == {"store": "App Store", "territory": "USA"}
    assert (first.channel, first.objects) == ("review", (("review", "00000028-0000-0000-0000-000000000001"),))
    assert reviews.events[2].text == "Fine"


def test_times_carry_their_own_offset(reviews) -> None:
    assert reviews.events[0].time == datetime(2026, 8, 10, 8, 10, 34, tzinfo=timezone(timedelta(hours=-7)))
    assert reviews.events[2].time == datetime(2026, 8, 12, 10, tzinfo=UTC)


def test_a_review_written_anew_is_an_answer_of_its_own(reviews) -> None:
    before, after = (event for event in reviews.events if event.objects[0][1].endswith("2"))

    assert (before.score.value, after.score.value) == (1, 4)
    assert before.key != after.key


def test_the_user_is_told_that_replies_were_not_read() -> None:
    assert open_sheet(FILE).notes == ("Read the list 'data' of the JSON object as rows. Not read: 'included'.",)


def test_reviews_alone_one_in_a_line_are_read_too(read_file, tmp_path, reviews) -> None:
    path = tmp_path / "reviews.jsonl"
    data = json.loads(FILE.read_text("utf-8"))["data"]
    path.write_text("".join(json.dumps(review) + "\n" for review in data), "utf-8")

    assert [event.key for event in read_file(SOURCE, path).events] == [event.key for event in reviews.events]
