"""Which step a note is on, and what a note may be."""

from __future__ import annotations

import pytest

from touchline.research.rules import ResearchError, Step, checked_label, checked_text, step_called

STEPS = (Step("cart", "Basket"), Step("checkout", "Checkout"), Step("basket", "Old basket"), Step("pay", "Checkout"))


@pytest.mark.parametrize(
    ("called", "id_"),
    [
        ("checkout", "checkout"),
        ("  CHECK-out ", None),
        ("Old_Basket", "basket"),
        ("Basket", "basket"),  # an id counts before a name
        ("Checkout", "checkout"),  # of two steps of one name the first
        ("Unboxing", None),
        ("", None),
        ("...", None),
    ],
)
def test_an_id_or_a_name_whatever_its_capitals_and_hyphens(called, id_):
    found = step_called(called, STEPS)

    assert (found.id if found else None) == id_


def test_an_empty_or_endless_note_is_refused_with_a_sentence():
    with pytest.raises(ResearchError, match="this one is empty"):
        checked_text(" \n ")
    with pytest.raises(ResearchError, match="4,001 characters; up to 4,000 are kept"):
        checked_text("x" * 4001)
    with pytest.raises(ResearchError, match="The participant's label has 121 characters"):
        checked_label("x" * 121, "The participant's label")


def test_blanks_around_words_and_in_labels_go():
    assert (checked_text(" It\nbroke "), checked_label(" P 3 \n", "")) == ("It\nbroke", "P 3")
