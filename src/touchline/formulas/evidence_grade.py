"""Grades of evidence: what a claim may be called, and whether a figure may stand beside it.

A grade follows from how something is known and is never typed in by anybody. Grades with an effect behind them (A to D)
come with the analyses that earn them; what people said to research is E.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class EvidenceGrade:
    """One grade."""

    letter: str
    """A (an experiment) to E."""
    earned_by: str
    """What makes evidence of this grade, in words."""
    wording: str
    """The strongest word that may stand for it."""
    has_figures: bool
    """Whether a number may be shown for it."""
    has_money: bool
    """Whether an amount of money may."""


OPINION: Final = EvidenceGrade(
    letter="E",
    earned_by="an opinion, a workshop's input, one comment",
    wording="hypothesis",
    has_figures=False,
    has_money=False,
)
"""What interviews, observations, workshops and usability tests give: reasons to look, never something to add up."""
