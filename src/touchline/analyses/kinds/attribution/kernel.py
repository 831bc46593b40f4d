"""Touches and conversions become paths: what each person met, up to a conversion or to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.attribution import Paths

Whole: TypeAlias = "NDArray[np.int64]"

DAY_US = 86_400_000_000
MIXING = tuple(np.uint64(factor) for factor in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15))
"""Odd numbers whose bits look random. Source: Steele, Lea and Flood 2014, OOPSLA (SplitMix)."""


@dataclass(frozen=True)
class Moments:
    """Touches and conversions of all units. Arrays of one length each, in any order."""

    touch_unit: Whole
    touch_us: Whole
    touch_name: Whole
    """Number of the name that gets the credit."""
    conversion_unit: Whole
    conversion_us: Whole
    conversion_value: Whole
    """In ten-thousandths."""
    conversion_currency: Whole


@dataclass(frozen=True)
class Window:
    """What belongs together, in microseconds since 1970."""

    since_us: int
    """Conversions and paths that end before this are not looked at."""
    until_us: int
    """Nothing is known from here on."""
    lookback_us: int


@dataclass(frozen=True)
class Found:
    """Paths of touches, and the conversions that end some of them."""

    paths: Paths
    units: Whole
    """Unit of each person of the paths."""
    conversion: Whole
    """Position of each path's conversion among `value` and `currency`; −1 for none."""
    value: Whole
    currency: Whole
    conversions: int
    """With and without a touch before them."""
    undecided: int
    """Paths to nothing whose last touch is so young that a conversion may still follow."""


def paths_of(moments: Moments, window: Window, names: int) -> Found:
    """Give each touch to the next conversion of its unit within the lookback; the others lead to nothing.

    A conversion ends the path, so no touch counts for two. Touches to nothing are one path while no more than the lookback
    lies between two of them. A touch at the moment of a conversion counts as before it.
    """
    order = np.lexsort((moments.conversion_value, moments.conversion_us, moments.conversion_unit))
    unit, time = moments.conversion_unit[order], moments.conversion_us[order]
    value, currency = moments.conversion_value[order], moments.conversion_currency[order]
    touches = np.lexsort((moments.touch_name, moments.touch_us, moments.touch_unit))
    whose, when, name = moments.touch_unit[touches], moments.touch_us[touches], moments.touch_name[touches]
    following = _next(unit, time, whose, when)
    reaches = np.zeros(len(whose), bool)
    known = following < len(unit)
    reaches[known] = (unit[following[known]] == whose[known]) & (
        time[following[known]] - when[known] <= window.lookback_us
    )
    # those that reach share the conversion's number; those that do not share the number of the next one, negative
    goal = np.where(reaches, following, -1 - following)
    begins = np.append(True, (goal[1:] != goal[:-1]) | (whose[1:] != whose[:-1]))[: len(whose)]
    begins[1:] |= ~reaches[1:] & (when[1:] - when[:-1] > window.lookback_us)
    path = np.cumsum(begins) - 1
    ends = np.append(np.flatnonzero(begins)[1:], len(whose))[: int(begins.sum())] - 1
    end = np.where(
        reaches[ends], time[np.minimum(following[ends], max(len(time) - 1, 0))] if len(time) else 0, when[ends]
    )
    kept = (end >= window.since_us)[path]
    repeated = np.append((name[1:] == name[:-1]) & ~begins[1:], False)[: len(whose)]
    kept &= ~repeated  # of contacts with one name in a row the last is told
    path = np.unique(path[kept], return_inverse=True)[1]
    whose, when, name, reaches, following = (each[kept] for each in (whose, when, name, reaches, following))
    first = np.unique(path, return_index=True)[1]
    units, person = _in_fixed_order(whose, path, first, (when, name, reaches.astype(np.int64)))
    conversion = np.where(reaches[first], following[first], -1)
    days = np.zeros(len(path))
    days[reaches] = (time[following[reaches]] - when[reaches]) / DAY_US
    last = np.append(first[1:], len(path))[: len(first)] - 1
    young = (conversion < 0) & (when[last] + window.lookback_us >= window.until_us)
    return Found(
        Paths(path, name, days, conversion >= 0, person, names),
        units,
        conversion,
        value,
        currency,
        int((time >= window.since_us).sum()),
        int(young.sum()),
    )


def _in_fixed_order(whose: Whole, path: Whole, first: Whole, met: tuple[Whole, ...]) -> tuple[Whole, Whole]:
    """Units, and the number of each path's: in the order of a hash of what they met.

    Units are numbered as their files came; who is drawn again together must not depend on that.
    """
    units, person = np.unique(whose[first], return_inverse=True)
    mixed = np.zeros(len(path), np.uint64)
    for column, factor in zip(met, MIXING, strict=True):
        mixed += column.astype(np.uint64) * factor
    mixed = (mixed ^ (mixed >> np.uint64(31))) * MIXING[0]
    hashes = np.zeros(len(units), np.uint64)
    np.add.at(hashes, person[path], mixed ^ (mixed >> np.uint64(29)))
    order = np.argsort(hashes, kind="stable")
    number = np.empty(len(units), np.int64)
    number[order] = np.arange(len(units))
    return units[order], number[person]


def _next(unit: Whole, time: Whole, whose: Whole, when: Whole) -> Whole:
    """Position of the first conversion at or after each touch, in order of unit and time; their number for none."""
    both_unit, both_time = np.concatenate([unit, whose]), np.concatenate([time, when])
    is_conversion = np.append(np.ones(len(unit), np.int64), np.zeros(len(whose), np.int64))
    order = np.lexsort((is_conversion, both_time, both_unit))  # a touch stands before a conversion of its moment
    before = np.cumsum(is_conversion[order]) - is_conversion[order]
    place = np.empty(len(order), np.int64)
    place[order] = before
    return place[len(unit) :]
