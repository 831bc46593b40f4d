"""Small worlds typed out: (customer, minute, event name[, order]) in, visits out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.vocabulary import CHANNELS
from touchline.journeys.rules.contacts import NOWHERE, Contacts, make_plan, place
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.matching import Kind, Matcher
from touchline.journeys.rules.visits import fold

DAY = 24 * 60


def touchpoint(id_, *patterns):
    return Touchpoint(id_, id_, "s", patterns)


SHOP = (
    touchpoint("page", Pattern(event=("Seen",))),
    touchpoint("first", Pattern(event=("Bought", "purchase"), occurrence="first")),
    touchpoint("cancelled", Pattern(event=("Money back",), after="Bought", within_hours=24)),
    touchpoint("returned", Pattern(event=("Money back",))),
    touchpoint("again", Pattern(event=("Bought", "purchase"), occurrence="repeat")),
    touchpoint("gold", Pattern(event=("Called",), property={"plan": "gold"})),
)
NAMES = ("Seen", "Bought", "purchase", "Money back", "Called", "Unheard")


def contacts(rows):
    rows = [(*row, *[0] * (4 - len(row))) for row in rows]
    count = len(rows)
    return Contacts(
        customer=np.array([row[0] for row in rows], dtype=np.int32),
        time=np.array([row[1] * 60_000_000 for row in rows], dtype=np.int64),
        kind=np.array([NAMES.index(row[2]) for row in rows], dtype=np.int32),
        device=np.zeros(count, dtype=np.uint8),
        campaign=np.zeros(count, dtype=np.int32),
        value=np.zeros(count, dtype=np.int64),
        currency=np.zeros(count, dtype=np.int16),
        id_high=np.zeros(count, dtype=np.uint64),
        id_low=np.arange(count, dtype=np.uint64),
        order=np.array([row[3] for row in rows], dtype=np.uint64),
        holds={number: np.array([row[3] == 7 for row in rows]) for number in range(9)},
    )


def plan(touchpoints=SHOP):
    matcher = Matcher(JourneyDefinition("J", (Stage("s", "S"),), touchpoints))
    kinds = [Kind(number, name, "web", None, None, "t") for number, name in enumerate(NAMES)]
    return make_plan(kinds, [matcher.place(kind) for kind in kinds], CHANNELS)


def placed(rows, touchpoints=SHOP):
    found = place(contacts(rows), plan(touchpoints))
    return [None if position == NOWHERE else touchpoints[position].id for position in found]


def test_the_first_order_and_the_later_ones():
    rows = [(1, 0, "Bought"), (1, 10, "Seen"), (1, 20, "purchase"), (1, 30, "Bought"), (2, 5, "purchase")]

    assert placed(rows) == ["first", "page", "again", "again", "first"]


def test_lines_of_one_order_are_one_occurrence_and_so_are_lines_of_one_moment():
    assert placed([(1, 0, "Bought", 44), (1, 2, "Bought", 44), (1, 2, "Bought", 55)]) == ["first", "first", "again"]
    assert placed([(1, 0, "Bought"), (1, 0, "Bought"), (1, 1, "Bought")]) == ["first", "first", "again"]


@pytest.mark.parametrize(
    ("minutes", "expected"), [(1, "cancelled"), (24 * 60, "cancelled"), (24 * 60 + 1, "returned"), (0, "cancelled")]
)
def test_money_back_within_a_day_of_an_order_is_a_cancellation(minutes, expected):
    assert placed([(1, 0, "Bought"), (1, minutes, "Money back")]) == ["first", expected]


def test_somebody_elses_order_and_a_later_one_do_not_count():
    rows = [(1, 0, "Bought"), (2, 1, "Money back"), (2, 2, "Bought")]

    assert placed(rows) == ["first", "returned", "first"]


def test_an_order_of_the_same_moment_counts_wherever_it_was_sorted():
    assert placed([(1, 5, "Money back"), (1, 5, "Bought")]) == ["cancelled", "first"]


def test_an_event_does_not_come_after_itself():
    twice = (touchpoint("quick", Pattern(event=("Bought",), after="Bought", within_hours=1)),)

    assert placed([(1, 0, "Bought"), (1, 30, "Bought"), (1, 100, "Bought")], twice) == [None, "quick", None]


def test_properties_decide_and_what_fits_nowhere_is_nowhere():
    assert placed([(1, 0, "Called", 7), (1, 1, "Called"), (1, 2, "Unheard")]) == ["gold", None, None]


def visits(rows, **columns):
    found = contacts(rows)
    for name, values in columns.items():
        getattr(found, name)[:] = values
    at = np.array([NAMES.index(row[2]) for row in rows], dtype=np.int16)
    by = np.array([len(row[2]) for row in rows], dtype=np.uint8)
    return fold(found, at, by, gap_days=30, visit_minutes=30)


def test_contacts_in_a_row_are_one_visit_until_half_an_hour_has_passed():
    rows = [(1, 0, "Seen"), (1, 30, "Seen"), (1, 61, "Seen"), (1, 62, "Called"), (1, 63, "Seen")]

    found = visits(rows)

    assert (found.time // 60_000_000).tolist() == [0, 61, 62, 63]
    assert (found.ended // 60_000_000).tolist() == [30, 61, 62, 63]
    assert found.events.tolist() == [2, 1, 1, 1]
    assert found.touchpoint.tolist() == [0, 0, 4, 0]
    assert found.previous.tolist() == [-1, 0, 0, 4]
    assert found.following.tolist() == [0, 4, 0, -1]
    assert found.previous_channel.tolist() == [-1, 4, 4, 6]
    assert found.seconds[1:].tolist() == [31 * 60, 60, 60]
    assert found.wait[:-1].tolist() == [31 * 60, 60, 60]
    assert np.isnan([found.seconds[0], found.wait[-1]]).all()
    assert found.id_low.tolist() == [0, 2, 3, 4]


def test_a_journey_ends_after_thirty_days_of_nothing():
    rows = [(1, 0, "Seen"), (1, 30 * DAY, "Bought"), (1, 60 * DAY + 1, "Seen"), (2, 60 * DAY + 2, "Seen")]

    found = visits(rows)

    assert found.journey.tolist() == [0, 0, 1, 0]
    assert found.previous.tolist() == [-1, 0, -1, -1]
    assert found.following.tolist() == [1, -1, -1, -1]


def test_the_journey_carries_the_first_campaign_of_its_first_visit():
    rows = [(1, 0, "Seen"), (1, 1, "Seen"), (1, 2, "Bought"), (1, 40 * DAY, "Bought"), (2, 0, "Called")]

    found = visits(rows, campaign=[0, 3, 5, 0, 0])

    assert found.campaign.tolist() == [3, 3, 0, 0]
    assert found.came_by.tolist() == [0, 0, 1, 4]


def test_values_add_up_and_never_across_currencies():
    rows = [(1, minute, "Bought") for minute in range(5)]

    found = visits(rows, value=[100, 50, 0, 7, 9], currency=[1, 1, 0, 1, 2])

    assert found.value.tolist() == [157, 9]
    assert found.currency.tolist() == [1, 2]
    assert found.events.tolist() == [4, 1]


def test_no_contacts_make_no_visits():
    assert len(visits([])) == 0


def test_the_device_of_a_visit_is_the_first_one_known():
    assert visits([(1, 0, "Seen"), (1, 1, "Seen"), (1, 2, "Seen")], device=[0, 2, 3]).device.tolist() == [2]


streams = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 90 * DAY), st.sampled_from(NAMES[:5])), max_size=25)


@given(streams)
def test_visits_hold_every_contact_once_and_neighbours_agree(rows):
    rows = sorted(rows, key=lambda row: row[:2])
    found = visits(rows)

    assert found.events.sum() == len(rows)
    for at in range(len(found) - 1):
        if (found.customer[at], found.journey[at]) == (found.customer[at + 1], found.journey[at + 1]):
            assert found.following[at] == found.touchpoint[at + 1]
            assert found.previous[at + 1] == found.touchpoint[at]
            assert found.wait[at] == found.seconds[at + 1] >= 0
        else:
            assert found.following[at] == found.previous[at + 1] == -1
