"""What is known of a customer before a visit: the covariates of every estimate, each as of the visit's own moment.

How often somebody had bought until a month before the visit is withheld: it is the negative control, since the visit cannot
have changed it. Whether and for how much they had bought until four months before it is known, and what they bought in the
last month; of the months between nothing is. See docs/algorithms/pain-points.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from touchline.pains.rules.as_of import NEVER, Column, Earlier, known_before
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Floats, Found, Ints, Moments, VisitRows
from touchline.pains.rules.traits import TraitFacts

RECENT_DAYS: Final = 30
"""Orders of so many days before the visit are a covariate. The number of those before them is the negative control and none."""
LONG_AGO_DAYS: Final = 120
"""Of orders older than this it is known whether there were any, and what they came to."""
WEEKS_PER_BLOCK: Final = 4
MOST_BLOCKS: Final = 12
MOST_COLUMNS: Final = 60
SUFFERERS_PER_COLUMN: Final = 10
"""Sufferers that each column needs (Peduzzi et al. 1996, J Clinical Epidemiology 49:1373); fewer teach chance, not facts."""
FEWEST_COLUMNS: Final = 10
RAREST: Final = 0.02
"""Share of visits that must have one of several values (a channel, a stage) for it to have a column of its own."""
BAD_VISITS = "bad visits before"


@dataclass(frozen=True)
class Covariates:
    """Facts of some visits, as the effects take them."""

    values: Floats
    """Visits × columns."""
    names: tuple[str, ...]
    """Columns of one name are one fact."""


@dataclass(frozen=True)
class History:
    """Everything that is known about all customers, ready to be asked as of any visit."""

    visits: VisitRows
    orders: Earlier
    contacts: Earlier
    bad: Mapping[str, Found]
    """By kind of symptom: the bad visits, with when that was known."""
    traits: TraitFacts
    stage_of: Ints
    """By position of the touchpoint."""
    stage_names: tuple[str, ...]
    channels: tuple[str, ...]
    devices: tuple[str, ...]

    def withheld_orders(self, which: Ints) -> Floats:
        """The negative control: how many orders were placed until shortly before each visit."""
        customer, time = self.visits.customer[which], self.visits.time[which]
        return self.orders.count(customer, time - RECENT_DAYS * MICROSECONDS_PER_DAY).astype(float)

    def before(self, which: Ints, leave_out: frozenset[str] = frozenset(), most: int = MOST_COLUMNS) -> Covariates:
        """The covariates of some visits, at most so many columns: what is left out first stands last.

        Raises LaterFactError where a fact would not be from before its visit.
        """
        columns = [
            *self._standing(which),
            *self.traits.columns(self.visits.customer[which], self.visits.time[which], RAREST),
            *self._path(which),
            *_calendar(self.visits.time[which]),
        ]
        known_before(self.visits.time[which], columns)
        kept = [each for each in columns if each.name not in leave_out and _varies(each.values)][:most]
        values = np.column_stack([each.values for each in kept]) if kept else np.empty((len(which), 0))
        return Covariates(values, tuple(each.name for each in kept))

    @cached_property
    def _visits(self) -> Earlier:
        return Earlier(Moments(self.visits.customer, self.visits.time, np.ones(len(self.visits))))

    @cached_property
    def _bad(self) -> Earlier:
        found = list(self.bad.values())
        visit = np.concatenate([each.visit for each in found]) if found else np.empty(0, np.int64)
        known = np.concatenate([each.known for each in found]) if found else np.empty(0, np.int64)
        return Earlier(Moments(self.visits.customer[visit], known, np.ones(len(visit))))

    @cached_property
    def _journey_begins(self) -> Ints:
        """Of each visit: the position of the first one of its journey."""
        visits = self.visits
        begins = np.ones(len(visits), np.bool_)
        begins[1:] = (visits.customer[1:] != visits.customer[:-1]) | (visits.journey[1:] != visits.journey[:-1])
        first: Ints = np.flatnonzero(begins)[np.cumsum(begins) - 1]
        return first

    @cached_property
    def _moment_begins(self) -> Ints:
        """Of each visit: the position of the first one of its journey at that moment. None of them is before another."""
        visits, journey = self.visits, self._journey_begins
        begins = np.ones(len(visits), np.bool_)
        begins[1:] = (journey[1:] != journey[:-1]) | (visits.time[1:] != visits.time[:-1])
        first: Ints = np.flatnonzero(begins)[np.cumsum(begins) - 1]
        return first

    @cached_property
    def _customer_begins(self) -> Ints:
        visits = self.visits
        begins = np.ones(len(visits), np.bool_)
        begins[1:] = visits.customer[1:] != visits.customer[:-1]
        first: Ints = np.flatnonzero(begins)[np.cumsum(begins) - 1]
        return first

    def _standing(self, which: Ints) -> list[Column]:
        """How long and how well the customer is known."""
        customer, time = self.visits.customer[which], self.visits.time[which]
        first = self.visits.time[self._customer_begins[which]]
        is_known = first < time
        seen_last = self._visits.latest(customer, time)
        long_ago = time - LONG_AGO_DAYS * MICROSECONDS_PER_DAY
        recently = time - RECENT_DAYS * MICROSECONDS_PER_DAY
        old_orders, spent = self.orders.count(customer, long_ago), self.orders.total(customer, long_ago)
        new_orders = self.orders.count(customer, time) - self.orders.count(customer, recently)
        new_spent = self.orders.total(customer, time) - self.orders.total(customer, recently)
        ordered_before = self.orders.latest(customer, long_ago)
        ordered_last, called_last = self.orders.latest(customer, time), self.contacts.latest(customer, time)
        bad_last = self._bad.latest(customer, time)
        calls = self.contacts.count(customer, time)
        return [
            Column("tenure", _log(_days(time - first)), np.where(is_known, first, NEVER)),
            Column("new customer", (~is_known).astype(float), np.where(is_known, first, NEVER)),
            Column("days since the last visit", _log(_days(np.where(is_known, time - seen_last, 0))), seen_last),
            Column("has ordered", (old_orders > 0).astype(float), ordered_before),
            Column("recent orders", new_orders.astype(float), ordered_last),
            Column("spend", _log(spent), ordered_before),
            Column("recent spend", _log(new_spent), ordered_last),
            Column(BAD_VISITS, _log(self._bad.count(customer, time)), bad_last),
            Column(
                BAD_VISITS,
                _log(self._bad.count(customer, time) - self._bad.count(customer, recently)),
                bad_last,
            ),
            Column("contacts with service", _log(calls), called_last),
            Column("contacts with service", _log(calls - self.contacts.count(customer, recently)), called_last),
        ]

    def _path(self, which: Ints) -> list[Column]:
        """How the journey went so far, and by which channel and device the visit came."""
        visits = self.visits
        begins, moment = self._journey_begins[which], self._moment_begins[which]
        is_earlier = begins < moment
        before = np.maximum(moment - 1, 0)
        latest = np.where(is_earlier, visits.time[before], NEVER)
        steps = np.where(is_earlier, moment - begins, 0)
        entered = np.where(is_earlier, visits.channel[begins], visits.channel[which])
        at_start = np.full(len(which), NEVER)
        columns = [
            Column("steps so far", _log(steps), latest),
            *_levels("entry channel", entered, self.channels, np.where(is_earlier, visits.time[begins], NEVER)),
            *_levels("channel", visits.channel[which], self.channels, at_start),
            *_levels("device", visits.device[which], self.devices, at_start),
        ]
        for stage, name in enumerate(self.stage_names):
            been = self._stage_counts(stage)
            passed = np.where(is_earlier, been[moment] - been[begins], 0) > 0
            if len(passed) and RAREST <= passed.mean() <= 1 - RAREST:
                columns.append(Column(f"came through {name}", passed.astype(float), latest))
        last_stage = np.where(is_earlier, self.stage_of[visits.touchpoint[before]], -1)
        return [*columns, *_levels("stage before", last_stage, self.stage_names, latest)]

    def _stage_counts(self, stage: int) -> Ints:
        """Of each visit: how many of all visits before it, in the order of rows, were at a stage."""
        here = self.stage_of[self.visits.touchpoint] == stage
        return np.concatenate([[0], np.cumsum(here)[:-1]]) if len(here) else np.empty(0, np.int64)


def columns_for(sufferers: int) -> int:
    """How many columns so many sufferers can carry."""
    return min(max(sufferers // SUFFERERS_PER_COLUMN, FEWEST_COLUMNS), MOST_COLUMNS)


def _varies(values: Floats) -> bool:
    """Whether enough visits differ: a value that nearly all share tells nothing, and its rare others decide everything."""
    if not len(values):
        return False
    most = float(np.median(values))
    return float(np.mean(values != most)) >= RAREST


def _levels(name: str, value: Ints, names: Sequence[str], latest: Ints) -> list[Column]:
    """A column for each value that is not rare, but for the most frequent."""
    found, count = np.unique(value, return_counts=True)
    kept = found[np.argsort(-count, kind="stable")][1:]
    often = {int(each) for each, times in zip(found, count, strict=True) if times >= RAREST * len(value)}
    return [Column(name, (value == each).astype(float), latest) for each in kept.tolist() if each in often]


def _calendar(time: Ints) -> list[Column]:
    """The calendar week, in blocks of four weeks; the last block is what the others are compared with."""
    week = time // (7 * MICROSECONDS_PER_DAY)
    first, last = int(week.min(initial=0)), int(week.max(initial=0))
    length = max(WEEKS_PER_BLOCK, -(-(last - first + 1) // MOST_BLOCKS))
    block = (week - first) // length
    never = np.full(len(time), NEVER)
    often = [each for each in range(int(block.max(initial=0))) if np.mean(block == each) >= RAREST]
    return [Column("calendar weeks", (block == each).astype(float), never) for each in often]


def _days(microseconds: Ints) -> Floats:
    return microseconds / MICROSECONDS_PER_DAY


def _log(value: Ints | Floats) -> Floats:
    found: Floats = np.log1p(np.maximum(value, 0).astype(float))
    return found
