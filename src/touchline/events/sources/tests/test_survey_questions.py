from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.sources.cells import CellError
from touchline.events.sources.survey_questions import question, score
from touchline.events.vocabulary import SCALES


@pytest.mark.parametrize(
    ("title", "metric", "low", "high"),
    [
        ("How likely are you to recommend us to a friend or colleague?", "nps", 0, 10),
        ("On a scale of 0-10, would you recommend us?", "nps", 0, 10),
        ("Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?", "nps", 0, 10),
        ("Overall, how satisfied or dissatisfied are you with our company?", "csat", 1, 5),
        ("How satisfied are you with how we handle feedback?", "csat", 1, 5),
        ("Wie zufrieden sind Sie?", "csat", 1, 5),
        ("How satisfied were you? (1–10)", "rating", 1, 10),
        ("Acme made it easy for me to handle my issue", "ces", 1, 7),
        ("How easy was it to find a product? (1-7)", "ces", 1, 7),
        ("How easy was it? (1 to 5)", "rating", 1, 5),
        ("Please rate our packaging", "stars", 1, 5),
        ("Rate us out of 10", "rating", 1, 10),
        ("NPS", "nps", 0, 10),
        ("csat_score", "csat", 1, 5),
        ("CES", "ces", 1, 7),
    ],
)
def test_a_scored_question_is_known_by_its_wording(title: str, metric: str, low: float, high: float) -> None:
    asked = question(title)

    assert asked.role == "score"
    assert (asked.scale.metric, asked.scale.low, asked.scale.high) == (metric, low, high)


@pytest.mark.parametrize(
    "title",
    [
        "What is the main reason for your score?",
        "What would make you more satisfied?",
        "Anything you want to tell us?",
        "How could we make it easier?",
        "Any other comments",
        "Tell us about your delivery",
        "Please explain your rating",
    ],
)
def test_an_open_question_is_a_comment(title: str) -> None:
    assert question(title).role == "comment"


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("What is your e-mail address?", "email"),
        ("email", "email"),
        ("order_id", "order_id"),
        ("Customer ID", "external_id"),
        ("user_id", "user_id"),
        ("ticket_id", "case_id"),
        ("Which step are you rating?", "touchpoint"),
        ("lang", "language"),
        ("utm_campaign", "campaign"),
        ("How old are you?", "answer"),
        ("Would you recommend us?", "answer"),
        ("How likely are you to buy again?", "answer"),
    ],
)
def test_other_questions(title: str, role: str) -> None:
    assert question(title).role == role


@pytest.mark.parametrize(
    ("title", "answer", "value"),
    [
        ("How satisfied are you?", "Very dissatisfied", 1),
        ("How satisfied are you?", "4 - satisfied", 4),
        ("How satisfied are you?", "n/a", None),
        ("You made it easy", "Somewhat agree", 5),
        ("How satisfied are you?", "Extremely dissatisfied", 1),
        ("How easy was it?", "Slightly difficult", 3),
        ("CES", "6", 6),
        ("Rate us", "Excellent", 5),
        ("Rate us", "4 stars", 4),
        ("Rate us out of 10", "9/10", 9),
        ("How likely are you to recommend us?", "Extremely likely: 10", 10),
        ("How likely are you to recommend us?", "0", 0),
    ],
)
def test_answers_in_numbers_and_words(title: str, answer: str, value: float | None) -> None:
    assert score(question(title), answer) == value


def test_much_effort_is_turned_round_because_it_is_bad() -> None:
    asked = question("How much effort did it take to return the item? (1–7)")

    assert [score(asked, answer) for answer in ("1", "4", "7")] == [7, 4, 1]
    assert score(question("How easy or difficult was it?"), "7") == 7
    assert score(question("How difficult was it?"), "Extremely easy") == 7  # the words say themselves which end is good


def test_words_that_are_no_option_are_refused() -> None:
    with pytest.raises(CellError, match="found “so so”, expected a number from 1 to 5"):
        score(question("How satisfied are you?"), "so so")


def test_a_ticked_box_is_no_score_even_when_its_option_sounds_like_a_question() -> None:
    assert score(question("Easy to use"), "Easy to use") is None


@given(st.text(max_size=80), st.text(max_size=40))
def test_every_score_is_on_its_scale_whatever_is_asked_and_answered(title: str, answer: str) -> None:
    asked = question(title)
    try:
        value = score(asked, answer)
    except CellError:
        return

    assert value is None or asked.scale.low <= value <= asked.scale.high


def test_every_metric_that_a_wording_gives_has_a_scale() -> None:
    assert {"nps", "csat", "ces", "stars", "rating"} == set(SCALES)
