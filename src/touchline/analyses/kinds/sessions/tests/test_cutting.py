"""Planted sessions are found again with the cut that their pauses propose."""

from __future__ import annotations

import numpy as np
import pytest

from touchline.analyses.kinds.sessions.kernel import Events, cut, pauses_us
from touchline.formulas.session_cut import bin_edges_s, session_cut

SECOND_US = 1_000_000
VALLEY_S = 1_847
"""Where the densities of both kinds of pause, three to eleven twelfths, add up to the least."""


def planted(chance: np.random.Generator, people: int = 400, sessions: int = 12):
    """Events of people with so many sessions each, and which session each event is of."""
    size = chance.geometric(0.25, people * sessions)
    session = np.repeat(np.arange(size.size), size)
    person = session // sessions
    is_first = np.append(True, session[1:] != session[:-1])
    # Within a session a pause has a median of 40 seconds, between two of them one of a day.
    pause_s = 10 ** np.where(is_first, chance.normal(4.9, 0.5, session.size), chance.normal(1.6, 0.45, session.size))
    time_us = (np.cumsum(pause_s) * SECOND_US).astype(np.int64)
    return events_of(person, time_us), session


def events_of(person, time_us, own=None):
    none = np.zeros(person.size, np.int64)
    return Events(
        unit=person.astype(np.int64), person=person.astype(np.int64), time_us=time_us, place=none.astype(np.int32),
        is_page=none == 1, is_view=none == 0, is_key=none == 1, device=none.astype(np.int8),
        campaign=(none - 1).astype(np.int32), own=none if own is None else own,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_nearly_all_planted_sessions_are_exact(seed):
    events, session = planted(np.random.default_rng(seed))
    bins = np.searchsorted(bin_edges_s() * SECOND_US, pauses_us(events), side="right") - 1
    proposed = session_cut(np.bincount(bins[bins >= 0], minlength=bin_edges_s().size).tolist())

    found = cut(events, int(proposed.seconds * SECOND_US))

    starts = np.flatnonzero(np.append(True, session[1:] != session[:-1]))
    true = set(zip(events.time_us[starts].tolist(), np.diff(np.append(starts, session.size)).tolist(), strict=True))
    seen = set(zip(found.start_us.tolist(), found.events.tolist(), strict=True))
    assert len(true & seen) / len(true) >= 0.98
    assert proposed.seconds == pytest.approx(VALLEY_S, rel=0.2)


def test_every_event_is_in_one_session_and_no_session_has_a_long_pause():
    events, _ = planted(np.random.default_rng(9), people=50)

    found = cut(events, 1800 * SECOND_US)

    assert found.events.sum() == events.unit.size
    assert bool(np.all(np.diff(found.start_us)[found.unit[1:] == found.unit[:-1]] > 1800 * SECOND_US))


def test_naming_each_session_gives_what_cutting_gives():
    events, _ = planted(np.random.default_rng(4), people=50)
    by_pause = cut(events, 1800 * SECOND_US)
    named = np.repeat(np.arange(by_pause.events.size) + 1, by_pause.events)

    by_name = cut(events_of(events.person, events.time_us, named), 1)

    assert by_name.start_us.tolist() == by_pause.start_us.tolist()
    assert by_name.is_own.all()
    assert not by_pause.is_own.any()


def test_nothing():
    nobody = np.empty(0, np.int64)

    assert cut(events_of(nobody, nobody), 1).unit.size == 0
