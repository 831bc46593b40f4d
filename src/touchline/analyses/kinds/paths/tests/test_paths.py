"""Paths of worlds small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from touchline.analyses.facade import QuestionError, answered, kind_named, reading, usual_question
from touchline.analyses.tests.worlds import Happened, journey, make

SHOP = journey(awareness=("Ad", "Page"), purchase=("Cart", "Order"), service=("Help", "Never"))
HOUR = 1 / 24

TYPED = (
    (1, (0, "Ad"), (1, "Page"), (2, "Cart"), (3, "Order")),
    (2, (0, "Ad"), (1, "Page"), (2, "Page"), (3, "Cart"), (4, "Order")),  # two visits to the page
    (3, (0, "Page"), (1, "Cart"), (1440, "Page"), (1441, "Cart"), (1442, "Order"), (1466, "Help")),  # two journeys
    (4, (0, "Ad")),
    (5, (0, "Page"), (1, "Cart"), (2, "Page"), (3, "Cart"), (4, "Order")),
    (6, (0, "Ad"), (1, "Page"), (2, "Cart"), (26, "Help")),
)
"""(customer, (hour, touchpoint) ...). Data end at hour 1466, day 61."""

HAPPENED = [Happened(who, hour * HOUR, name) for who, *visits in TYPED for hour, name in visits]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    workspace = make(tmp_path_factory.mktemp("paths") / "shop", SHOP, HAPPENED)
    yield workspace
    workspace.close()


def ask(workspace, **given):
    texts = {"period": ["all"], "length": ["3"]} | {name: [text] for name, text in given.items()}
    return answered(workspace, usual_question(workspace, "paths", texts))


def listed(answer):
    return {" ".join(path.steps): path.share.count for path in answer.paths}


def test_the_first_steps_of_journeys(shop):
    answer = ask(shop).answer

    assert listed(answer) == {
        "Ad Page Cart": 3,
        "Ad (end)": 1,
        "Page Cart Order": 1,
        "Page Cart (end)": 1,
        "Page Cart Page": 1,
    }
    first = answer.paths[0]
    assert first.steps == ("Ad", "Page", "Cart")
    assert first.repeats == (1.0, pytest.approx(4 / 3), 1.0)  # customer 2 came to the page twice in a row
    assert (first.customers, first.share.of, first.together) == (3, 7, pytest.approx(3 / 7))
    assert answer.paths[-1].together == pytest.approx(1.0)
    assert (answer.seen.with_path.of, answer.seen.with_path.clusters, answer.customers) == (7, 6, 6)
    assert answer.different == 5
    assert answer.seen.may_go_on == 1  # customer 3 was here a day before the data end


def test_repeats_stand_on_their_own_when_asked(shop):
    assert listed(ask(shop, collapse="0").answer)["Ad Page Page"] == 1


@pytest.mark.parametrize(
    ("occurrence", "counts"),
    [
        ("first", {"Cart Order": 3, "Cart (end)": 1, "Cart Page": 1, "Cart Help": 1}),
        ("last", {"Cart Order": 4, "Cart (end)": 1, "Cart Help": 1}),
    ],
)
def test_after_an_anchor(shop, occurrence, counts):
    answer = ask(shop, anchor="cart", occurrence=occurrence, length="2").answer

    assert listed(answer) == counts
    assert (answer.seen.with_path.count, answer.seen.with_path.of) == (6, 7)
    assert answer.customers == 5


def test_before_an_anchor(shop):
    assert listed(ask(shop, anchor="Cart", direction="before").answer) == {"Ad Page Cart": 3, "(start) Page Cart": 3}


def test_around_an_anchor(shop):
    answer = ask(shop, anchor="order", direction="around", length="4").answer

    assert listed(answer) == {"Cart Order (end)": 3, "Cart Order Help (end)": 1}


def test_the_last_steps_of_journeys(shop):
    assert listed(ask(shop, direction="before", length="2").answer) == {
        "Cart Order": 3,
        "Cart Help": 1,
        "Order Help": 1,
        "(start) Ad": 1,
        "Page Cart": 1,
    }


def test_stages_are_steps(shop):
    assert listed(ask(shop, nodes="stage").answer) == {
        "Awareness Purchase (end)": 3,
        "Awareness Purchase Service": 2,
        "Awareness (end)": 1,
        "Awareness Purchase Awareness": 1,
    }


@pytest.mark.parametrize("outcome", ["order", "event:Order"])
def test_what_comes_later(shop, outcome):
    answer = ask(shop, anchor="cart", length="2", outcome=outcome).answer

    assert (answer.outcome.count, answer.outcome.of) == (4, 6)
    assert {" ".join(path.steps): path.outcome.count for path in answer.paths} == {
        "Cart Order": 3,
        "Cart (end)": 0,
        "Cart Page": 1,
        "Cart Help": 0,
    }


def test_without_an_anchor_the_outcome_counts_wherever_it_is(shop):
    answer = ask(shop, outcome="ad").answer

    assert (answer.outcome.count, answer.outcome.of) == (4, 7)


def test_one_path_by_its_steps(shop):
    answer = ask(shop, path="page > Cart", outcome="order").answer

    assert (answer.chosen.share.count, answer.chosen.share.of) == (6, 7)
    assert answer.chosen.customers == 5
    assert (answer.chosen.outcome.count, answer.chosen.outcome.of) == (4, 6)
    assert ask(shop, path="Cart → (end)").answer.chosen.share.count == 1


def test_customers_of_a_path(shop):
    kind = kind_named("paths")

    def members(part, **given):
        question = usual_question(shop, "paths", {"period": ["all"], **given})
        return kind.members(reading(shop, question), question.request, part).tolist()

    assert members("anchor", anchor=["order"]) == [1, 2, 3, 5]
    assert members("path", length=["3"]) == [1, 2, 6]
    assert members("path", length=["3"], path=["Page > Cart > (end)"]) == [3]


def test_an_event_that_is_no_touchpoint_can_be_the_anchor(tmp_path):
    calls = [Happened(1, 1.5 * HOUR, "Call"), Happened(2, 2 * HOUR, "Call"), Happened(9, 5.0, "Call")]
    workspace = make(tmp_path / "calls", SHOP, [*HAPPENED, *calls])

    found = ask(workspace, anchor="event:Call", direction="around")

    # customer 2's second visit to the page began at that very moment: it stands before the call
    assert listed(found.answer) == {"(start) Call (end)": 1, "Page Call Cart": 2}
    assert found.answer.seen.with_path.of == 8  # 9's call is a journey of its own
    workspace.close()


def test_pages_and_sessions(tmp_path):
    pages = [
        (1, 0, "/"),
        (1, 1, "/products/17"),
        (1, 2, "/products/18?x=1"),
        (1, 33, "/cart/"),  # half an hour and more later
        (2, 0, "/"),
        (2, 20, "/products/9"),
        (2, 50, "/cart"),  # half an hour to the minute
    ]
    happened = [Happened(who, minute / 1440, "Seen", page=page) for who, minute, page in pages]
    workspace = make(tmp_path / "pages", SHOP, [*happened, Happened(1, 0.0005, "Ad")])

    answer = ask(workspace, nodes="page", bounds="session").answer
    wider = ask(workspace, nodes="page", bounds="session", session_minutes="31").answer

    assert listed(answer) == {"/ /products/:id /cart": 1, "/ /products/:id (end)": 1, "/cart (end)": 1}
    assert listed(wider) == {"/ /products/:id /cart": 2}
    assert "3 sessions of 2 customers" in ask(workspace, nodes="page", bounds="session").presentation.sentence
    assert listed(ask(workspace, nodes="event").answer) == {"Seen Ad Seen": 1, "Seen (end)": 1}
    workspace.close()


def test_accounts_and_cases(tmp_path):
    acme, case = ("account", "Acme"), ("case", "T-1")
    happened = [
        Happened(1, 0.0, "Ad", objects=(acme,)),
        Happened(2, 1.0, "Page", objects=(acme,)),
        Happened(1, 2.0, "Help", objects=(acme, case)),
        Happened(1, 50.0, "Help", objects=(acme, case)),
        Happened(3, 3.0, "Ad"),
    ]
    workspace = make(tmp_path / "accounts", SHOP, happened)

    accounts = ask(workspace, unit="account").answer
    cases = ask(workspace, unit="case", collapse="0").answer

    assert listed(accounts) == {"Ad Page Help": 1, "Help (end)": 1}
    assert listed(cases) == {"Help Help (end)": 1}  # a case is one path, however long it rests
    assert ask(workspace, unit="case", collapse="0").presentation.sentence.startswith("1 case took 1 different path of")
    question = usual_question(workspace, "paths", {"period": ["all"], "unit": ["account"], "length": ["3"]})
    found = kind_named("paths").members(reading(workspace, question), question.request, "path")
    assert found.tolist() == [1, 2]
    workspace.close()


def test_neither_the_order_of_rows_nor_the_number_of_buckets_matters(tmp_path):
    ties = [Happened(who, 100.0, name) for who in range(1, 20) for name in ("Page", "Cart", "Ad")]
    workspace = make(tmp_path / "ties", SHOP, [*HAPPENED, *ties])
    question = usual_question(workspace, "paths", {"period": ["all"], "outcome": ["event:Cart"], "anchor": ["page"]})
    plain = usual_question(workspace, "paths", {"period": ["all"]})
    kind = kind_named("paths")

    def answers(buckets=1):
        return [
            kind.answer(replace(reading(workspace, each), buckets=buckets), each.request) for each in (question, plain)
        ]

    before = answers()
    assert answers(8) == before
    for table in ("visits", "events"):
        with workspace.store.transaction() as writer:
            writer.execute(f"create table turned as select * from {table} order by hash(time), rowid desc")
            writer.execute(f"delete from {table}")
            writer.execute(f"insert into {table} select * from turned")
            writer.execute("drop table turned")
    assert answers() == before
    assert answers(3) == before
    assert listed(before[1])["Page Cart Ad (end)"] == 19  # as their events' ids stand, which is as they were typed
    workspace.close()


@pytest.mark.parametrize(
    ("given", "sentence", "parameter"),
    [
        ({"anchor": "crat"}, r"no touchpoint or event “crat”. There are: Cart, page, cart", "anchor"),
        ({"anchor": "never"}, r"“never” never occurs in the data. What occurs most: page", "anchor"),
        ({"anchor": "cart?"}, r"cannot be optional", "anchor"),
        ({"outcome": "stage:nowhere"}, r"no stage “nowhere”. There are: awareness", "outcome"),
        ({"anchor": "event:Cart[colour=red]"}, r"no property “colour”", "anchor"),
        ({"direction": "around"}, r"need an anchor", "direction"),
        ({"direction": "sideways"}, r"There are: after, before, around", "direction"),
        ({"length": "200"}, r"Steps in a path is '200'; expected a whole number from 2 to 10", "length"),
        ({"length": "1"}, r"from 2 to 10", "length"),
        ({"session_minutes": "0"}, r"from 1 to 1,440", "session_minutes"),
        ({"nodes": "page"}, r"No event in the data has a page.* There are: 25 visits to touchpoints", "nodes"),
        ({"path": "Ad > Kart"}, r"no step “Kart”. There are: Cart", "path"),
        ({"path": "Ad > Page > Cart > Order"}, r"The path has 4 steps; a path has 3 here", "path"),
        ({"unit": "household"}, r"no unit “household”. There are: customer, account, case", "unit"),
    ],
)
def test_bad_questions_say_what_is_wrong_and_what_exists(shop, given, sentence, parameter):
    with pytest.raises(QuestionError, match=sentence) as problem:
        ask(shop, **given)
    assert problem.value.parameter == parameter


def test_an_anchor_that_is_not_in_the_scope_is_told(shop):
    found = ask(shop, anchor="help", filter='not visited("help")')

    assert found.presentation.sentence == "None of the 4 journeys in this scope has Help."
    assert found.answer.paths == ()
    nobody = ask(shop, unit="case")
    assert nobody.presentation.sentence == "There are no cases in this scope."


def test_what_is_shown(shop):
    shown = ask(shop, anchor="cart", outcome="order", path="Cart > Order").presentation

    assert shown.sentence == (
        "6 journeys of 5 customers took 5 different paths of 3 steps after Cart. "
        "The most frequent, Cart → Order → (end), is 33.3% of them."
    )
    assert {figure.id: figure.value for figure in shown.figures} == {
        "journeys": 7,
        "reach": pytest.approx(6 / 7),
        "different": 5,
        "covered": pytest.approx(1.0),
        "outcome": pytest.approx(4 / 6),
        "path": pytest.approx(3 / 6),
        "path-outcome": None,  # three customers are too few
    }
    paths, outcomes = shown.tables
    assert [column.name for column in paths.columns] == ["Path", "Journeys", "Share", "low", "high", "Together"]
    assert (paths.rows[0].cells[0], paths.rows[0].n) == ("Cart → Order → (end)", 2)
    assert outcomes.rows[0].cells[:3] == ("Cart → Order → (end)", 2, None)
    assert shown.charts[0].table == "paths"
    provisional = {row.cells[0]: row.is_provisional for row in paths.rows}
    assert provisional["Cart → Order → Help"] is False  # has all its steps
    assert "1 of 6 journeys may not be over: less than 30 days passed" in shown.cautions[0]
