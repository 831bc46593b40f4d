"""responses.csv: seven respondents; t4 answered nothing, t6 answered 11 on a scale that ends at 10."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touchline.events.rules import Score
from touchline.events.sources.typeform import SOURCE

FILE = Path(__file__).parent / "responses.csv"
HEADER = (
    "#,How likely are you to recommend <strong>Marl &amp; Moss</strong> to a friend?,"
    "What is the main reason for your score?,How satisfied were you with the <em>delivery</em>? (1–5),"
    "What could we do better?,Lamps,Rugs,email,order_id,touchpoint,utm_source,"
    "Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags"
)


@pytest.fixture
def responses(read_file):
    return read_file(SOURCE, FILE)


def of(results, response: str):
    return [event for event in results.events if event.key.startswith(f"{response}|")]


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert list(SOURCE.columns) == [
        "#", "Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags",
    ]  # fmt: skip


def test_what_became_of_every_row(responses) -> None:
    assert [(event.line, event.score.metric if event.score else None) for event in responses.events] == [
        (2, "nps"),
        (2, "csat"),
        (3, "nps"),
        (4, None),
        (6, "nps"),
        (8, "nps"),
        (8, "csat"),
    ]
    assert [(skipped.line, skipped.reason) for skipped in responses.skipped] == [(5, "no question was answered")]
    assert [refused.line for refused in responses.refused] == [7]


def test_html_in_a_question_is_no_part_of_it(responses) -> None:
    nps, csat = of(responses, "t1")

    assert nps.properties["question"] == "How likely are you to recommend Marl & Moss to a friend?"
    assert csat.properties["question"] == "How satisfied were you with the delivery? (1–5)"


def test_a_header_that_begins_with_a_hash_sign_is_no_comment(responses) -> None:
    assert of(responses, "t1")[0].line == 2


def test_each_scored_question_is_one_event_with_the_comment_that_follows_it(responses) -> None:
    nps, csat = of(responses, "t1")

    assert (nps.score, nps.text) == (Score("nps", 9, 0, 10), "Lovely light.")
    assert (csat.score, csat.text) == (Score("csat", 4, 1, 5), "Pack the lamps better.")


def test_a_comment_whose_own_score_is_missing_goes_to_the_score_before_it(responses) -> None:
    [nps] = of(responses, "t2")

    assert (nps.score, nps.text) == (Score("nps", 0, 0, 10), "The rug arrived wet, again.")


def test_words_without_any_score_are_one_event(responses) -> None:
    [event] = of(responses, "t3")

    assert (event.score, event.text, event.identifiers) == (None, "Only words from me", {})


def test_hidden_fields_name_the_customer_the_order_and_the_touchpoint(responses) -> None:
    event = of(responses, "t1")[0]

    assert event.identifiers == {"email": "ada@example.org", "order_id": "1001"}
    assert event.objects == (("order", "1001"),)
    assert event.label == "delivery"
    assert event.properties["utm_source"] == "newsletter"


def test_the_network_id_is_shared_by_a_household_and_names_nobody(responses) -> None:
    assert "nt1" not in repr(responses.events)


def test_an_address_that_is_none_names_nobody(responses) -> None:
    assert of(responses, "t7")[0].identifiers == {}


def test_an_answer_may_carry_the_words_of_its_option(responses) -> None:
    assert [event.score.value for event in of(responses, "t7")] == [10, 5]


def test_ticked_options_of_their_own_column_are_kept(responses) -> None:
    assert of(responses, "t1")[0].properties["Lamps"] == "Lamps"
    assert "Rugs" not in of(responses, "t1")[0].properties


def test_a_partial_response_counts_at_its_last_stage(responses) -> None:
    [event] = of(responses, "t5")

    assert event.time == datetime(2026, 8, 10, 8, 58, tzinfo=UTC)
    assert event.properties["completed"] is False


def test_submit_date_is_utc_by_its_header(responses) -> None:
    assert of(responses, "t1")[0].time == datetime(2026, 8, 10, 9, 0, tzinfo=UTC)


def test_a_score_off_its_scale_is_refused_with_question_and_scale(responses) -> None:
    assert responses.refused[0].reason == (
        "How likely are you to recommend Marl & Moss to a friend?: found “11”, expected a number from 0 to 10; "
        "state another scale in the question, as in '(1 to 10)'."
    )


def test_keys_are_the_response_and_the_words_of_the_question(responses) -> None:
    keys = [event.key for event in responses.events]

    assert len(set(keys)) == len(keys)
    assert keys[0] == "t1|how likely are you to recommend marl moss to a friend"
