"""The scorecard: what is measured at each touchpoint, nothing of it typed in. Scores are −100..+100, intervals 80 %."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from touchline.formulas.evidence import MINIMUM_N


@dataclass(frozen=True)
class Felt:
    """The experience score of a touchpoint, leaning on its stage as far as its answers are few."""

    value: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True)
class WorstPain:
    """The pain point at a touchpoint that surely costs most."""

    id: str
    headline: str
    grade: str
    money: str
    """What it costs a month with its interval, or why no amount is shown: a sentence."""


@dataclass(frozen=True)
class Remedy:
    """An open improvement at a touchpoint."""

    number: int
    title: str
    owner: str
    """'' where nobody looks after it."""


@dataclass(frozen=True)
class ScoreLine:
    """One touchpoint."""

    touchpoint: str
    name: str
    stage: str
    owner: str
    """Of the touchpoint, as the journey definition says; '' where nobody."""
    customers: int
    visits: int
    reach: float | None
    """Share of all customers, 0..1; None below five."""
    reach_low: float | None
    reach_high: float | None
    """95 % interval."""
    felt: Felt | None
    answers: int
    change: float | None
    """Of the raw mean, against the period before; None where it cannot be said."""
    change_is_noise: bool
    pain: WorstPain | None
    remedies: tuple[Remedy, ...]

    @property
    def felt_why(self) -> str:
        """Why there is no experience score; '' where there is one."""
        if self.felt is not None:
            return ""
        if self.answers >= MINIMUM_N:
            return "Fewer than ten answers: they stay in the workspace."
        given = (
            "No answer was" if not self.answers else f"{self.answers} answer{'s were' if self.answers > 1 else ' was'}"
        )
        return f"{given} given here; a score takes five."


@dataclass(frozen=True)
class Scorecard:
    """All touchpoints of the journey, in its order."""

    lines: tuple[ScoreLine, ...]
    about: str
    """Whom and which days it is about."""
    start: date | None
    end: date | None
    why: str = ""
    """Why there is nothing to show; '' where there is something."""
    is_searched: bool = True
    """Whether pain points were looked for."""
    pains_why: str = ""
    """Why pain points are missing or may be out of date; '' where they are as the data are."""

    def line(self, touchpoint: str) -> ScoreLine | None:
        """Of a touchpoint."""
        return next((each for each in self.lines if each.touchpoint == touchpoint), None)


def score_words(score: float) -> str:
    """A score with its sign: '+12', '−31'; 0 has none."""
    shown = f"{abs(score):.0f}"
    if shown == "0":
        return shown
    return ("+" if score > 0 else "−") + shown


def felt_words(felt: Felt) -> str:
    """A score with its interval and n: '−23 (80% interval −31 to −15, 40 answers)'."""
    return f"{score_words(felt.value)} (80% interval {score_words(felt.low)} to {score_words(felt.high)}, {felt.answers:,} answers)"


FEWEST_TO_LEAVE: Final = 10
"""Figures that rest on fewer customers or answers stay in the workspace."""


def leaving(card: Scorecard) -> Scorecard:
    """The scorecard as it may leave the workspace: without touchpoints and scores that rest on fewer than ten."""
    kept = [each for each in card.lines if each.customers >= FEWEST_TO_LEAVE]
    gone = len(card.lines) - len(kept)
    about = f"{card.about}. Figures that rest on fewer than {FEWEST_TO_LEAVE} customers or answers are left out"
    return replace(
        card,
        lines=tuple(_line_leaving(each) for each in kept),
        about=f"{about}, and with them {gone} of {len(card.lines)} touchpoints" if gone else about,
    )


def _line_leaving(line: ScoreLine) -> ScoreLine:
    if line.answers >= FEWEST_TO_LEAVE:
        return line
    return replace(line, felt=None, change=None, change_is_noise=True)
