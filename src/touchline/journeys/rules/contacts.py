"""Contacts: the events of some customers in order, and which touchpoint each belongs to. Pure NumPy, no loop over events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from touchline.journeys.rules.definition import Pattern
from touchline.journeys.rules.matching import Kind, Placement

MICROSECONDS_PER_HOUR = 3_600_000_000
NOWHERE = -1

Array = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Contacts:
    """Events of some customers, sorted by customer, time and id; arrays of one length."""

    customer: Array
    time: Array
    """Microseconds since 1970, UTC."""
    kind: Array
    device: Array
    """Position in DEVICES; 0 is unknown."""
    campaign: Array
    """Number of the campaign from 1; 0 is none."""
    value: Array
    """In ten-thousandths of the currency's unit; 0 where there is none."""
    currency: Array
    """Number of the currency from 1 (a value without currency has a number too); 0 where there is no value."""
    id_high: Array
    id_low: Array
    """The two halves of the event's id."""
    order: Array
    """A number for the order the event touches; 0 where it touches none or no rule asks."""
    holds: Mapping[int, Flags]
    """For each pattern with properties, by its number in the plan: whether the event has them."""

    def __len__(self) -> int:
        return len(self.customer)

    def where(self, chosen: Array | slice) -> Contacts:
        """Return the chosen ones only."""
        columns = {name: column[chosen] for name, column in vars(self).items() if name != "holds"}
        return replace(self, **columns, holds={number: flags[chosen] for number, flags in self.holds.items()})


def order_of_moments(customer: Array, time: Array, id_high: Array, id_low: Array) -> Array | None:
    """Return the order that sorts events of one customer and moment by id; None when it is the one they have.

    The rows must be sorted by customer and time.
    """
    same = (customer[1:] == customer[:-1]) & (time[1:] == time[:-1])
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    if not len(tied):
        return None
    order = np.arange(len(customer))
    order[tied] = tied[np.lexsort((id_low[tied], id_high[tied], time[tied], customer[tied]))]
    return order


@dataclass(frozen=True)
class Step:
    """One decision of a plan: events of these kinds that are nowhere yet and fit belong to this touchpoint."""

    number: int
    touchpoint: int
    pattern: Pattern
    kinds: Flags
    """By kind number."""


@dataclass(frozen=True)
class Plan:
    """How the events of every kind find their touchpoint."""

    always: Array
    """By kind number: the touchpoint of a kind whose rules do not look at the single event; NOWHERE for others."""
    steps: tuple[Step, ...]
    fallback: Array
    """By kind number: the touchpoint after all steps failed; NOWHERE for none."""
    channel: Array
    """By kind number: position in CHANNELS."""
    names: Mapping[str, Flags]
    """By folded name asked for by an occurrence or after: whether a kind, by number, has it."""

    @property
    def relevant(self) -> Flags:
        """By kind number: whether its events can be contacts, or decide about others."""
        relevant: Flags = (self.always != NOWHERE) | (self.fallback != NOWHERE)
        for step in self.steps:
            relevant |= step.kinds
            for name in named_by(step.pattern):
                relevant |= self.names[name]
        return relevant

    @property
    def by_order(self) -> Flags:
        """By kind number: whether a rule wants to know which order the event touches."""
        wanted = np.zeros(len(self.always), dtype=np.bool_)
        for step in self.steps:
            for name in step.pattern.event if step.pattern.occurrence else ():
                wanted |= self.names[name.casefold()]
        return wanted


def make_plan(kinds: Sequence[Kind], placements: Sequence[Placement], channels: Sequence[str]) -> Plan:
    """Turn placements of kinds into a plan over arrays. Kinds and placements come in the same order."""
    size = max((kind.number for kind in kinds), default=-1) + 1
    always = np.full(size, NOWHERE, dtype=np.int16)
    fallback = np.full(size, NOWHERE, dtype=np.int16)
    channel = np.full(size, channels.index("other"), dtype=np.uint8)
    conditional: dict[tuple[int, int], tuple[int, Pattern, list[int]]] = {}
    for kind, placement in zip(kinds, placements, strict=True):
        channel[kind.number] = channels.index(kind.channel) if kind.channel in channels else channels.index("other")
        for rank, place in enumerate(placement.places):
            if place.pattern is not None:
                key = (rank, id(place.pattern))
                conditional.setdefault(key, (place.touchpoint, place.pattern, []))[2].append(kind.number)
            elif rank:
                fallback[kind.number] = place.touchpoint
            else:
                always[kind.number] = place.touchpoint
    steps = [
        Step(number, touchpoint, pattern, _flags(numbers, size))
        for number, (_, (touchpoint, pattern, numbers)) in enumerate(
            sorted(conditional.items(), key=lambda each: (each[0][0], each[1][0]))
        )
    ]
    names = {
        name: _flags([kind.number for kind in kinds if kind.name.casefold() == name], size)
        for name in {name for step in steps for name in named_by(step.pattern)}
    }
    return Plan(always, tuple(steps), fallback, channel, names)


