"""The step matrix of a world small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from touchline.analyses.facade import QuestionError, answered, kind_named, reading, usual_question
from touchline.analyses.tests.worlds import Happened, journey, make

SHOP = journey(awareness=("Ad", "Page"), purchase=("Cart", "Order"), service=("Help",))

TYPED = (
    (1, "Ad Page Cart Order"),
    (2, "Ad Page Page Cart Order"),
    (3, "Page Cart"),
    (4, "Ad"),
    (5, "Page Cart Page Cart Order"),
    (6, "Ad Page Cart Help"),
)
HAPPENED = [Happened(who, hour / 24, name) for who, names in TYPED for hour, name in enumerate(names.split())]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    workspace = make(tmp_path_factory.mktemp("matrix") / "shop", SHOP, HAPPENED)
    yield workspace
    workspace.close()


def ask(workspace, **given):
    texts = {"period": ["all"], "anchor": [""]} | {name: [text] for name, text in given.items() if text}
    return answered(workspace, usual_question(workspace, "step-matrix", texts))


def counts(answer):
    return {row.name: [share.count for share in row.shares] for row in answer.rows}


def test_around_an_anchor(shop):
    answer = ask(shop, anchor="cart", places="2").answer

    assert answer.places == (-2, -1, 0, 1, 2)
    assert counts(answer) == {
        "Cart": [0, 0, 5, 0, 1],
        "Page": [0, 5, 0, 1, 0],
        "Ad": [3, 0, 0, 0, 0],
        "Order": [0, 0, 0, 2, 0],
        "Help": [0, 0, 0, 1, 0],
        "(start)": [2, 0, 0, 0, 0],
        "(end)": [0, 0, 0, 1, 4],
    }
    assert {share.of for row in answer.rows for share in row.shares} == {5}
    assert [sum(row.shares[place].value for row in answer.rows) for place in range(5)] == pytest.approx([1.0] * 5)
    assert {row.name: row.customers for row in answer.rows}["(end)"] == 4


def test_the_last_anchor(shop):
    assert counts(ask(shop, anchor="cart", places="1", occurrence="last").answer)["Order"] == [0, 0, 3]


def test_what_is_usual_is_the_stage_in_the_middle(shop):
    question = usual_question(shop, "step-matrix", {"period": ["all"]})

    assert question.request.anchor == "cart"
    assert answered(shop, question).presentation.sentence == (
        "5 journeys of 5 customers have Cart. What comes next most often is Order: 40.0%."
    )


def test_from_the_beginning(tmp_path):
    workspace = make(tmp_path / "events", journey(none=("Nothing",)), HAPPENED)

    found = answered(workspace, usual_question(workspace, "step-matrix", {"period": ["all"]}))

    assert found.question.request.nodes == "event"
    assert found.answer.seen.anchor == "Page"  # most frequent
    workspace.close()


def test_what_is_shown(shop):
    shown = ask(shop, anchor="stage:purchase", places="1", nodes="stage").presentation

    heat, (matrix, leading) = shown.charts[0], shown.tables
    assert heat.rows == ("Awareness", "Purchase", "Service", "(end)")
    assert heat.columns == ("−1", "0", "+1")
    assert heat.values[0] == (1.0, 0.0, 0.2)
    assert [row.cells[1:] for row in matrix.rows] == list(heat.values)
    assert [row.n for row in matrix.rows] == list(heat.n) == [5, 5, 1, 3]
    assert [row.cells[:3] for row in leading.rows] == [("−1", "Awareness", 1.0), ("+1", "(end)", 0.6)]
    assert [row.is_provisional for row in matrix.rows] == [False, False, False, True]  # data end the same day
    assert heat.provisional == ((3, 2),)
    under_way = next(figure for figure in shown.figures if figure.id == "under-way")
    assert (under_way.value, under_way.n) == (pytest.approx(0.4), 5)


def test_buckets_do_not_matter(shop):
    question = usual_question(shop, "step-matrix", {"period": ["all"]})
    kind = kind_named("step-matrix")

    assert kind.answer(replace(reading(shop, question), buckets=8), question.request) == answered(shop, question).answer


def test_customers_who_reached_the_anchor(shop):
    question = usual_question(shop, "step-matrix", {"period": ["all"], "anchor": ["order"]})

    found = kind_named("step-matrix").members(reading(shop, question), question.request, "anchor")

    assert found.tolist() == [1, 2, 5]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"places": "0"}, r"from 1 to 10"),
        ({"anchor": "oder"}, r"no touchpoint or event “oder”. There are: Order, page"),
        ({"nodes": "aisle"}, r"There are: touchpoint, stage, page, event"),
    ],
)
def test_bad_questions(shop, given, sentence):
    with pytest.raises(QuestionError, match=sentence):
        ask(shop, **given)
