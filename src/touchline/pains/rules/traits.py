"""Facts about customers from their profiles, as of any moment: which of them are shared by enough people to be compared.

Names, addresses and other texts differ from person to person; they are left out by how many values they have, not by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.pains.rules.as_of import Column, Earlier
from touchline.pains.rules.rows import Flags, Floats, Ints, Moments, TraitRows

MOST_VALUES: Final = 12
MOST_KEYS: Final = 16
KNOWN_OF: Final = 0.05
"""Share of customers with a profile of whom a fact must be known."""
NUMBERS_FROM: Final = 0.95
"""Share of values that must be numbers for a fact to be one."""


@dataclass(frozen=True)
class TraitFact:
    """One key of profiles."""

    name: str
    told: Earlier
    """Its values are codes of `levels`, or numbers."""
    levels: tuple[str, ...]
    """Empty for a number."""


@dataclass(frozen=True)
class TraitFacts:
    """The facts that are used."""

    facts: tuple[TraitFact, ...]

    def columns(self, customer: Ints, time: Ints, rarest: float) -> list[Column]:
        """The columns of some visits."""
        return [column for fact in self.facts for column in _columns(fact, customer, time, rarest)]


def trait_facts(rows: TraitRows) -> TraitFacts:
    """Choose the keys that tell customers apart in groups or on a scale; those known of most customers first."""
    people = len(np.unique(rows.customer))
    keys, inverse = np.unique(rows.key.astype(str), return_inverse=True)
    found: list[tuple[int, TraitFact]] = []
    for number, key in enumerate(keys.tolist()):
        here = np.flatnonzero(inverse == number)
        known = len(np.unique(rows.customer[here]))
        if known < KNOWN_OF * people:
            continue
        fact = _fact(key, rows, here)
        if fact is not None:
            found.append((known, fact))
    found.sort(key=lambda each: (-each[0], each[1].name))
    return TraitFacts(tuple(fact for _, fact in found[:MOST_KEYS]))


def _fact(key: str, rows: TraitRows, here: Ints) -> TraitFact | None:
    text = rows.value[here].astype(str)
    levels, code = np.unique(text, return_inverse=True)
    if 2 <= len(levels) <= MOST_VALUES:
        moments = Moments(rows.customer[here], rows.time[here], code.astype(float))
        return TraitFact(key, Earlier(moments), tuple(levels.tolist()))
    number, is_number = _numbers(levels)
    if len(levels) <= MOST_VALUES or is_number[code].mean() < NUMBERS_FROM or _is_name(number[is_number], rows, here):
        return None
    kept = is_number[code]
    moments = Moments(rows.customer[here][kept], rows.time[here][kept], number[code][kept])
    return TraitFact(key, Earlier(moments), ())


def _is_name(numbers: Floats, rows: TraitRows, here: Ints) -> bool:
    """Whether whole numbers differ from customer to customer, as customer numbers do."""
    return bool(np.all(numbers == np.round(numbers))) and len(numbers) > 0.9 * len(np.unique(rows.customer[here]))


def _numbers(levels: np.ndarray[tuple[int], np.dtype[np.str_]]) -> tuple[Floats, Flags]:
    found = np.full(len(levels), np.nan)
    for at, text in enumerate(levels.tolist()):
        try:
            found[at] = float(text)
        except ValueError:
            continue
    is_number = np.isfinite(found)
    return found, is_number


def _columns(fact: TraitFact, customer: Ints, time: Ints, rarest: float) -> list[Column]:
    if not len(customer):
        return []
    at = fact.told.position(customer, time)
    latest = fact.told.latest(customer, time)
    known = at >= 0
    value = (
        np.where(known, fact.told.facts.value[np.maximum(at, 0)], -1.0)
        if len(fact.told.facts)
        else np.full(len(at), -1.0)
    )
    if fact.levels:
        return _shares(
            fact.name, [(value == code).astype(float) for code in range(-1, len(fact.levels))], latest, rarest
        )
    scaled = np.where(known, np.sign(value) * np.log1p(np.abs(value)), 0.0)
    columns = [Column(fact.name, scaled, latest)]
    if rarest <= known.mean() <= 1 - rarest:
        columns.append(Column(fact.name, (~known).astype(float), latest))
    return columns


def _shares(name: str, flags: list[Floats], latest: Ints, rarest: float) -> list[Column]:
    """A column for each value that is not rare, but for the most frequent."""
    often = [(float(each.mean()), number) for number, each in enumerate(flags)]
    first = max(often)[1] if often else -1
    return [Column(name, flags[number], latest) for share, number in often if number != first and share >= rarest]