def named_by(pattern: Pattern) -> Iterator[str]:
    """Names of other events that decide whether a pattern fits, folded."""
    if pattern.after:
        yield pattern.after.casefold()
    if pattern.occurrence:
        yield from (name.casefold() for name in pattern.event)


def _flags(numbers: Sequence[int], size: int) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[list(numbers)] = True
    return flags


def place(contacts: Contacts, plan: Plan) -> Array:
    """Return the touchpoint of each contact, NOWHERE where it has none."""
    touchpoint = plan.always[contacts.kind]
    if not plan.steps:
        return touchpoint
    chosen = np.flatnonzero(touchpoint == NOWHERE)
    for step in plan.steps:
        candidates = chosen[step.kinds[contacts.kind[chosen]]]
        if len(candidates):
            fits = candidates[_fits(contacts, plan, step, candidates)]
            touchpoint[fits] = step.touchpoint
            chosen = chosen[touchpoint[chosen] == NOWHERE]
    touchpoint[chosen] = plan.fallback[contacts.kind[chosen]]
    return touchpoint


def _fits(contacts: Contacts, plan: Plan, step: Step, candidates: Array) -> Flags:
    pattern = step.pattern
    fits = np.ones(len(candidates), dtype=np.bool_)
    if pattern.property:
        fits &= contacts.holds[step.number][candidates]
    if pattern.after:
        fits &= _comes_after(contacts, plan.names[pattern.after.casefold()], pattern.within_hours, candidates)
    if pattern.occurrence:
        named = np.logical_or.reduce([plan.names[name.casefold()] for name in pattern.event])
        is_first = _is_first(contacts, np.flatnonzero(named[contacts.kind]), candidates)
        fits &= is_first if pattern.occurrence == "first" else ~is_first
    return fits


def _is_first(contacts: Contacts, named: Array, candidates: Array) -> Flags:
    """Whether a candidate belongs to the first of the named events of its customer: the same order, or else moment."""
    customer = contacts.customer[named]
    begins = np.ones(len(named), dtype=np.bool_)
    begins[1:] = customer[1:] != customer[:-1]
    first_of = named[begins]
    own = first_of[np.searchsorted(contacts.customer[first_of], contacts.customer[candidates])]
    same_order = (contacts.order[own] == contacts.order[candidates]) & (contacts.order[own] != 0)
    either_without = (contacts.order[own] == 0) | (contacts.order[candidates] == 0)
    is_first: Flags = same_order | (either_without & (contacts.time[own] == contacts.time[candidates]))
    return is_first


def _comes_after(contacts: Contacts, wanted: Flags, within_hours: float, candidates: Array) -> Flags:
    """Whether a wanted event of the same customer, other than itself, lies at most so long before, or at the same moment."""
    there = np.flatnonzero(wanted[contacts.kind])
    if not len(there):
        return np.zeros(len(candidates), dtype=np.bool_)
    itself = wanted[contacts.kind[candidates]]
    until = np.where(itself, candidates - 1, end_of_moment(contacts, candidates))
    rank = np.searchsorted(there, until, side="right") - 1
    found = there[rank.clip(min=0)]
    same_customer = contacts.customer[found] == contacts.customer[candidates]
    near = contacts.time[candidates] - contacts.time[found] <= within_hours * MICROSECONDS_PER_HOUR
    comes_after: Flags = (rank >= 0) & same_customer & near
    return comes_after


def end_of_moment(contacts: Contacts, positions: Array) -> Array:
    """Return the last event of the same customer and time: a moment has no order of its own."""
    same = (contacts.time[1:] == contacts.time[:-1]) & (contacts.customer[1:] == contacts.customer[:-1])
    ends = np.flatnonzero(np.append(~same, True))
    return ends[np.searchsorted(ends, positions)]
