"""Archetypes: planted ones are found with their shares, made-up ones are refused, and the order of rows is nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from touchline.analyses.facade import QuestionError, answered, kind_named, reading, usual_question
from touchline.analyses.kinds.archetypes.answer import Move
from touchline.analyses.kinds.archetypes.answering import divided, members
from touchline.analyses.kinds.archetypes.kernel import Walks, walked, way_words
from touchline.analyses.kinds.archetypes.naming import all_named, given_names, step_name, suggested_name
from touchline.analyses.kinds.archetypes.question import WaysTaken
from touchline.analyses.kinds.archetypes.request import ArchetypesRequest
from touchline.analyses.tests.worlds import Happened, journey, make
from touchline.formulas.agreement import adjusted_rand
from touchline.formulas.archetypes import crossed

SHARES = (0.4, 0.3, 0.2, 0.1)
PLACES = [f"Place {number}" for number in range(1, 41)]
SHOP = journey(begin=["Ad", "Search", "Product"], buy=["Order Completed"], after=["Help"])
DAY, GAP = 86_400_000_000, 30 * 86_400_000_000


def planted(seed: int, people: int, shares: tuple[float, ...]) -> tuple[list[Happened], list[int]]:
    """Forty touchpoints in seven stages; each archetype has favourite next places, and a tenth of all moves is noise."""
    rng = np.random.default_rng(seed)
    stage = np.arange(40) * 7 // 40
    ahead = np.clip(stage[None, :] - stage[:, None], -2, 2)
    base = np.select([ahead == -1, ahead == 0, ahead == 1], [0.1, 0.4, 1.0], 0.0)
    chains = []
    for _ in shares:
        liked = base * rng.gamma(0.3, 1.0, base.shape)
        np.fill_diagonal(liked, 0.0)
        chains.append(0.9 * liked / liked.sum(1, keepdims=True) + 0.1 / 40)
    begins = [rng.dirichlet(np.full(6, 0.3)) for _ in shares]
    kinds = rng.choice(len(shares), people, p=shares)
    happened = []
    for who, kind in enumerate(kinds, 1):
        place = int(rng.choice(6, p=begins[kind]))
        for step in range(6 + int(rng.poisson(8))):
            happened.append(Happened(who, who % 50 + step / 24, PLACES[place]))
            place = int(rng.choice(40, p=chains[kind][place]))
    return happened, kinds.tolist()


def forty() -> object:
    names = {f"stage{number}": [PLACES[at] for at in range(40) if at * 7 // 40 == number] for number in range(7)}
    return journey(**names)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    happened, kinds = planted(11, 1500, SHARES)
    workspace = make(tmp_path_factory.mktemp("four") / "workspace", forty(), happened)
    yield workspace, kinds
    workspace.close()


def ask(workspace, **given):
    texts = {name: [value] for name, value in given.items()}
    return answered(workspace, usual_question(workspace, "archetypes", {"period": ["all"], **texts}))


def reading_of(workspace, buckets=1):
    question = usual_question(workspace, "archetypes", {"start": ["2026-01-01"], "end": ["2026-12-31"]})
    return replace(reading(workspace, question), buckets=buckets)


def test_four_planted_archetypes_are_found_with_their_shares(four):
    workspace, kinds = four
    found = ask(workspace).answer

    assert len(found.archetypes) == 4
    assert found.agreement >= 0.8
    for each, share in zip(found.archetypes, SHARES, strict=True):
        assert each.share == pytest.approx(share, abs=0.03)
        assert each.low < each.share < each.high
    assert sum(each.people for each in found.archetypes) == found.people == 1500
    assert agreement_with(workspace, found.archetypes, kinds) >= 0.95


def agreement_with(workspace, archetypes, kinds):
    name = {customer: int(value[1:]) for customer, value in workspace.store.rows(
        "select customer, value from identities join identifiers using (identifier)")}  # fmt: skip
    found = np.zeros(len(kinds), int)
    for number, each in enumerate(archetypes):
        customers = members(reading_of(workspace), ArchetypesRequest(), each.part).tolist()
        assert len(customers) == each.people
        found[[name[customer] - 1 for customer in customers]] = number
    return adjusted_rand(crossed(found, np.array(kinds), np.ones(len(kinds)), 4))


def test_a_world_of_one_archetype_has_one(tmp_path):
    happened, _ = planted(5, 600, (1.0,))
    found = ask(make(tmp_path / "one", forty(), happened))

    assert len(found.answer.archetypes) == 1
    assert found.answer.archetypes[0].share == 1
    assert found.presentation.sentence.startswith("One archetype: the ways of 600 customers")


def test_shades_without_borders_are_refused_with_what_to_do(tmp_path):
    """Everybody has a taste of their own: BIC finds ever more archetypes in it, and drawn again they are others."""
    rng = np.random.default_rng(1)
    names = ["Ad", "Search", "Product", "Help"]
    happened = [
        Happened(who, step / 24, names[place])
        for who in range(1, 121)
        for step, place in enumerate(rng.choice(4, 30, p=rng.dirichlet(np.full(4, 2.0))))
    ]
    workspace = make(tmp_path / "shades", SHOP, happened)
    found, fixed = ask(workspace), ask(workspace, number="6")

    assert found.answer.archetypes == ()
    assert found.presentation.sentence.startswith("No stable archetypes: when customers are drawn again, other groups")
    assert "--number" in found.presentation.sentence
    assert [table.id for table in found.presentation.tables] == ["tried"]
    assert len(fixed.answer.archetypes) == 6
    assert "not stable" in fixed.presentation.cautions[0]


def test_too_few_customers_are_refused(tmp_path):
    workspace = make(tmp_path / "few", SHOP, [Happened(who, who, "Ad") for who in range(1, 20)])

    assert ask(workspace).presentation.sentence == (
        "No archetypes: 19 customers are too few, at least 50 are needed. Ask for a longer period, or for all data."
    )


def test_one_bucket_and_eight_and_shuffled_rows_give_equal_answers(four):
    workspace, _ = four
    kind = kind_named("archetypes")
    request = ArchetypesRequest(outcome="place-40")
    whole = kind.answer(reading_of(workspace), request)
    assert kind.answer(reading_of(workspace, 8), request) == whole
    with workspace.store.transaction() as writer:
        writer.execute("create temp table shuffled as select * from visits order by hash(customer, time)")
        writer.execute("delete from visits")
        writer.execute("insert into visits select * from shuffled")
    assert kind.answer(reading_of(workspace), request) == whole


def test_two_groups_are_divided_into_the_same_archetypes(four):
    workspace, _ = four
    found = ask(workspace, against='visited("place-40")')

    assert [each.suggested for each in found.answer.archetypes] != []
    assert len(found.second.archetypes) == len(found.answer.archetypes)
    assert found.second.people < found.answer.people
    assert len(found.difference.tables[0].rows) == len(found.answer.archetypes)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """60 who look (ad, product), 40 who buy (search, product, order) and answer with 5, of them 10 with 3 as well."""
    happened = []
    for who in range(1, 61):
        happened += [Happened(who, 1, "Ad"), Happened(who, 1.1, "Product"), Happened(who, 1.2, "Product")]
    for who in range(61, 101):
        happened += [Happened(who, 1, "Search"), Happened(who, 1.1, "Product")]
        happened += [Happened(who, 1.2, "Order Completed"), Happened(who, 2, "Order Completed", csat=5)]
        happened += [Happened(who, 40, "Help")]
        happened += [Happened(who, 41, "Help", csat=3)] * (who <= 70)
    workspace = make(tmp_path_factory.mktemp("shop") / "workspace", SHOP, happened)
    yield workspace
    workspace.close()


def test_two_ways_counted_by_hand(shop):
    lookers, buyers = ask(shop).answer.archetypes

    assert (lookers.people, lookers.share, lookers.way) == (60, 0.6, ("Ad", "Product"))
    assert (round(lookers.low, 3), round(lookers.high, 3)) == (0.502, 0.691)
    assert (buyers.people, buyers.journeys) == (40, 80)
    assert buyers.way == ("Search", "Product", "Order Completed", "Help")
    assert buyers.commonest == ("Search", "Product", "Order Completed", "|", "Help")
    assert (lookers.reached, buyers.reached, buyers.outcome) == (0, 40, 1.0)
    assert lookers.outcome == 0
    assert lookers.experience is None
    assert (buyers.answered, buyers.answers) == (40, 50)
    assert buyers.experience == pytest.approx((40 * 100 + 10 * 0) / 50)
    product = next(each for each in lookers.touchpoints if each.touchpoint == "product")
    assert (product.people, product.share, product.everyone, product.rank) == (60, 1.0, 1.0, 2.0)
    assert not product.sets_apart
    assert lookers.suggested == "Ad"
    assert {(move.start, move.end) for move in lookers.moves} >= {("Ad", "Product"), ("", "Ad"), ("Product", "")}


def test_names_are_the_users_to_give(shop):
    names = [each.name for each in ask(shop, names="Lookers").answer.archetypes]
    assert names[0] == "Lookers"
    with pytest.raises(QuestionError, match="3 names are given for 2 archetypes"):
        ask(shop, names="One, Two, Three")
    with pytest.raises(QuestionError, match="is given twice"):
        given_names("A, A")
    assert all_named(["Help", "Help"], ()) == ("Help", "Help (2)")
    assert suggested_name([], ["Ad", "Product", "Help"]) == "Ad + Help"
    assert suggested_name([], []) == "Everything else"
    begins, goes_on = (Move(start, "Cart", 9, 0.9, 0.8, 1.0, 0.1) for start in ("", "Ad"))
    assert step_name([begins, goes_on]) == "Ad → Cart"
    assert step_name([begins]) == "begins at Cart"


def test_each_archetype_has_a_small_map(shop):
    found = ask(shop)
    small = next(table for table in found.presentation.tables if table.id == "map-archetype-2")

    assert small.caption == "Map: Search + Order Completed (40%)"
    assert [row.cells[0] for row in small.rows] == ["Search", "Product", "Order Completed", "Help"]
    assert [(row.cells[1], row.n) for row in small.rows] == [(1.0, 40)] * 4
    answers = {row.cells[0]: row.cells[7] for row in small.rows}
    assert answers == {"Search": 0, "Product": 0, "Order Completed": 40, "Help": 10}
    line = next(chart for chart in found.presentation.charts if chart.id == "line-archetype-2")
    assert line.table == small.id
    assert line.labels == ("Search", "Product", "Order Completed", "Help")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": "moon"}, "There is no touchpoint or event “moon”"),
        ({"number": "9"}, "There is no number of archetypes “9”"),
    ],
)
def test_bad_questions_get_a_sentence(shop, given, said):
    with pytest.raises(QuestionError, match=said):
        ask(shop, **given)


def test_there_is_no_archetype_beyond_the_last(shop):
    with pytest.raises(QuestionError, match="There is no archetype-5: 2 archetypes were found"):
        members(reading_of(shop), ArchetypesRequest(), "archetype-5")


def test_units_are_accounts_and_cases_too(shop):
    assert "0 cases are too few" in ask(shop, unit="case").presentation.sentence


def test_ways_are_read_from_visits_in_any_order():
    unit, time = np.array([2, 1, 1, 1, 1]), np.array([0, 50 * DAY, 2, 1, 1])
    touchpoint = np.array([3, 0, 0, 1, 0])
    found = walked(unit, time, time, touchpoint, GAP)

    assert found.unit.tolist() == [1, 2]
    assert way_words(found.way[0], "abcd") == ("a", "b", "a", "|", "a")  # a before b at the same moment
    assert way_words(found.way[1], "abcd") == ("d",)
    walks = Walks.of(found.way)
    assert walks.journeys().tolist() == [2, 1]
    assert [column.tolist() for column in walks.first_visits()] == [[0, 0, 1], [0, 1, 3], [1, 2, 1]]


def test_nobody_in_scope_is_said(shop):
    question = usual_question(shop, "archetypes", {"start": ["2026-03-01"], "end": ["2026-03-31"]})
    assert "0 customers are too few" in answered(shop, question).presentation.sentence


def test_parts_hold_few_rows_where_ways_are_few(shop):
    found = reading_of(shop).ask(WaysTaken.of(reading_of(shop), None))
    assert sorted(found.people.tolist()) == [40, 60]
    assert divided(found, ArchetypesRequest()).kinds == 2
    assert Path(shop.store.path).exists()
