"""What is said of paths in words: what was looked at, how a path is written, and what must be said beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.analyses.rules.presentation import Figure
from touchline.formulas.clustered import ClusteredShare

NOT_BEGUN, OVER = "(start)", "(end)"
"""Stand where the journey has not begun yet, or is over."""

ARROW = " \N{RIGHTWARDS ARROW} "
SHOWN_REPEATS = 1.5
"""Means of visits in a row below this are not written."""

UNITS = {"customer": "customers", "account": "accounts", "case": "cases"}


@dataclass(frozen=True)
class Seen:
    """What an answer about paths looked at."""

    unit: str
    bounds: str
    """journey or session."""
    pause: str
    """That ends one, in words."""
    anchor: str
    """Name; '' for none."""
    outcome: str
    with_path: ClusteredShare
    """Journeys or sessions that have the anchor, out of all; clusters are customers, accounts or cases."""
    may_go_on: int
    """Paths whose journey may not be over yet."""
    cut_on: str
    """First day looked at, where there are data before it; '' where there are none."""

    @property
    def journeys(self) -> str:
        """What there is one path of."""
        if self.bounds == "session":
            return "sessions"
        return "cases" if self.unit == "case" else "journeys"

    @property
    def units(self) -> str:
        """Whose they are."""
        return UNITS[self.unit]

    def counted(self, units: int) -> str:
        """How many paths there are and of how many: '12 journeys of 10 customers', '12 cases'."""
        count = numbered(self.with_path.count, self.journeys)
        return count if self.journeys == self.units else f"{count} of {numbered(units, self.units)}"


@dataclass(frozen=True)
class Folded:
    """Rare steps that became 'other'."""

    names: tuple[str, ...]
    steps: int
    """Steps folded, out of"""
    all_steps: int


def numbered(count: int, many: str) -> str:
    """1 journey, 2 journeys."""
    return f"{count:,} {many.removesuffix('s') if count == 1 else many}"


def path_words(steps: Sequence[str], repeats: Sequence[float] = ()) -> str:
    """Write a path: Home → Product page ×2.4 → (end); what comes several times in a row stands once, with how often."""
    often = dict(enumerate(repeats))
    written, at = [], 0
    while at < len(steps):
        length, times = _repeated_block(steps, at)
        if times > 1:
            block = ARROW.join(steps[at : at + length])
            written.append(f"({block}) ×{times}" if length > 1 else f"{block} ×{times}")
        else:
            mean = often.get(at, 1.0)
            written.append(f"{steps[at]} ×{mean:.2g}" if mean >= SHOWN_REPEATS else steps[at])
        at += length * times
    return ARROW.join(written)


def _repeated_block(steps: Sequence[str], at: int) -> tuple[int, int]:
    """Length of the block that begins here and how often it stands in a row: the one that covers most, else (1, 1)."""
    best = (1, 1)
    for length in range(1, (len(steps) - at) // 2 + 1):
        block, times = list(steps[at : at + length]), 1
        while list(steps[at + times * length : at + (times + 1) * length]) == block:
            times += 1
        if times > 1 and length * times > best[0] * best[1]:
            best = (length, times)
    return best


def reach_figures(seen: Seen, folded: Folded) -> tuple[Figure, ...]:
    """What is looked at: after the anchor, and after folding."""
    share = seen.with_path
    figures = [Figure("journeys", f"{seen.journeys.capitalize()} in the scope", share.of, "count", n=share.clusters)]
    if seen.anchor:
        name = f"Of them with {seen.anchor}"
        figures.append(Figure("reach", name, share.value, "share", share.clusters, share.low, share.high))
    if folded.names:
        figures.append(
            Figure("folded", f"Steps folded into other ({len(folded.names)})", folded.steps / folded.all_steps, "share")
        )
    return tuple(figures)


def nobody(seen: Seen) -> str:
    """The sentence where there is no path."""
    if seen.anchor and seen.with_path.of:
        return f"None of the {seen.with_path.of:,} {seen.journeys} in this scope has {seen.anchor}."
    of = "" if seen.journeys == seen.units else f" of {seen.units}"
    return f"There are no {seen.journeys}{of} in this scope."


def cautions(seen: Seen, folded: Folded) -> tuple[str, ...]:
    """What must be said beside any answer about paths."""
    said = []
    if seen.may_go_on:
        said.append(
            f"{seen.may_go_on:,} of {seen.with_path.count:,} {seen.journeys} may not be over: less than {seen.pause} "
            "passed since their last step. How they end may still change."
        )
    if seen.cut_on and seen.bounds == "journey":
        said.append(f"What was under way on {seen.cut_on} is seen from that day on only.")
    if folded.names:
        said.append(f"Other stands for {_listed(folded.names)}: each in under 0.5% of the {seen.journeys}.")
    return tuple(said)


def _listed(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
