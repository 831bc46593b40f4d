"""The templates of one pain: evidence in three rows, checks with their state, pictures with words beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest

from touchline.pains.drawing.specification import draw_specification
from touchline.pains.drawing.twins import draw_twins, in_words
from touchline.pains.tests.sample import (
    DECLINED,
    GONE,
    LATE,
    NOTHING_FOUND,
    QUOTES,
    RAGE,
    REFUSED,
    SAMPLE,
    SLOW,
    TWINS,
    VARIANTS,
)

SVG = "{http://www.w3.org/2000/svg}"


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def shown(client):
    """The page of a pain as its template writes it."""
    from django.template.loader import render_to_string

    from touchline.pains.page import pain_context

    def show(pain, **more) -> str:
        context = pain_context(pain) | {"pains": SAMPLE} | more
        return render_to_string("pains/pain.html", context)

    return show


@pytest.fixture
def listed(client):
    """The list as its template writes it."""
    from django.http import QueryDict
    from django.template.loader import render_to_string

    from touchline.pains.listing import list_context

    def show(pains, **more) -> str:
        return render_to_string("pains/pains.html", list_context(pains, QueryDict("")) | {"span": True} | more)

    return show


def test_the_claim_stands_in_the_words_its_grade_allows(shown):
    text = text_of(shown(DECLINED))

    assert DECLINED.claim_sentence in text
    assert "Evidence grade C what may be said of it: “is associated, after adjustment, with”" in text
    assert "cause" not in text_of(shown(DECLINED)).partition("Checks")[0].replace("if causal", "").replace(
        "because", ""
    )


def test_three_rows_of_evidence_with_their_intervals(shown):
    text = text_of(shown(DECLINED))

    assert "Customers hit 1,488 of 5,530 customers who came here" in text
    assert "Share of visits 23.5% of 7,900 visits, 95% interval 21.5% to 25.5%" in text
    assert "Difference of score −38 95% interval −46 to −30, on a scale of −100 to +100" in text
    assert "Those who buy within 90 days −8.0 points 95% interval −10.1 to −5.9 points" in text
    assert "Those who contact service within 90 days +6.4 points" in text
    assert "At stake, on its own €18.6k a month, 80% interval €15.1k to €22.4k" in text
    assert "Given the other pains €16.9k" in text


def test_a_lead_shows_a_greyed_range_and_no_amount(shown):
    text = text_of(shown(RAGE))

    assert "−€900 to €9.3k a lead, not a cause: enters no sum" in text
    assert "€4.2k" not in text
    assert "Negative control Failed z = 4.1" in text


def test_what_is_not_known_has_a_reason_instead_of_a_number(shown):
    text = text_of(shown(SLOW))

    assert "Cannot say. 64 bad visits have a counterpart; it takes 100." in text
    assert "Cannot say. Four of those it hit gave a score afterwards; it takes five." in text
    assert "Nothing was estimated, so there is nothing to check." in text
    assert "€" not in text.partition("What amounts rest on")[0]


def test_checks_not_done_are_not_passed(shown):
    text = text_of(shown(DECLINED))

    assert "5 of 6 passed" in text
    assert "Second opinion Not done – Gradient boosting was not asked: too few visits." in text


def test_warnings_stand_on_top(shown):
    assert "No longer supported. In the data until 30 Sep 2026" in text_of(shown(GONE))
    assert "Somebody acts on these visits" in text_of(shown(LATE))
    assert "Data have changed" in text_of(shown(DECLINED, pains=replace(SAMPLE, is_current=False)))


def test_the_case_is_offered_where_there_is_a_page_for_it(shown):
    assert "Make the case" not in shown(DECLINED)
    assert 'href="/improvements/new?pain=x"' in shown(DECLINED, case_url="/improvements/new?pain=x")


def test_the_list_says_why_there_is_nothing_to_say(listed):
    assert "There is one customer; pains are found by comparing customers." in text_of(listed(REFUSED))
    assert "€" not in text_of(listed(REFUSED)).partition("What amounts rest on")[0]
    assert "No pain point stands out 84 pairs of a touchpoint and a symptom were looked at." in text_of(
        listed(NOTHING_FOUND)
    )


def test_the_list_offers_to_compute_again_when_data_have_changed(listed):
    assert "Data have changed since this was computed." in text_of(listed(replace(SAMPLE, is_current=False)))
    assert "Data have changed" not in listed(SAMPLE)


def test_the_curve_is_drawn_from_the_largest_loss_to_the_smallest():
    root = ElementTree.fromstring(draw_specification("The effect", VARIANTS, "bought"))
    labels = [each.text for each in root.iter("text") if each.get("text-anchor") == "end"]

    assert labels[0::2] == [
        "Window of 120 days", "As reported", "Gradient boosting", "Window of 60 days", "First visit only", "Trimmed at 5%",
    ]  # fmt: skip
    assert labels[1::2][0] == "−8.4 points"
    assert len(list(root.iter("circle"))) == len(VARIANTS)


def test_twins_are_drawn_and_said():
    root = ElementTree.fromstring(draw_twins(TWINS[0], 90))

    assert root.find("title").text == (
        "Customer #4 had it: 3 visits before it, 1 after it; did not buy. "
        "Customer #9 had it not: 3 visits before it, 1 after it; bought 31 days later."
    )
    assert in_words(TWINS[1].other, "had it not").endswith("bought 12 days later.")


def test_up_close_there_are_words_and_twins(client):
    from django.template.loader import render_to_string

    from touchline.pains.page import close_up_context

    text = text_of(render_to_string("pains/_close_up.html", close_up_context(DECLINED, 90, TWINS, QUOTES)))

    assert "It just said “declined”. I tried three times, then gave up. score −100 of −100 to +100, 4 May 2026" in text
    assert "3 May 2026: Payment, the visit compared, bad" in text
    assert "Visits like these go badly 22% of the time." in text
    nothing = text_of(render_to_string("pains/_close_up.html", close_up_context(DECLINED, 90, (), ())))
    assert "No pair is alike enough to be shown." in nothing


def test_what_lies_outside_the_window_is_not_drawn():
    narrow = ElementTree.fromstring(draw_twins(TWINS[0], 10))

    assert len([each for each in narrow.iter("rect") if each.find("title") is not None]) == 0
