"""Nothing that happens at a visit or after it may be known before it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchline.pains.rules.as_of import NEVER, Column, Earlier, LaterFactError, known_before
from touchline.pains.rules.covariates import History
from touchline.pains.rules.rows import Found, Moments, TraitRows, VisitRows
from touchline.pains.rules.traits import trait_facts

facts = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 12), st.integers(-3, 3)), max_size=25)
asked = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 13)), min_size=1, max_size=12)


def whole(values):
    return np.array(values, np.int64)


@given(facts, asked)
def test_only_what_is_strictly_before_counts(told, questions):
    told = sorted(told)
    earlier = Earlier(
        Moments(whole([f[0] for f in told]), whole([f[1] for f in told]), np.array([f[2] for f in told], float))
    )
    customer, time = whole([q[0] for q in questions]), whole([q[1] for q in questions])

    before = [[f for f in told if f[0] == who and f[1] < when] for who, when in questions]

    assert earlier.count(customer, time).tolist() == [len(each) for each in before]
    assert earlier.total(customer, time) == pytest.approx([sum(f[2] for f in each) for each in before])
    assert earlier.latest(customer, time).tolist() == [max((f[1] for f in each), default=NEVER) for each in before]


def test_a_column_that_knows_the_visit_itself_is_refused():
    fine = Column("orders", np.array([1.0, 2.0]), whole([4, NEVER]))
    leaking = Column("will cancel", np.array([0.0, 1.0]), whole([4, 10]))

    assert known_before(whole([5, 10]), [fine]) == [fine]
    with pytest.raises(LaterFactError, match="“will cancel” knows something of 1970-01-01"):
        known_before(whole([5, 10]), [fine, leaking])


DAY = 86_400_000_000
visits = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 300), st.integers(0, 2)), min_size=2, max_size=25, unique=True
)
dated = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 300)), max_size=15)


@settings(max_examples=60)
@given(visits, dated, st.data())
def test_covariates_do_not_change_when_the_future_does(rows, happened, data):
    """Cut everything off from a visit's moment on: what is known before it stays the same."""
    rows = sorted(rows)
    visit = data.draw(st.sampled_from(rows))
    day = visit[1]
    earlier_rows = [row for row in rows if row[1] < day or row == visit]
    earlier_facts = [fact for fact in happened if fact[1] < day]

    assert known_at(visit, rows, happened) == known_at(visit, earlier_rows, earlier_facts)


def known_at(visit, rows, happened):
    history = history_of(rows, happened)
    which = whole([rows.index(visit)])
    columns = [*history._standing(which), *history._path(which)]
    known_before(history.visits.time[which], columns)
    return [(column.name, column.values.tolist()) for column in columns]


def history_of(rows, happened):
    customer, time = whole([r[0] for r in rows]), whole([r[1] * DAY for r in rows])
    table = VisitRows(
        customer, time, time, whole([r[2] for r in rows]), np.zeros(len(rows), np.int64), whole([r[2] for r in rows]),
        np.zeros(len(rows), np.int64), np.ones(len(rows), bool),
    )  # fmt: skip
    moments = sorted(happened)
    facts = Moments(whole([f[0] for f in moments]), whole([f[1] * DAY for f in moments]), np.ones(len(moments)))
    marked = np.flatnonzero(time // DAY % 3 == 0)
    bad = {"errors": Found(marked, np.ones(len(marked)), time[marked])}
    traits = trait_facts(TraitRows(whole([]), whole([]), np.array([], object), np.array([], object)))
    stages = np.array([0, 0, 1])
    return History(
        table, Earlier(facts), Earlier(facts), bad, traits, stages, ("A", "B"), ("Web", "App", "Shop"), ("?",)
    )
