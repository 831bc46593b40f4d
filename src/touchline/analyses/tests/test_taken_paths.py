"""The kernel of paths beside the same in plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.analyses.rules.path_groups import Clusters, folded, grouped, most_frequent, packed, rare_nodes
from touchline.analyses.rules.taken_paths import ANCHOR, NOTHING, OUTCOME, Rows, TakenPaths, Window, take, together
from touchline.formulas.clustered import ClusterSums

NODES = 3
ANCHOR_NODE = NODES


@dataclass(frozen=True)
class Row:
    node: int
    marks: int = 0


journeys = st.lists(
    st.builds(
        lambda node, marks: Row(node, marks or (OUTCOME if node == NOTHING else 0)),
        st.integers(NOTHING, NODES - 1),
        st.sampled_from((0, 0, 0, ANCHOR, OUTCOME, ANCHOR | OUTCOME)),
    ),
    min_size=1,
    max_size=9,
)
units = st.lists(st.lists(journeys, min_size=1, max_size=3), max_size=5)
windows = st.builds(
    Window,
    st.sampled_from(("start", "end", "first", "last")),
    st.integers(0, 4),
    st.integers(0, 4),
    st.booleans(),
)


def rows_of(world) -> Rows:
    flat = [
        (unit, row, place == 0)
        for unit, its_journeys in enumerate(world)
        for journey in its_journeys
        for place, row in enumerate(journey)
    ]
    return Rows(
        np.array([unit for unit, _, _ in flat], dtype=np.int32),
        np.arange(len(flat), dtype=np.int64),
        np.array([row.node for _, row, _ in flat], dtype=np.int16),
        np.array([row.marks for _, row, _ in flat], dtype=np.uint8),
        np.array([begins for _, _, begins in flat], dtype=np.bool_),
    )


def by_hand(world, window: Window) -> list[tuple[int, list[int], list[int], bool]]:
    """(unit, steps, repeats, reached) of each path, in order."""
    found = []
    for unit, its_journeys in enumerate(world):
        for journey in its_journeys:
            origins = [
                at
                for at, row in enumerate(journey)
                if (row.marks & ANCHOR if window.origin in ("first", "last") else row.node != NOTHING)
            ]
            if not origins:
                continue
            origin = origins[0] if window.origin in ("start", "first") else origins[-1]
            steps = [
                (at == origin, row.node if row.node != NOTHING else ANCHOR_NODE)
                for at, row in enumerate(journey)
                if row.node != NOTHING or at == origin
            ]
            runs: list[list[tuple[bool, int]]] = [[step] for step in steps]
            if window.collapses:
                runs = [list(run) for _, run in groupby(steps, key=lambda step: step[1])]
            middle = next(at for at, run in enumerate(runs) if any(is_origin for is_origin, _ in run))
            places = [middle + offset for offset in window.offsets]
            inside = [runs[at] if 0 <= at < len(runs) else None for at in places]
            later = journey[origin + 1 :] if window.origin in ("first", "last") else journey
            found.append(
                (
                    unit,
                    [NOTHING if run is None else run[0][1] for run in inside],
                    [0 if run is None else len(run) for run in inside],
                    any(row.marks & OUTCOME for row in later),
                )
            )
    return found


@given(units, windows)
def test_paths_are_those_taken_by_hand(world, window):
    taken = take(rows_of(world), window, ANCHOR_NODE, open_after_us=2**40)

    found = list(
        zip(taken.unit.tolist(), taken.steps.tolist(), taken.repeats.tolist(), taken.reached.tolist(), strict=True)
    )
    assert found == by_hand(world, window)
    counted = [[any(row.node != NOTHING or row.marks & ANCHOR for row in journey) for journey in its] for its in world]
    assert taken.journeys.n == sum(sum(its) for its in counted)
    assert taken.journeys.clusters == sum(any(its) for its in counted)
    assert taken.journeys.x == len(found)
    assert taken.journeys.n_squared == sum(sum(its) ** 2 for its in counted)


@given(units, windows)
def test_units_apart_make_the_same_paths(world, window):
    whole = take(rows_of(world), window, ANCHOR_NODE, 3)
    parts = [take(rows_of([its]), window, ANCHOR_NODE, 2**40) for its in world]

    if parts:
        joined = together(parts)
        assert joined.steps.tolist() == whole.steps.tolist()
        assert joined.journeys == whole.journeys


def test_a_journey_that_ended_lately_may_go_on():
    rows = rows_of([[[Row(0), Row(1)], [Row(2)]], [[Row(1)]]])  # at 0 and 1, at 2, at 3

    taken = take(rows, Window("start", 0, 1, True), ANCHOR_NODE, open_after_us=1)

    assert taken.may_go_on.tolist() == [False, True, True]


@given(
    st.lists(st.lists(st.integers(NOTHING, 300), min_size=10, max_size=10), min_size=1, max_size=30),
    st.integers(302, 5000),
)
def test_equal_paths_have_equal_numbers_however_long_they_are(paths, nodes):
    steps = np.array(paths)

    code = packed(steps, nodes).tolist()

    assert len(set(code)) == len({tuple(path) for path in paths})
    assert len(set(zip(code, map(tuple, paths), strict=True))) == len(set(code))


def test_equally_frequent_paths_are_listed_by_name():
    names = ("Cart", "Ad", "Order")
    groups = grouped(np.array([[0, 2], [1, 2], [1, 2], [0, 2], [2, 0]]), 3)

    listed = [groups.steps[group].tolist() for group in most_frequent(groups, names, 2)]

    assert listed == [[1, 2], [0, 2]]


def test_steps_in_few_paths_are_folded_and_one_alone_is_not():
    steps = np.array([[0, 1]] * 996 + [[2, 0], [2, 3], [1, 2], [1, 0]], dtype=np.int16)

    rare = rare_nodes([paths_with(steps)], 5)

    assert rare.tolist() == [False, False, True, True, False]  # in 3 and 1 of 1,000 paths; the last never occurs
    assert folded(steps, rare, 4)[-4:].tolist() == [[4, 0], [4, 4], [1, 4], [1, 0]]
    assert not rare_nodes([paths_with(steps[:-3])], 5).any()
    often_beside = paths_with(np.array([[3, 0]] * 10, dtype=np.int16))
    assert not rare_nodes([paths_with(steps), often_beside], 5).any()  # 3 is kept, and 2 alone stays


def paths_with(steps):
    flags = np.zeros(len(steps), dtype=np.bool_)
    return TakenPaths(np.arange(len(steps)), steps, steps, flags, flags, ClusterSums(0, 0, 0, 0, 0, 0))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(NOTHING, 2)), min_size=1, max_size=40))
def test_shares_rest_on_units_however_the_rows_stand(pairs):
    unit, cell = np.array(pairs).T
    found = Clusters.of(unit)
    order = np.argsort(unit, kind="stable")

    assert found.shares(cell, 3) == Clusters.of(unit[order]).shares(cell[order], 3)
    for number, share in enumerate(found.shares(cell, 3)):
        inside = {one for one, where in pairs if where == number}
        assert (share.count, share.of) == (sum(where == number for _, where in pairs), len(pairs))
        assert (share.clusters, found.units(cell, 3)[number]) == (len({one for one, _ in pairs}), len(inside))


@pytest.mark.parametrize("origin", ["start", "first"])
def test_no_rows_no_paths(origin):
    taken = take(rows_of([]), Window(origin, 1, 2, True), ANCHOR_NODE, 0)

    assert taken.steps.shape == (0, 4)
    assert taken.journeys.n == 0
