"""Credit for conversions among the channels that came before them: credit, not cause.

A path is the channels one person met, in order, up to a conversion or to nothing. First, last, linear and time decay are
rules; Markov and Shapley ask what would be missing. Sources: Anderl, Becker, von Wangenheim and Schumann 2016,
International Journal of Research in Marketing 33:457 (the removal effect in an absorbing chain); Shapley 1953,
Contributions to the Theory of Games II:307, with the worth of a set of channels as the conversions whose paths hold no
others, for which it has a closed form (Zhao, Mahboobi and Bagheri 2018, arXiv 1804.05327).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.evidence import UNKNOWN_CHANGE, Change

Floats: TypeAlias = "NDArray[np.float64]"
Whole: TypeAlias = "NDArray[np.int64]"

MARKOV = "markov"
RULES = ("first", "last", "linear", "decay", MARKOV, "shapley")

DRAWS = 400
SEED = 20_160_901
"""Fixed: the same data must give the same interval."""

CELLS = 1000
"""People are drawn again in at most so many groups: one each while they are fewer."""


@dataclass(frozen=True)
class Paths:
    """Touches in order of path, then time. The first three arrays are of one length, the others one per path."""

    path: Whole
    """Number of the path, from 0; every path has a touch."""
    channel: Whole
    days_before: Floats
    """How long before the conversion; not looked at in paths without one."""
    converted: NDArray[np.bool_]
    person: Whole
    """Number of the person, from 0."""
    channels: int

    @property
    def begins(self) -> Whole:
        """Position of the first touch of each path."""
        return np.searchsorted(self.path, np.arange(len(self.converted)))

    @property
    def lengths(self) -> Whole:
        """Touches of each path."""
        return np.bincount(self.path, minlength=len(self.converted))


def weights(paths: Paths, rule: str, half_life_days: float = 7.0) -> Floats:
    """The part of its path's conversion that each touch gets; parts of a path add up to 1. Not for 'markov'."""
    touches = len(paths.path)
    if rule in ("first", "last"):
        given = np.zeros(touches)
        given[paths.begins if rule == "first" else paths.begins + paths.lengths - 1] = 1.0
        return given
    if rule == "decay":
        latest = np.minimum.reduceat(paths.days_before, paths.begins) if touches else paths.days_before
        given = np.exp2((latest[paths.path] - paths.days_before) / half_life_days)
    elif rule == "shapley":
        given = np.zeros(touches)
        given[np.unique(paths.path * paths.channels + paths.channel, return_index=True)[1]] = 1.0
    else:
        given = np.ones(touches)
    of_path = np.bincount(paths.path, given, len(paths.converted))
    parts: Floats = given / of_path[paths.path]
    return parts


def credit(paths: Paths, given: Floats, worth: Floats | None = None) -> Floats:
    """Credit by channel: each conversion (or its worth, one per path) divided as `weights` says."""
    of_path = paths.converted if worth is None else np.where(paths.converted, worth, 0.0)
    return np.bincount(paths.channel, given * of_path[paths.path], paths.channels).astype(np.float64)


def transitions(paths: Paths, cell: Whole | None = None, cells: int = 1) -> Floats:
    """Moves by cell of people: cells × (channels + start) × (channels + conversion + nothing)."""
    channels = paths.channels
    of_path = np.zeros(len(paths.converted), np.int64) if cell is None else cell[paths.person]
    ends = paths.begins + paths.lengths - 1
    follows = np.ones(len(paths.path), bool)
    follows[paths.begins] = False
    left = np.where(follows, np.roll(paths.channel, 1), channels)
    moves = np.zeros((cells, channels + 1, channels + 2))
    np.add.at(moves, (of_path[paths.path], left, paths.channel), 1.0)
    into = np.where(paths.converted, channels, channels + 1)
    np.add.at(moves, (of_path, paths.channel[ends], into), 1.0)
    return moves


def conversion_chance(moves: Floats) -> Floats:
    """How likely a path ends in a conversion, for each of draws × (channels + start) × (channels + 2) moves."""
    channels = moves.shape[-2] - 1
    left = moves.sum(axis=-1, keepdims=True)
    chances = np.divide(moves, left, out=np.zeros_like(moves), where=left > 0)
    between, converting = chances[..., :channels, :channels], chances[..., :channels, channels : channels + 1]
    reached = np.linalg.solve(np.eye(channels) - between, converting)
    found: Floats = (chances[..., channels, None, :channels] @ reached)[..., 0, 0]
    return found


def removal_effects(moves: Floats) -> Floats:
    """The share of conversions that would be lost without each channel: draws × channels.

    A path that would enter the channel ends in nothing instead. 0 where nothing converts.
    """
    channels = moves.shape[-2] - 1
    whole = conversion_chance(moves)
    lost = np.zeros((*moves.shape[:-2], channels))
    for channel in range(channels):
        without = moves.copy()
        without[..., channels + 1] += without[..., channel]
        without[..., channel] = 0.0
        chance = conversion_chance(without)
        lost[..., channel] = 1 - np.divide(chance, whole, out=np.ones_like(chance), where=whole > 0)
    return lost


def markov_shares(moves: Floats) -> Floats:
    """Credit by the removal effect as shares that add up to 1; 0 where nothing converts."""
    return _shares(removal_effects(moves))


def cells_of(people: int) -> tuple[Whole, int]:
    """The cell in which each person is drawn again, and how many cells there are."""
    number = np.arange(people, dtype=np.int64)
    if people <= CELLS:
        return number, max(people, 1)
    return number * 2_654_435_761 % 2**32 % CELLS, CELLS


def shares_drawn_again(paths: Paths, given: Floats | None, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """Shares of credit when people are drawn again: draws × channels. `given` are the weights; None for 'markov'."""
    cell, cells = cells_of(int(paths.person.max(initial=-1)) + 1)
    drawn = np.random.default_rng(seed).multinomial(cells, np.full(cells, 1 / cells), size=draws).astype(np.float64)
    if given is None:
        moves = transitions(paths, cell, cells)
        return markov_shares((drawn @ moves.reshape(cells, -1)).reshape(draws, *moves.shape[1:]))
    by_cell = np.zeros((cells, paths.channels))
    converted = paths.converted[paths.path]
    np.add.at(by_cell, (cell[paths.person[paths.path]], paths.channel), given * converted)
    return _shares(drawn @ by_cell)


def interval(drawn: Floats, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Percentiles of what was drawn: (low, high) by channel. Source: Efron and Tibshirani 1993, chapter 13."""
    ends = (1 - confidence) / 2
    low, high = np.quantile(drawn, [ends, 1 - ends], axis=0)
    return low, high


def _shares(parts: Floats) -> Floats:
    total = parts.sum(axis=-1, keepdims=True)
    shares: Floats = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    return shares


def share_change(
    second: tuple[float | None, float | None, float | None], first: tuple[float | None, float | None, float | None]
) -> Change:
    """Return second − first of two (share, low, high) with an interval; unknown where one cannot be said.

    Source: Zou and Donner 2008, Statistics in Medicine 27:1693 (each end from the nearer ends of both intervals).
    """
    if None in second or None in first:
        return UNKNOWN_CHANGE
    now, now_low, now_high = (value or 0.0 for value in second)
    then, then_low, then_high = (value or 0.0 for value in first)
    gap = now - then
    low = gap - hypot(now - now_low, then_high - then)
    high = gap + hypot(now_high - now, then - then_low)
    return Change(gap, low, high, is_noise=low <= 0 <= high, p=None, detectable=None)
