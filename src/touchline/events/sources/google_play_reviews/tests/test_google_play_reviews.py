"""reviews_org.marl.lamps_202608.csv, UTF-16LE with its mark. By line: 2 written and answered (over two lines); 4 stars only;
5 Russian with a title; 6 the review of line 2 changed later; 7 six stars; 8 an older link and no milliseconds; 9 no time at
all; 10 stars only in the same second as line 4, from another device."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.readers.opening import open_sheet
from touchline.events.rules import Score
from touchline.events.sources.google_play_reviews import SOURCE

FILE = Path(__file__).parent / "reviews_org.marl.lamps_202608.csv"
HEADER = (
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,"
    "Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,Star Rating,"
    "Review Title,Review Text,Developer Reply Date and Time,Developer Reply Millis Since Epoch,Developer Reply Text,"
    "Review Link"
)


@pytest.fixture
def reviews(read_file):
    return read_file(SOURCE, FILE)


def posted(results, line: int):
    [event] = [event for event in results.named("Review Posted") if event.line == line]
    return event


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-16").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_the_file_is_utf_16_with_its_mark() -> None:
    assert FILE.read_bytes().startswith(b"\xff\xfeP\0")
    assert open_sheet(FILE).notes == ("Read as UTF-16.",)


def test_what_became_of_every_row(reviews) -> None:
    assert [(event.line, event.name) for event in reviews.events] == [
        (2, "Review Posted"),
        (2, "Review Answered"),
        (4, "Review Posted"),
        (5, "Review Posted"),
        (6, "Review Posted"),
        (8, "Review Posted"),
        (10, "Review Posted"),
    ]
    assert [(refused.line, refused.reason) for refused in reviews.refused] == [
        (7, "Star Rating: found “6”, expected a number from 1 to 5."),
        (9, "Review Submit Date and Time is empty, expected a date and time."),
    ]


def test_nobody_can_be_joined(reviews) -> None:
    assert all(event.identifiers == {} for event in reviews.events)
    assert SOURCE.joins_people.startswith("No review can be joined to a person")


def test_stars_text_language_and_app(reviews) -> None:
    review = posted(reviews, 2)

    assert (review.score, review.text, review.language) == (Score("stars", 4, 1, 5), "Lovely, but\nslow.", "en")
    assert review.objects == (("review", "gp:AOq1"), ("product", "org.marl.lamps"))
    assert review.properties == {
        "store": "Google Play", "version": "2.1", "version_code": "41", "device": "oriole",
    }  # fmt: skip
    assert posted(reviews, 5).text == "Отлично\nРаботает 👍"


def test_times_are_exact_by_the_milliseconds(reviews) -> None:
    assert posted(reviews, 2).time == datetime(2026, 8, 10, 7, 30, 0, 250_000, tzinfo=UTC)
    assert posted(reviews, 8).time == datetime(2026, 8, 13, 7, 30, tzinfo=UTC)


def test_a_review_of_stars_alone_has_no_words_and_no_link(reviews) -> None:
    review = posted(reviews, 4)

    assert (review.score, review.text) == (Score("stars", 1, 1, 5), None)
    assert review.objects == (("product", "org.marl.lamps"),)
    assert review.key != posted(reviews, 10).key


def test_the_id_hides_in_the_link_old_or_new(reviews) -> None:
    assert posted(reviews, 5).objects[0] == ("review", "gp:AOq3")
    assert posted(reviews, 8).objects[0] == ("review", "gp:AOq6")


def test_a_review_changed_later_is_an_answer_of_its_own_at_its_last_update(reviews) -> None:
    before, after = posted(reviews, 2), posted(reviews, 6)

    assert (before.score.value, after.score.value) == (4, 2)
    assert after.time == datetime(2026, 8, 20, 12, 0, 0, 3_000, tzinfo=UTC)
    assert before.objects[0] == after.objects[0]
    assert before.key != after.key


def test_the_reply_is_an_event_of_its_own_and_never_the_customers_words(reviews) -> None:
    [answer] = reviews.named("Review Answered")

    assert answer.time == datetime(2026, 8, 11, 9, 0, tzinfo=UTC)
    assert (answer.text, answer.score) == (None, None)
    assert answer.properties == {"store": "Google Play", "reply": "Thank you!"}


def test_the_same_row_in_a_later_file_is_the_same_fact(read_rows) -> None:
    row = {"Package Name": "a", "Review Submit Date and Time": "2026-08-10T07:30:00Z", "Star Rating": "4"}

    once, again = read_rows(SOURCE, row, row).events

    assert once.key == again.key


def test_milliseconds_that_are_no_time_are_refused(read_rows) -> None:
    [refused] = read_rows(
        SOURCE, {"Package Name": "a", "Review Submit Millis Since Epoch": "9" * 14, "Star Rating": "4"}
    ).refused

    assert refused.reason.startswith("Review Submit Millis Since Epoch: found “99999999999999”, expected milliseconds")
