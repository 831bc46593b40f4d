"""The visits to one touchpoint as a trial of one symptom: who could have had it, who had it, and what followed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np

from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Flags, Floats, Found, Ints, VisitRows, chosen

WINDOW_DAYS: Final = 90
"""How long after a visit its outcome is looked for."""


class Kind(Protocol):
    """What a trial needs to know of a kind of symptom."""

    @property
    def name(self) -> str:
        """Of its folder."""

    @property
    def is_seen_by_all(self) -> bool:
        """Whether a visit without a mark was fine."""

    @property
    def is_experience(self) -> bool:
        """Whether it shows while the visit lasts."""


@dataclass(frozen=True)
class Trial:
    """Visits to one touchpoint, in order of customers and time; arrays of one length."""

    touchpoint: int
    """Position in the definition."""
    symptom: str
    visit: Ints
    """Position among all visits."""
    bad: Flags
    spoiled: Flags
    """Whether the visit had another symptom that shows while it lasts: it is no fine one, whatever this symptom says."""
    begins: Ints
    """From when on outcomes count, microseconds since 1970."""
    amount: Floats
    """How far its figure lies from fine, in the kind's own unit; the same for all where a kind only says whether."""

    def __len__(self) -> int:
        return len(self.visit)

    def compared(self, data_until: int, window_days: int) -> Flags:
        """Which visits enter the estimate: bad or truly fine, and followed for the whole window."""
        return (self.bad | ~self.spoiled) & (self.begins + window_days * MICROSECONDS_PER_DAY <= data_until)


@dataclass(frozen=True)
class Marks:
    """What every kind of symptom says of the visits of all customers."""

    visits: VisitRows
    found: Mapping[str, Found]
    """By kind: the visits it can judge."""
    bad: Mapping[str, Flags]
    """By kind: which of them are bad."""
    kinds: tuple[Kind, ...]

    def bad_found(self) -> dict[str, Found]:
        """By kind: the bad visits only."""
        return {kind.name: chosen(self.found[kind.name], self.bad[kind.name]) for kind in self.kinds}

    @cached_property
    def _spoiled_by(self) -> dict[str, Flags]:
        """By kind that shows while the visit lasts: of every visit, whether it is bad by it."""
        return {kind.name: self._of_all(kind) for kind in self.kinds if kind.is_experience}

    @cached_property
    def _times_spoiled(self) -> Ints:
        total = np.zeros(len(self.visits), np.int64)
        for flags in self._spoiled_by.values():
            total += flags
        return total

    def _of_all(self, kind: Kind) -> Flags:
        flags = np.zeros(len(self.visits), np.bool_)
        flags[self.found[kind.name].visit[self.bad[kind.name]]] = True
        return flags

    def trials(self, kind: Kind, touchpoints: Iterable[int]) -> Iterable[Trial]:
        """A trial of one kind for each touchpoint at which it could be looked for, in the order given."""
        visit, bad, begins, amount = self._judged(kind)
        counted = self.visits.counted[visit]
        visit, bad, begins, amount = visit[counted], bad[counted], begins[counted], amount[counted]
        place = self.visits.touchpoint[visit]
        own = self._spoiled_by.get(kind.name)
        for touchpoint in touchpoints:
            here = place == touchpoint
            if not here.any():
                continue
            others = self._times_spoiled[visit[here]] - (0 if own is None else own[visit[here]])
            yield Trial(touchpoint, kind.name, visit[here], bad[here], others > 0, begins[here], amount[here])

    def _judged(self, kind: Kind) -> tuple[Ints, Flags, Ints, Floats]:
        """Visits that could have had the symptom, whether they had it, from when on outcomes count, and how bad it was.

        Where only marks are known, every visit on a channel that has marks, since the first of them, could have had one.
        """
        found, bad = self.found[kind.name], self.bad[kind.name]
        if not kind.is_seen_by_all:
            return found.visit, bad, found.known, np.abs(found.value)
        marked = found.visit[bad]
        if not len(marked):
            nothing = np.empty(0, np.int64)
            return nothing, np.empty(0, np.bool_), nothing, np.empty(0)
        visits = self.visits
        could = np.isin(visits.channel, np.unique(visits.channel[marked])) & (visits.time >= visits.time[marked].min())
        visit = np.flatnonzero(could)
        return visit, self._of_all(kind)[visit], visits.time[visit], np.ones(len(visit))


def judged(visits: VisitRows, found: Mapping[str, Found], kinds: Iterable[JudgingKind]) -> Marks:
    """Have every kind say which of the figures it found are bad."""
    every = tuple(kinds)
    bad = {kind.name: kind.is_bad(found[kind.name].value, visits.touchpoint[found[kind.name].visit]) for kind in every}
    return Marks(visits, found, bad, every)


class JudgingKind(Kind, Protocol):
    """A kind that judges its figures."""

    def is_bad(self, value: np.ndarray[tuple[int], np.dtype[np.float64]], touchpoint: Ints) -> Flags:
        """Say which figures are bad."""
