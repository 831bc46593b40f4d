"""The list of pain points: narrowed, sorted, with what is at stake as its evidence allows."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from touchline.pains.drawing.stake_bar import draw_stake_bar
from touchline.pains.rules.pain import Amount
from touchline.pains.tests.sample import DECLINED, RAGE, SAMPLE, SLOW


@pytest.fixture
def asked(client):
    """Queries of the page; needs Django, which the client sets up."""
    from django.http import QueryDict

    return QueryDict


def listed(asked, query: str) -> dict[str, object]:
    from touchline.pains.listing import list_context

    return list_context(SAMPLE, asked(query))


def ids(context) -> list[str]:
    return [row.id.partition("~")[0] for row in context["rows"]]


def test_rows_stand_as_ranked_and_keep_their_place_when_sorted(asked):
    assert ids(listed(asked, "")) == ["payment", "tracking", "support", "product", "landing", "basket"]

    by_customers = listed(asked, "sort=-customers")
    assert ids(by_customers) == ["product", "payment", "tracking", "support", "basket", "landing"]
    assert [row.rank for row in by_customers["rows"]] == [None, 1, 2, 3, None, None]
    assert ids(listed(asked, "sort=nonsense")) == ids(listed(asked, ""))


def test_heads_sort_and_turn_around(asked):
    heads = {head.text: head for head in listed(asked, "stage=purchase&sort=-customers")["heads"]}

    assert heads["Who it hits"].order == "descending"
    assert heads["Who it hits"].url == "?stage=purchase&sort=customers"
    assert heads["Evidence grade"].url == "?stage=purchase&sort=grade"
    assert heads["At stake"].url == "?stage=purchase&sort=-stake"
    assert heads["Evidence"].url == ""


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("stage=purchase", ["payment", "basket"]),
        ("symptom=frustration", ["product"]),
        ("grade=C", ["payment", "tracking", "support"]),
        ("stage=purchase&grade=D", ["basket"]),
        ("stage=nowhere", []),
    ],
)
def test_menus_narrow_the_list(asked, query, left):
    assert ids(listed(asked, query)) == left


def test_an_amount_a_range_or_a_reason_as_the_evidence_allows(asked):
    rows = {row.id: row for row in listed(asked, "")["rows"]}

    firm, lead, none = rows[DECLINED.id].stake, rows[RAGE.id].stake, rows[SLOW.id]
    assert (firm.amount, firm.span, firm.caveat) == ("€18.6k", "€15.1k to €22.4k", "if causal")
    assert (lead.amount, lead.span, lead.is_firm) == ("", "−€900 to €9.3k", False)
    assert lead.caveat == "a lead, not a cause: enters no sum"
    assert (none.stake, none.why_none) == (None, "The effect cannot be estimated, so there is no amount.")


def test_the_total_is_the_one_of_the_joint_model(asked):
    context = listed(asked, "grade=D")

    assert (context["total"], context["total_span"]) == ("€24.9k", "€20.3k to €30.2k")
    assert context["supported"] == 5


def test_what_could_not_be_estimated_is_said_with_its_reason(asked):
    reasons = {each.pain.id: dict(each.reasons) for each in listed(asked, "")["unknown"]}

    assert DECLINED.id not in reasons
    assert reasons[SLOW.id]["What it costs"] == "64 bad visits have a counterpart; it takes 100."
    assert set(reasons[RAGE.id]) == {"How much worse it feels"}


def bar(svg: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(tag))


def test_a_bar_reaches_to_the_median_and_a_lead_has_none():
    amount = Amount(50.0, 25.0, 100.0, 25.0)

    (drawn,) = bar(draw_stake_bar(amount, 100.0, is_firm=True), "rect")
    assert float(drawn.get("width")) == pytest.approx(1 + 113 * 0.5, abs=0.06)
    assert bar(draw_stake_bar(amount, 100.0, is_firm=False), "rect") == []


@pytest.mark.parametrize("widest", [0.0, -5.0, 100.0])
def test_a_bar_of_no_loss_stays_within_its_picture(widest):
    (drawn,) = bar(draw_stake_bar(Amount(-20.0, -50.0, -1.0, 0.0), widest, is_firm=True), "rect")

    assert float(drawn.get("width")) == 1.0
