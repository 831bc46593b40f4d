"""Whether another learner comes to the same effect."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visit_effect import VisitEffect

APART_FROM = 1.0
"""Standard errors from which two estimates from the same visits are said to differ."""


@dataclass(frozen=True)
class SecondOpinion:
    """The effect by another learner, beside the first."""

    effect: float
    apart: float
    """How far from the first, in standard errors of the first."""

    @property
    def agrees(self) -> bool:
        """False is a flag, not a veto: how the past was told apart matters here."""
        return self.apart <= APART_FROM


def second_opinion(first: VisitEffect, second: VisitEffect | CannotSay) -> SecondOpinion | CannotSay:
    """Compare an effect with what another learner finds in the same visits."""
    if isinstance(second, CannotSay):
        return second
    return SecondOpinion(second.effect, abs(second.effect - first.effect) / first.error)
