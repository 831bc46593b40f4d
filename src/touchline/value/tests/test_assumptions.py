from __future__ import annotations

import pytest

from touchline.value import facade
from touchline.value.questions.settings import settings_ever
from touchline.value.rules.assumptions import Assumptions


def test_what_is_set_holds_and_what_was_set_before_is_kept(page_workspace):
    assert facade.assumptions(page_workspace) == Assumptions()

    facade.set_assumptions(page_workspace, {"margin": "35%", "contact_cost": 6}, "accounts of 2025")
    held = facade.set_assumptions(page_workspace, {"margin": 0.3, "contact_cost": 6.0})

    assert (held.margin, held.contact_cost, held.horizon_months) == (0.3, 6, 24)
    assert facade.assumptions(page_workspace) == held
    assert [(each.name, each.value, each.note) for each in settings_ever(page_workspace)] == [
        ("margin", "0.35", "accounts of 2025"),
        ("contact_cost", "6.0", "accounts of 2025"),
        ("margin", "0.3", ""),  # the cost stayed as it was
    ]


def test_sentences_stand_beside_amounts(page_workspace):
    facade.set_assumptions(page_workspace, {"margin": "37.5%", "horizon_months": 12})

    assert facade.assumption_sentences(page_workspace, "EUR") == (
        "37.5% of revenue is margin.",
        "Money of next year is worth 10% less than money of today.",
        "Value counts 12 months into the future.",
        "A contact costs 8.00 EUR.",
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("margin", "130%", "The margin is between 0% and 100%, not 130%."),
        ("margin", "-5%", "The margin is between 0% and 100%, not -5%."),
        ("margin", "half", "The margin is a number, not “half”."),
        ("margin", "nan", "The margin is a number, not “nan”."),
        ("discount_a_year", "inf", "The discount is a number, not “inf”."),
        ("horizon_months", "1.5", "The horizon is a whole number of months from 1 to 120, not 1.5."),
        ("horizon_months", 0, "The horizon is a whole number of months from 1 to 120, not 0."),
        ("contact_cost", -1, "The cost of a contact is an amount from 0 to 1,000,000, not -1."),
        ("currency", "EURO", "A currency is three letters such as EUR, or empty for that of most orders; not EURO."),
        ("model", "crystal ball", "There is no model “crystal ball”. There are: mbg, bg, pareto."),
        ("mood", "1", "There is no assumption “mood”. There are: margin, discount_a_year,"),
    ],
)
def test_what_cannot_be_assumed_is_said_in_words_and_changes_nothing(page_workspace, name, value, sentence):
    with pytest.raises(facade.AssumptionError, match="^" + sentence.split("(")[0].replace(".", "\\.")):
        facade.set_assumptions(page_workspace, {"contact_cost": 5, name: value})

    assert facade.assumptions(page_workspace) == Assumptions()


def test_shares_are_read_in_per_cent_and_as_shares(page_workspace):
    for given in ("35%", "0.35", 0.35, "35"):
        assert facade.set_assumptions(page_workspace, {"margin": given}).margin == pytest.approx(0.35)


def test_a_note_has_an_end(page_workspace):
    with pytest.raises(facade.AssumptionError, match="The note has 201 characters; up to 200 are kept"):
        facade.set_assumptions(page_workspace, {"margin": 0.3}, "x" * 201)
