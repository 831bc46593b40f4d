"""Attribution counted by hand: which contacts are marketing, which path they belong to, and who gets the credit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from touchline.analyses.facade import QuestionError, answered, kind_named, reading, usual_question
from touchline.analyses.kinds.attribution.kernel import DAY_US, Moments, Window, paths_of
from touchline.analyses.tests.worlds import Happened, journey, make
from touchline.formulas.attribution import RULES

SHOP = journey(awareness=["Promotion Clicked", "Page Viewed"], buy=["Cart Viewed", "Order Completed"])
BOUGHT = {"value": "100.00", "currency": "EUR"}


def typed() -> list[Happened]:
    """The published example, five times: g→order ×2, m→order, g→m→order, g→nothing; every order is worth 100 EUR."""
    happened = []
    for turn in range(5):
        one, two, three, four, five = (5 * turn + number for number in range(1, 6))
        happened += [
            Happened(one, 1, "Page Viewed", campaign="g"), Happened(one, 2, "Order Completed", **BOUGHT),
            Happened(two, 1, "Page Viewed", campaign="g"), Happened(two, 1.1, "Page Viewed", campaign="g"),
            Happened(two, 3, "Order Completed", **BOUGHT),
            Happened(three, 1, "Page Viewed", campaign="m"), Happened(three, 2, "Order Completed", **BOUGHT),
            Happened(four, 1, "Page Viewed", campaign="g"), Happened(four, 5, "Page Viewed", campaign="m"),
            Happened(four, 5, "Order Completed", **BOUGHT),  # at the moment of the contact, which counts as before it
            Happened(five, 1, "Page Viewed", campaign="g"), Happened(five, 2, "Cart Viewed"),
        ]  # fmt: skip
    nobody = 26
    return [
        *happened,
        Happened(nobody, 1, "Page Viewed"),  # by oneself: no marketing
        Happened(nobody, 2, "Order Completed", value="7.00", currency="EUR"),
        Happened(None, 3, "Page Viewed", campaign="g"),
        Happened(nobody, 40, "Cart Viewed"),
    ]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    workspace = make(tmp_path_factory.mktemp("shop") / "workspace", SHOP, typed())
    yield workspace
    workspace.close()


def ask(workspace, **given):
    texts = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return answered(workspace, usual_question(workspace, "attribution", {"period": ["all"], **texts}))


def by_name(found):
    return {each.name: each for each in found.answer.credited}


def test_by_case_each_case_has_a_path_of_its_own(tmp_path):
    """One customer buys in two cases; the letter was met in the first, the advertisement in the second."""
    red, blue = (("case", "red"),), (("case", "blue"),)
    workspace = make(tmp_path / "workspace", SHOP, [
        Happened(1, 1, "Page Viewed", campaign="letter", objects=red),
        Happened(1, 2, "Page Viewed", campaign="advert", objects=blue),
        Happened(1, 3, "Order Completed", objects=red, **BOUGHT),
        Happened(1, 4, "Order Completed", objects=blue, **BOUGHT),
    ])  # fmt: skip

    def last(unit):
        return {name: each.credit[RULES.index("last")] for name, each in by_name(ask(workspace, unit=unit)).items()}

    assert last("case") == {"letter": 1.0, "advert": 1.0}
    assert last("customer") == {"letter": 0.0, "advert": 1.0}
    workspace.close()


def test_the_published_example_five_times(shop):
    found = ask(shop)
    credited = by_name(found)

    assert (found.answer.conversions, found.answer.touched, found.answer.converters) == (21, 20, 20)
    assert (found.answer.people, found.answer.paths, found.answer.undecided) == (25, 25, 0)
    markov, shapley = (found.answer.rules.index(rule) for rule in ("markov", "shapley"))
    assert [credited[name].credit[markov] for name in "gm"] == pytest.approx([12.0, 8.0])
    assert [credited[name].credit[shapley] for name in "gm"] == pytest.approx([12.5, 7.5])
    assert [credited[name].removal for name in "gm"] == pytest.approx([0.75, 0.5])
    assert dict(credited["g"].value) == pytest.approx({"EUR": 1200.0})
    assert dict(found.answer.value) == {"EUR": 2000.0}
    assert (credited["g"].touches, credited["g"].people, credited["g"].converters) == (20, 20, 15)
    assert credited["g"].low < 0.6 < credited["g"].high
    assert found.presentation.sentence == (
        "20 of 21 × Order Completed had marketing within 30 days before; by Markov removal, g gets the most credit (60%). "
        "Credit, not cause."
    )


@pytest.mark.parametrize(("rule", "g", "m"), [("first", 15, 5), ("last", 10, 10), ("linear", 12.5, 7.5)])
def test_rules_divide_the_value_too(shop, rule, g, m):
    credited = by_name(ask(shop, rule=rule))
    assert [dict(credited[name].value)["EUR"] for name in "gm"] == pytest.approx([100 * g, 100 * m])
    assert credited["g"].share == pytest.approx(g / 20)


def test_time_decay_halves_with_the_half_life(shop):
    credited = by_name(ask(shop, rule="decay", half_life_days="2"))
    assert credited["m"].share * 20 == pytest.approx(5 + 5 * 1 / (1 + 0.25))  # g came four days before: two half-lives


def test_a_short_lookback_leaves_contacts_out(shop):
    found = ask(shop, lookback_days="1")
    assert found.answer.touched == 15  # two: the order came 1.9 days after the last contact
    assert by_name(found)["m"].credit[0] == 10  # four: g came four days before


def test_everything_says_that_credit_is_no_cause(shop):
    shown = ask(shop).presentation
    assert shown.sentence.endswith("Credit, not cause.")
    assert all("not cause" in each.title for each in shown.charts)
    assert all("not cause" in each.caption for each in shown.tables)
    assert shown.cautions[0].startswith("Credit, not cause")


def test_steps_can_be_named_as_marketing(shop):
    found = ask(shop, touches=["Cart Viewed", "event:Page Viewed[campaign=m]"], lookback_days="5")
    assert {name: each.touches for name, each in by_name(found).items()} == {"Cart Viewed": 6, "Page Viewed": 10}


def test_credit_can_go_to_touchpoints_and_channels(shop):
    assert set(by_name(ask(shop, by="touchpoint"))) == {"Page Viewed"}
    assert set(by_name(ask(shop, by="channel"))) == {"Website"}


def test_groups_are_compared_with_intervals(shop):
    found = ask(shop, against='did("Cart Viewed") or visited("order-completed")')
    assert found.difference.sentence == "By Markov removal, shares of credit changed by no more than chance."
    assert [row.cells[-1] for row in found.difference.tables[0].rows] == ["no detectable change"] * 2


def test_one_bucket_and_eight_and_shuffled_rows_give_equal_answers(shop):
    kind = kind_named("attribution")
    question = usual_question(shop, "attribution", {"start": ["2026-01-01"], "end": ["2026-12-31"]})
    here = reading(shop, question)
    whole = kind.answer(here, question.request)
    assert kind.answer(replace(here, buckets=8), question.request) == whole
    with shop.store.transaction() as writer:
        writer.execute("create temp table shuffled as select * from events order by hash(id)")
        writer.execute("delete from events")
        writer.execute("insert into events select * from shuffled")
    assert kind.answer(here, question.request) == whole


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"conversion": "moon"}, "There is no touchpoint or event “moon”"),
        ({"lookback_days": "0"}, "expected a whole number from 1 to 365"),
        ({"half_life_days": "0"}, "expected a number above 0"),
        ({"rule": "guess"}, "There is no rule “guess”"),
        ({"touches": [f"event:{number}" for number in range(13)]}, "13 given; expected 0 to 12"),
    ],
)
def test_bad_questions_get_a_sentence(shop, given, said):
    with pytest.raises(QuestionError, match=said):
        ask(shop, **given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"start": "2026-02-09", "end": "2026-02-10", "period": []},
            "No customer has “event:Order Completed” in this scope",
        ),
        ({"unit": "account"}, "No account has “event:Order Completed” in this scope"),
        (
            {"conversion": "Page Viewed", "touches": "Cart Viewed", "lookback_days": "1"},
            "None of the 36 conversions of this scope has a marketing contact within 1 day before it.",
        ),
    ],
)
def test_where_there_is_no_credit_it_is_said_why(shop, given, said):
    found = ask(shop, **given)
    assert found.presentation.sentence.startswith(said)
    assert found.answer.credited == ()


def test_without_marketing_it_is_said_what_would_be(tmp_path):
    happened = [Happened(1, 1, "Page Viewed"), Happened(1, 2, "Order Completed")]
    found = ask(make(tmp_path / "none", SHOP, happened), against='did("Order Completed")')
    assert found.presentation.sentence.startswith("No customer has a marketing contact in this scope: no contact names")
    assert found.difference.sentence.startswith("The groups cannot be compared. No customer has a marketing contact")


def test_a_breakdown_tells_who_leads_in_each_group(shop):
    table = ask(shop, breakdown="channel").groups.tables[0]
    assert [column.name for column in table.columns[1:4]] == [
        "Largest share of credit", "goes to", "Conversions after marketing",
    ]  # fmt: skip
    assert table.rows[0].cells[1:4] == (pytest.approx(0.6), "g", 20)


def test_without_conversions_one_must_be_named(tmp_path):
    with pytest.raises(QuestionError, match="Nothing in the data is known to be a conversion"):
        ask(make(tmp_path / "none", journey(a=["Quiz"]), [Happened(1, 1, "Quiz")]))


def test_many_campaigns_are_put_together(tmp_path):
    happened = []
    for who in range(1, 41):
        happened += [Happened(who, 1, "Page Viewed", campaign=f"c{who % 20:02d}"), Happened(who, 2, "Order Completed")]
    found = ask(make(tmp_path / "many", SHOP, happened))
    assert len(found.answer.credited) == 12
    assert found.answer.folded == 9
    assert by_name(found)["all others"].touches == 18


def moments(touches: list[tuple[int, float, int]], conversions: list[tuple[int, float]]) -> Moments:
    whose, when, name = (np.array(column) for column in zip(*touches, strict=True))
    unit, time = (np.array(column) for column in zip(*conversions, strict=True))
    zero = np.zeros(len(unit), np.int64)
    return Moments(whose, (when * DAY_US).astype(int), name, unit, (time * DAY_US).astype(int), zero, zero)


def test_no_touch_belongs_to_two_paths():
    touches = [(1, 1.0, 0), (1, 2.0, 1), (1, 2.5, 1), (1, 6.0, 0), (1, 60.0, 0), (1, 61.0, 1), (2, 62.0, 0)]
    found = paths_of(moments(touches, [(1, 3.0), (1, 4.0), (1, 7.0)]), Window(0, 70 * DAY_US, 30 * DAY_US), 2)

    # 1: 0 1 → order on day 3; nothing before the one on day 4; 0 → order on day 7; 0 1 → nothing yet. 2: 0 → nothing yet
    assert found.paths.path.tolist() == [0, 0, 1, 2, 2, 3]
    assert found.paths.channel.tolist() == [0, 1, 0, 0, 1, 0]
    assert found.paths.days_before.tolist() == [2, 0.5, 1, 0, 0, 0]
    assert found.paths.converted.tolist() == [True, True, False, False]
    assert (found.conversions, found.undecided) == (3, 2)


def test_paths_that_end_before_the_period_are_left_out():
    touches = [(1, 1.0, 0), (1, 9.0, 0), (2, 2.0, 0)]
    found = paths_of(moments(touches, [(1, 3.0), (1, 12.0)]), Window(10 * DAY_US, 90 * DAY_US, 5 * DAY_US), 1)

    assert found.paths.converted.tolist() == [True]
    assert (found.conversions, found.undecided) == (1, 0)
