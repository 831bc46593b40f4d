"""Ways through the steps: counted by hand, and beside plain loops over every row."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.analyses.kinds.funnel.kernel import NOT_TAKEN, Plan, Walk

FOREVER = 10**9


def rows_of(*ways: str):
    """'a1 b3 x4' per unit: steps a, b, c … at a time; x is the excluded bit, . is none of them, ab is both."""
    rows = []
    for unit, way in enumerate(ways):
        for word in way.split():
            letters = word.rstrip("0123456789")
            mask = sum(1 << ("xabcdef".index(letter)) for letter in letters if letter != ".")
            rows.append((unit, int(word[len(letters) :]), mask))
    unit, time, mask = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return unit, time, mask


def plan(steps: str, order="ordered", window=10, until=FOREVER, barred=()) -> Plan:
    """'ab?c': steps a, b (optional), c. The same letter may stand there twice."""
    letters = steps.replace("?", "")
    optional = tuple(steps[at + 1 : at + 2] == "?" for at, letter in enumerate(steps) if letter != "?")
    return Plan(order, tuple("xabcdef".index(letter) for letter in letters), optional, window, until, barred)


def taken(plan: Plan, way: str):
    """Times of the steps taken on the way that counts; None for a step not taken."""
    unit, time, mask = rows_of(way)
    found = Walk(unit, time, mask, plan).furthest()
    if not found.unit.size:
        return None
    return [None if row == NOT_TAKEN else int(time[row]) for row in found.taken[:, 0]]


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("a1 b2 c3", [1, 2, 3]),
        ("a1 .2 b3 .4 c5", [1, 3, 5]),
        ("b1 a2 c3", [2, None, None]),
        ("b1 c2", None),
        ("a1 b2 c11", [1, 2, 11]),  # the window's last moment counts
        ("a1 b2 c12", [1, 2, None]),
        ("a1 b2 a5 b6 c12", [5, 6, 12]),  # the second entrance leads further
        ("a1 b2 a5 b6 c11", [1, 2, 11]),  # both lead as far: the first counts
        ("a3 b3 c3", [3, 3, 3]),  # at the same moment
    ],
)
def test_in_order(way, found):
    assert taken(plan("abc"), way) == found


@pytest.mark.parametrize(
    ("way", "found"),
    [("a1", [1, None]), ("a1 a1", [1, 1]), ("a1 a4 a5", [1, 4])],
)
def test_the_same_event_twice_needs_two_rows(way, found):
    assert taken(plan("aa"), way) == found


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("a1 b2 c3", [1, 2, 3]),
        ("a1 b2 .3 c4", [1, 2, None]),
        ("a1 a2 b3 c4", [2, 3, 4]),
        (".1 a1 b1", [1, 1, None]),
        ("a1 c2 b3", [1, None, None]),
    ],
)
def test_directly_after_each_other(way, found):
    unit, time, mask = rows_of(way)
    order = np.lexsort((mask == 0, time))  # what is no step stands last in its moment
    found_way = Walk(unit, time[order], mask[order], plan("abc", "strict")).furthest()
    assert [None if row == NOT_TAKEN else int(time[order][row]) for row in found_way.taken[:, 0]] == found


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("c1 a2 b3", [2, 3, 1]),
        ("c1 a2 b12", [2, None, 1]),
        ("c1 b8 c9 a12", [12, 8, 9]),
        ("b5", [None, 5, None]),
    ],
)
def test_in_any_order(way, found):
    assert taken(plan("abc", "any"), way) == found


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("a1 b2 c3", [1, 2, 3]),
        ("a1 x2 b3 c4", [1, 3, 4]),  # excluded between b and c only
        ("a1 b2 x3 c4", [1, 2, None]),
        ("a1 b2 x3 a4 b5 c6", [4, 5, 6]),  # another entrance gets through
        ("a1 b2 x3 b4 c5", [1, 2, None]),  # the step after a is its earliest one
    ],
)
def test_an_excluded_row_ends_the_way(way, found):
    assert taken(plan("abc", barred=((0, 1, 2),)), way) == found


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("a1 b2 c3", [1, 2, 3]),
        ("a1 c3", [1, None, 3]),
        ("a1 c3 b4", [1, None, 3]),
        ("a1 b4", [1, 4, None]),
        ("a1 b12", [1, None, None]),
    ],
)
def test_an_optional_step_stops_nobody(way, found):
    assert taken(plan("ab?c"), way) == found


@pytest.mark.parametrize("order", ["ordered", "strict", "any"])
def test_who_still_has_time(order):
    unit, time, mask = rows_of("a1", "a91", "a90 b90", "a91 b95", "a90")
    found = Walk(unit, time, mask, plan("ab", order, until=100)).furthest()
    assert found.open.tolist() == [False, True, False, False, False]  # the fifth one's window ends with the data


def test_what_was_barred_is_not_open():
    unit, time, mask = rows_of("a95 x96", "a95", "a91 x92 a93")
    found = Walk(unit, time, mask, plan("ab", until=100, barred=((0, 0, 1),))).furthest()
    assert found.open.tolist() == [False, True, True]


def brute(rows, asked, rarest_first):
    """Plain loops: for each entrance of one unit its way, then the first of the furthest."""
    in_any_order = partial(any_way, rarest_first=rarest_first)
    ways = {"ordered": ordered_way, "strict": strict_way, "any": in_any_order}[asked.order]
    found = [(entrance, way) for entrance in range(len(rows)) if (way := ways(rows, asked, entrance)) is not None]
    if not found:
        return None
    depths = [sum(way[step] is not None for step in asked.required) for _, way in found]
    best = found[depths.index(max(depths))][1]
    may_go_on = max(depths) < len(asked.required) and any(is_open(rows, asked, *each) for each in found)
    if asked.order == "ordered":
        add_optional(rows, asked, best)
    return best, max(depths), may_go_on


def is_open(rows, asked, entrance, way):
    """Whether a row that is still to come could be the next step."""
    if rows[entrance][0] + asked.window_us <= asked.until_us:
        return False
    here = max(at for at in way if at is not None)
    if asked.order == "strict":
        return here == len(rows) - 1
    if asked.order == "any":
        return True
    step = next(step for step in asked.required if way[step] is None)
    barred = [bit for bit, low, high in asked.barred if low < step <= high]
    return not any(
        is_step(rows, asked, at, step) or any(rows[at][1] >> bit & 1 for bit in barred)
        for at in range(here + 1, len(rows))
    )


def is_step(rows, asked, at, step):
    return bool(rows[at][1] >> asked.bits[step] & 1)


def in_time(rows, asked, entrance, at):
    return rows[at][0] <= rows[entrance][0] + asked.window_us


def ordered_way(rows, asked, entrance):
    if not is_step(rows, asked, entrance, 0):
        return None
    way, here = [None] * len(asked.bits), entrance
    way[0] = entrance
    for step in asked.required[1:]:
        after = next((at for at in range(here + 1, len(rows)) if is_step(rows, asked, at, step)), None)
        barred = [bit for bit, low, high in asked.barred if low < step <= high]
        if after is None or not in_time(rows, asked, entrance, after):
            break
        if any(rows[at][1] >> bit & 1 for at in range(here + 1, after) for bit in barred):
            break
        way[step] = here = after
    return way


def add_optional(rows, asked, way):
    here = way[0]
    for step in range(len(asked.bits)):
        if not asked.optional[step]:
            if way[step] is None:
                return
            here = way[step]
            continue
        bound = next(way[each] for each in asked.required if each > step)
        for at in range(here + 1, len(rows) if bound is None else bound):
            if is_step(rows, asked, at, step) and in_time(rows, asked, way[0], at):
                way[step] = here = at
                break


def strict_way(rows, asked, entrance):
    if not is_step(rows, asked, entrance, 0):
        return None
    way, here = [None] * len(asked.bits), entrance
    way[0] = entrance
    for step in range(1, len(asked.bits)):
        fits = (
            here + 1 < len(rows) and is_step(rows, asked, here + 1, step) and in_time(rows, asked, entrance, here + 1)
        )
        if fits:
            here += 1
            way[step] = here
        elif not asked.optional[step]:
            break
    return way


def any_way(rows, asked, entrance, rarest_first):
    if not any(is_step(rows, asked, entrance, step) for step in range(len(asked.bits))):
        return None
    way = [None] * len(asked.bits)
    for step in rarest_first:
        for at in range(entrance, len(rows)):
            if is_step(rows, asked, at, step) and at not in way:
                if in_time(rows, asked, entrance, at):
                    way[step] = at
                break
    return way


@st.composite
def worlds(draw):
    letters = draw(st.lists(st.sampled_from("abcd"), min_size=2, max_size=4))
    order = draw(st.sampled_from(["ordered", "strict", "any"]))
    marks = [
        "?" if order != "any" and 0 < at < len(letters) - 1 and draw(st.booleans()) else ""
        for at in range(len(letters))
    ]
    required = [at for at, mark in enumerate(marks) if not mark]
    barred = ()
    if order == "ordered" and draw(st.booleans()):
        low, high = sorted(draw(st.lists(st.sampled_from(required), min_size=2, max_size=2, unique=True)))
        barred = ((0, low, high),)
    asked = plan(
        "".join(letter + mark for letter, mark in zip(letters, marks, strict=True)),
        order,
        window=draw(st.integers(0, 8)),
        until=draw(st.integers(12, 16)),
        barred=barred,
    )
    row = st.tuples(st.integers(0, 3), st.integers(0, 12), st.sampled_from([0, 1, 2, 2, 4, 4, 8, 8, 16, 6, 12]))
    rows = draw(st.lists(row, min_size=1, max_size=24))
    first = {mask: (mask & -mask) or 99 for _, _, mask in rows}
    return asked, sorted(rows, key=lambda each: (each[0], each[1], first[each[2]], each[2]))


@given(worlds())
def test_the_kernel_finds_what_plain_loops_find(world):
    asked, rows = world
    unit, time, mask = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    found = Walk(unit, time, mask, asked).furthest()
    rarest_first = sorted(range(len(asked.bits)), key=lambda step: (mask >> asked.bits[step] & 1).sum())

    expected = []
    for number in sorted(set(unit.tolist())):
        start = int(np.searchsorted(unit, number))
        best = brute([(at, bits) for of, at, bits in rows if of == number], asked, rarest_first)
        if best is not None:
            way = [NOT_TAKEN if at is None else start + at for at in best[0]]
            expected.append((number, way, *best[1:]))

    assert found.unit.tolist() == [number for number, *_ in expected]
    assert found.taken.T.tolist() == [way for _, way, *_ in expected]
    assert found.depth.tolist() == [depth for _, _, depth, _ in expected]
    assert found.open.tolist() == [may_go_on for *_, may_go_on in expected]
