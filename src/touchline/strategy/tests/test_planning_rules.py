"""Quarters, the load of teams, and the inventory."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.strategy.rules.problem import StrategyError
from touchline.strategy.rules.quarter import Quarter, quarter_named, quarter_of
from touchline.strategy.rules.resource import Resource, as_csv, checked, days_of_teams, from_csv, serving_nothing
from touchline.strategy.rules.roadmap import Task, roadmap

PLACES = {"payment": "Payment", "stage:service": "Stage Service"}
Q4 = Quarter(2026, 4)


def task(number: int, days: float | None) -> Task:
    return Task(number, f"Improvement {number}", "Proposed", "", days)


def test_quarters():
    assert quarter_of(date(2026, 12, 31)) == quarter_named("2026-Q4") == quarter_named(" 2026q4 ") == Q4
    assert (Q4.first, Q4.last, Q4.name, str(Q4.later(1))) == (
        date(2026, 10, 1),
        date(2026, 12, 31),
        "Q4 2026",
        "2027-Q1",
    )
    assert Q4.later(-4) == Quarter(2025, 4)
    for text in ("2026-Q5", "Q4", "", "20262-Q1"):
        with pytest.raises(StrategyError, match="is not a quarter such as 2026-Q4"):
            quarter_named(text)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_lies_in_its_quarter(day):
    found = quarter_of(day)

    assert found.has(day)
    assert quarter_named(str(found)) == found


def test_days_planned_stand_beside_days_there_are():
    # 12 + 30 days are planned in Q4, of 30; one more states none.
    found = roadmap([(task(1, 12), Q4), (task(2, 30), Q4), (task(3, None), Q4), (task(4, 5), None)], Q4, 30)
    plan = found.quarters[0]

    assert (plan.planned_days, plan.without_effort, plan.is_overloaded) == (42, 1, True)
    assert plan.sentence == (
        "42 days planned, 30 days available: 12 days too many. 1 of 3 states no effort, so it is at least that."
    )
    assert [str(each.quarter) for each in found.quarters] == [
        "2026-Q4",
        "2027-Q1",
        "2027-Q2",
        "2027-Q3",
        "2027-Q4",
        "2028-Q1",
    ]
    assert found.quarters[1].sentence == "Nothing is planned."
    assert [each.number for each in found.unplaced] == [4]


@pytest.mark.parametrize(
    ("days", "available", "said"),
    [
        (30, 30, "30 days planned, 30 days available: it fits."),
        (1, None, "1 day planned; no team’s days are in the inventory, so whether it fits cannot be said."),
    ],
)
def test_what_is_said_of_a_load(days, available, said):
    assert roadmap([(task(1, days), Q4)], Q4, available).quarters[0].sentence == said


def test_a_quarter_that_has_passed_stays_on_the_roadmap_while_something_is_in_it():
    found = roadmap([(task(1, 3), Q4.later(-2))], Q4, None)

    assert [str(each.quarter) for each in found.quarters][:2] == ["2026-Q2", "2026-Q4"]


def test_the_inventory_comes_back_from_its_table_as_it_was():
    written = [
        Resource(0, "team", "Checkout crew", "Mia", ("payment", "stage:service"), 90_000, 40, "three people, =1+1"),
        Resource(0, "tool", "=cmd()", "", (), None, None, "-"),
    ]

    assert list(from_csv(as_csv(written), PLACES)) == written
    assert "'=cmd()" in as_csv(written)
    assert days_of_teams(written) == 40
    assert days_of_teams(written[1:]) is None
    assert serving_nothing(written) == (written[1],)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "needs the columns kind and name; its first line has: nothing"),
        ("name\nx\n", "needs the columns kind and name"),
        ("kind,name\nrobot,R2\n", "Line 2: There is no kind “robot”"),
        ("kind,name\ntool,\n", "Line 2: A tool needs a name."),
        ("kind,name,serves\n\ntool,x,nowhere\n", "Line 3: There is no touchpoint or stage “nowhere”"),
        ("kind,name,cost_a_year\ntool,x,a lot\n", "Line 2: cost_a_year is “a lot”"),
        ("kind,name,cost_a_year\ntool,x,nan\n", "Line 2: The cost a year must be a number from 0 on, found nan."),
        (
            "kind,name,days_a_quarter\ntool,x,3\n",
            "Line 2: “x” is a tool: days of work a quarter are given for teams only.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_why(table, said):
    with pytest.raises(StrategyError, match=said):
        list(from_csv(table, PLACES))


def test_places_may_be_called_by_their_names():
    assert checked(Resource(0, "tool", " The  tool ", serves=("PAYMENT", "payment")), PLACES) == Resource(
        0, "tool", "The tool", serves=("payment",)
    )
