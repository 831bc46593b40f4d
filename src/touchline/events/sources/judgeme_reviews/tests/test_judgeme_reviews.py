"""reviews.csv: Ada's is answered, one is spam, Ben's is kept back, Cy's is of the shop, two have no address, two fail."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.judgeme_reviews import SOURCE

FILE = Path(__file__).parent / "reviews.csv"
HEADER = (
    "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,"
    "reply_date,picture_urls,ip_address,location"
)


@pytest.fixture
def reviews(read_file):
    return read_file(SOURCE, FILE)


def by(results, email: str):
    [event] = [event for event in results.events if event.identifiers.get("email") == email and event.score]
    return event


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(reviews) -> None:
    assert Counter(event.name for event in reviews.events) == {
        "Product Reviewed": 4,  # Ada, Ben and the two without address
        "Review Posted": 1,  # Cy
        "Review Answered": 1,  # Ada
    }
    assert [(skipped.line, skipped.reason) for skipped in reviews.skipped] == [(4, "marked as spam")]
    assert [refused.reason for refused in reviews.refused] == [
        "rating: found “6”, expected a number from 1 to 5.",
        "review_date is empty, expected a date and time.",
    ]


def test_what_the_shop_keeps_back_is_no_spam_and_counts(reviews) -> None:
    held_back = by(reviews, "ben@example.org")

    assert held_back.score == Score("stars", 1, 1, 5)
    assert held_back.properties["published"] is False
    assert "published" not in by(reviews, "ada@example.org").properties


def test_a_review_published_later_is_the_same_review(read_rows) -> None:
    cells = {"rating": "1", "review_date": "2026-08-10 09:00:00 UTC", "reviewer_email": "Ben@example.org"}

    before, after = (read_rows(SOURCE, {**cells, "curated": curated}).events[0] for curated in ("not-yet", "ok"))

    assert before.key == after.key
    assert ("published" in before.properties, "published" in after.properties) == (True, False)


def test_stars_title_body_and_product(reviews) -> None:
    review = by(reviews, "ada@example.org")

    assert review.score == Score("stars", 4, 1, 5)
    assert review.text == "Warm light\nLovely in the evening,\nbut the cable is short."
    assert (review.channel, review.objects) == ("review", (("product", "7012345678"),))
    assert review.properties["product_handle"] == "lamp-oak"


def test_a_review_without_a_product_is_of_the_shop(reviews) -> None:
    assert by(reviews, "cy@example.org").name == "Review Posted"
    assert by(reviews, "cy@example.org").objects == ()


def test_times_are_utc_where_they_say_so_and_else_in_the_assumed_zone(reviews) -> None:
    assert by(reviews, "ada@example.org").time == datetime(2026, 8, 10, 7, 30, tzinfo=UTC)
    assert by(reviews, "cy@example.org").time == datetime(2026, 8, 10, 22, 0, tzinfo=UTC)  # midnight in Berlin


def test_reviews_without_an_address_join_nobody_and_stay_apart(reviews) -> None:
    nameless = [event for event in reviews.events if not event.identifiers]

    assert [event.text for event in nameless] == ["Fine", "Bad"]
    assert len({event.key for event in nameless}) == 2


def test_the_reply_is_an_event_of_its_own_and_never_the_customers_words(reviews) -> None:
    [answer] = reviews.named("Review Answered")

    assert answer.time == datetime(2026, 8, 11, 9, 0, tzinfo=UTC)
    assert (answer.text, answer.score) == (None, None)
    assert answer.properties == {"reply": "Thank you, Ada!"}


def test_names_pictures_and_ip_addresses_are_not_taken_over(reviews) -> None:
    assert not any(word in repr(reviews.events) for word in ("Quill", "203.0.113", "img.example.org"))
