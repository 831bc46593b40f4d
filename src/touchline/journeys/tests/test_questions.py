"""Questions give the same answer in one bucket and in eight, in order and out of it, few touchpoints or many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.engine.question import EVERYBODY, Bucket
from touchline.journeys.facade import load_definition
from touchline.journeys.questions.measured_map import measured_map
from touchline.journeys.questions.slices import slices_of
from touchline.journeys.rules.bins import BINS, SECONDS_PER_DAY, bin_of_seconds, upper_edges_days
from touchline.journeys.rules.period import Period, chosen_period
from touchline.journeys.rules.quotes import most_typical, read_texts
from touchline.segments.facade import Scope

SCOPES = {
    "default": Scope(),
    "two periods": Scope(date(2026, 1, 1), date(2026, 3, 31), date(2025, 10, 1), date(2025, 12, 31)),
    "filter and channel": Scope(channels=("web", "app"), filter='visited("order")'),
    "intent": Scope(intent="product"),
    "nobody": Scope(start=date(1999, 1, 1), end=date(1999, 12, 31)),
}


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_buckets_change_nothing(many, scope):
    whole = measured_map(many, load_definition(many), scope)

    in_eight = measured_map(many, load_definition(many), scope, buckets=8)

    assert _comparable(in_eight) == _comparable(whole)


def test_the_order_of_storage_changes_nothing(workspace_of, typed):
    workspace = workspace_of(typed)
    before = measured_map(workspace, load_definition(workspace), Scope())
    with workspace.store.transaction() as writer:
        writer.execute("create temp table shuffled as select * from visits order by hash(customer, time)")
        writer.execute("delete from visits")
        writer.execute("insert into visits select * from shuffled")

    after = measured_map(workspace, load_definition(workspace), Scope())

    assert _comparable(after) == _comparable(before)


def test_slices_hold_every_customer_once(many):
    slices = slices_of(many.store, EVERYBODY, touchpoints=5)
    assert slices == [(1, 121)]
    fine = slices_of(many.store, Bucket(0, 1), touchpoints=50_000_000)
    assert fine[0][0] == 1
    assert fine[-1][1] == 121
    assert all(before[1] == after[0] for before, after in pairwise(fine))


@given(st.lists(st.floats(0, 4000 * SECONDS_PER_DAY), min_size=1, max_size=50))
def test_a_duration_lies_within_its_bin(seconds):
    found = bin_of_seconds(np.array(seconds))
    edges = upper_edges_days()
    for days, number in zip(np.array(seconds) / SECONDS_PER_DAY, found, strict=True):
        assert 0 <= number < BINS
        assert days <= edges[number]
        assert number == 0 or days > edges[number - 1] * (1 - 1e-12)


def test_days_people_speak_of_are_edges():
    edges = upper_edges_days()
    assert {1.0, 7.0, 30.0} <= set(edges)
    assert bin_of_seconds(np.array([SECONDS_PER_DAY]))[0] + 1 == bin_of_seconds(np.array([SECONDS_PER_DAY + 1]))[0]
    assert max(edges[1:] / edges[:-1]) <= 1 + 1 / 32


@given(st.lists(st.text(max_size=60), max_size=12))
def test_typical_texts_are_some_of_the_texts(texts):
    chosen = most_typical(read_texts(texts), 3)

    assert len(chosen) <= (3 if len(texts) >= 5 else 0)
    assert len({texts[i] for i in chosen}) == len(chosen)


def test_the_text_that_says_what_most_say_comes_first():
    texts = [
        "the parcel came late",
        "parcel late again and nobody told me",
        "Late parcel, late answer",
        "my parcel came late, very late",
        "I love the colour of the tent",
        "parcel late " * 40,
        "THE PARCEL CAME LATE",
    ]

    chosen = most_typical(read_texts(texts), 3)

    assert texts[chosen[0]] == "the parcel came late"
    assert 6 not in chosen  # the same words once
    assert 5 not in chosen  # too long to be read at a glance
    assert 4 not in chosen


FIRST, LAST = datetime.fromisoformat("2026-01-01 10:00"), datetime.fromisoformat("2026-12-31 09:00")
NOT_ASKED = Period(None, None)


def test_the_last_90_days_are_compared_with_the_90_before():
    found = chosen_period(NOT_ASKED, FIRST, LAST)

    assert (found.start, found.end) == (date(2026, 10, 3), date(2026, 12, 31))
    assert (found.compare_start, found.compare_end) == (date(2026, 7, 5), date(2026, 10, 2))
    assert found.choice == "no period was chosen: these are the last 90 days of the data"


@pytest.mark.parametrize(("last", "is_whole"), [("2026-06-28 09:00", True), ("2026-06-29 09:00", False)])
def test_data_shorter_than_180_days_are_shown_whole(last, is_whole):
    found = chosen_period(NOT_ASKED, FIRST, datetime.fromisoformat(last))

    assert (found.compare_start is None) == is_whole
    assert (found.start == date(2026, 1, 1)) == is_whole


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        (Period(date(2026, 5, 1), None), date(2026, 5, 1), date(2026, 12, 31)),
        (Period(None, date(2026, 5, 1)), date(2026, 1, 1), date(2026, 5, 1)),
        (Period(date(2027, 5, 1), None), date(2027, 5, 1), date(2027, 5, 1)),
        (Period(None, date(2025, 5, 1)), date(2025, 5, 1), date(2025, 5, 1)),
    ],
)
def test_an_open_end_is_the_end_of_the_data(asked, start, end):
    found = chosen_period(asked, FIRST, LAST)

    assert (found.start, found.end, found.compare_start, found.choice) == (start, end, None, "")


def test_a_date_that_stands_for_never_is_no_end():
    found = chosen_period(NOT_ASKED, FIRST, datetime.fromisoformat("9999-12-31 23:59"))

    assert found.end == date(9998, 12, 31)


def test_without_data_nothing_is_chosen():
    assert chosen_period(NOT_ASKED, None, None) == NOT_ASKED


def _comparable(found):
    """A map without the moment it was computed; sums of floats may differ in their last digits."""
    return _rounded(replace(found, computed=None))


def _rounded(value):
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, tuple):
        return tuple(map(_rounded, value))
    if hasattr(value, "__dataclass_fields__"):
        return tuple(_rounded(getattr(value, name)) for name in value.__dataclass_fields__)
    return value
