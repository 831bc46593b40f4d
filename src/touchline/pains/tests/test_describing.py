"""Facts about customers in words, each of strictly before the visit."""

from __future__ import annotations

import numpy as np

from touchline.formulas.effects.who_suffers import Condition
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.covariates import History
from touchline.pains.rules.describing import Describing, in_words
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Found, Moments, TraitRows, VisitRows
from touchline.pains.rules.traits import trait_facts

# Customer 1 comes on days 0, 1 and 40 (by phone the last time), customer 2 on day 5. Customer 1 ordered on day 1, a little
# after the visit, and on day 20; customer 2 is of plan "pro" since day 4, customer 1 of plan "free" since day 30.
DAYS = np.array([0, 1, 40, 5])
CUSTOMER = np.array([1, 1, 1, 2])


def moments(*facts: tuple[int, float]) -> Earlier:
    customer = np.array([who for who, _ in facts], np.int64)
    time = np.array([round(day * MICROSECONDS_PER_DAY) for _, day in facts], np.int64)
    return Earlier(Moments(customer, time, np.ones(len(facts))))


def described() -> Describing:
    time = DAYS * MICROSECONDS_PER_DAY
    nothing = np.zeros(4, np.int64)
    visits = VisitRows(
        CUSTOMER, time, time, nothing, nothing, np.array([0, 0, 1, 0]), np.array([1, 2, 2, 1]), nothing == 0
    )
    traits = trait_facts(
        TraitRows(
            np.array([1, 2]),
            np.array([30, 4]) * MICROSECONDS_PER_DAY,
            np.array(["plan", "plan"], object),
            np.array(["free", "pro"], object),
        )
    )
    bad = {"errors": Found(np.array([0]), np.array([1.0]), time[:1] + MICROSECONDS_PER_DAY // 2)}
    names = ("web", "phone"), ("unknown", "desktop", "mobile")
    return Describing(
        History(visits, moments((1, 1.1), (1, 20.0)), moments(), bad, traits, nothing[:1], ("Buying",), *names)
    )


def test_facts_are_of_before_each_visit():
    facts = {fact.name: fact.values.tolist() for fact in described().facts(np.arange(4))}

    assert facts["first visit"] == [1, 0, 0, 1]
    assert facts["days known"] == [0, 1, 40, 0]
    assert facts["orders"] == [0, 0, 2, 0]
    assert facts["bad visits"] == [0, 1, 1, 0]
    assert facts["channel phone"] == [0, 0, 1, 0]
    assert facts["device mobile"] == [0, 1, 1, 0]
    assert facts["plan: pro"] == [0, 0, 0, 1]
    assert facts["plan: free"] == [0, 0, 1, 0]
    assert "contacts with service" not in facts  # nobody ever called


def test_groups_are_said_in_words():
    facts = described().facts(np.arange(4))

    def said(*conditions: tuple[str, bool, float]) -> str:
        return in_words([Condition(*each) for each in conditions], facts)

    assert said(("first visit", True, 0.5), ("device mobile", True, 0.5)) == "on their first visit, on mobile"
    assert said(("orders", False, 0.5), ("plan: pro", False, 0.5)) == "no order before, plan other than “pro”"
    assert said(("plan: pro", False, 0.5), ("plan: free", True, 0.5)) == "plan “free”"
    assert said(("orders", True, 0.5), ("orders", True, 1.5)) == "at least 2 orders before"
    assert said(("days known", False, 20.5)) == "known for fewer than 21 days"
    assert said(("days known", True, 0.5)) == "known for a day or longer"


def test_a_fact_that_hardly_anybody_differs_in_is_none():
    assert described().facts(np.array([0, 3]))[0].name != "first visit"
    assert described().facts(np.empty(0, np.int64)) == ()
