"""reviews.csv: r1 asked for and answered, r2 organic in German, r3 with six stars, r4 without a date, r5 stars only."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.trustpilot_reviews import SOURCE
from touchline.events.sources.trustpilot_reviews.reviews import read_review

FILE = Path(__file__).parent / "reviews.csv"
HEADER = (
    "Domain Url,Webshop Name,Business Unit Id,Review Id,Review Created (UTC),Review Consumer User Id,Review Username,"
    "Review User Email,Review Title,Review Content,Review Stars,Source Of Review,Reference Id,Company Response,"
    "Company Reply Date (UTC),Review Language,Location Name"
)


@pytest.fixture
def reviews(read_file):
    return read_file(SOURCE, FILE)


def posted(results, review: str):
    [event] = [event for event in results.named("Review Posted") if event.objects[0] == ("review", review)]
    return event


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(reviews) -> None:
    assert Counter(event.name for event in reviews.events) == {"Review Posted": 3, "Review Answered": 1}
    assert [refused.reason for refused in reviews.refused] == [
        "Review Stars: found “6”, expected a number from 1 to 5.",
        "Review Created (UTC) is empty, expected a date and time.",
    ]


def test_the_reference_is_the_order_with_or_without_its_hash_sign(reviews) -> None:
    assert posted(reviews, "r1").identifiers == {
        "email": "ada@example.org",
        "order_id": "1001",
        "anonymous_id": "u1",
    }
    assert ("order", "1001") in posted(reviews, "r1").objects


def test_an_organic_review_is_known_by_its_trustpilot_user_only(reviews) -> None:
    assert posted(reviews, "r2").identifiers == {"anonymous_id": "u2"}


def test_stars_title_content_and_language(reviews) -> None:
    review = posted(reviews, "r1")

    assert review.score == Score("stars", 4, 1, 5)
    assert review.text == "Lovely lamp\nArrived late,\nbut it is lovely."
    assert (review.language, review.channel) == ("en", "review")


def test_a_review_may_have_a_title_only_or_stars_only(reviews) -> None:
    assert posted(reviews, "r2").text == "Nie wieder"
    assert posted(reviews, "r5").text is None


@pytest.mark.parametrize("title", ["Arrived late", "Arrived late, but…", "Arrived late, but..."])
def test_a_title_made_of_the_first_words_is_not_said_twice(context, title) -> None:
    cells = {
        "Review Id": "r6", "Review Created (UTC)": "2026-08-13T10:00:00Z", "Review Stars": "4",
        "Review Title": title, "Review Content": "Arrived late, but it is lovely.",
    }  # fmt: skip

    [review] = read_review(7, cells, context)

    assert review.text == "Arrived late, but it is lovely."


def test_times_are_utc_by_the_header(reviews) -> None:
    assert posted(reviews, "r1").time == datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
    assert posted(reviews, "r5").time == datetime(2026, 8, 12, 10, 0, tzinfo=UTC)


def test_the_reply_is_an_event_of_its_own_and_never_the_customers_words(reviews) -> None:
    [answer] = reviews.named("Review Answered")

    assert answer.time == datetime(2026, 8, 11, 9, 0, tzinfo=UTC)
    assert (answer.text, answer.score) == (None, None)
    assert answer.properties == {"reply": "Thank you, Ada!"}


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("Review ID", "Review Id"),
        ("Domain URL", "Domain Url"),
        ("Business Reply Date (UTC)", "Company Reply Date (UTC)"),
    ],
)
def test_spelling_drift_of_a_header(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}
