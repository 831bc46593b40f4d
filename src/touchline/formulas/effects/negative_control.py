"""A question whose answer is known to be nothing: what a bad visit does to what happened before it.

Whatever makes bad and fine visitors differ in the past would make them differ in the future too. Source: Lipsitch, Tchetgen
Tchetgen and Cohen 2010, Epidemiology 21:383.
"""

from __future__ import annotations

from dataclasses import dataclass

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visit_effect import VisitEffect

VETO_BEYOND = 2.6
"""Standard errors from nothing; an honest comparison goes beyond by chance once in a hundred times."""


@dataclass(frozen=True)
class NegativeControl:
    """What the same comparison says about something fixed before the visits."""

    effect: float
    error: float

    @property
    def z(self) -> float:
        """How many standard errors from nothing."""
        return self.effect / self.error

    @property
    def passes(self) -> bool:
        """False: bad and fine visitors differed already, and what follows may be no effect of the visit."""
        return abs(self.z) <= VETO_BEYOND


def negative_control(of_the_past: VisitEffect | CannotSay) -> NegativeControl | CannotSay:
    """Judge the effect on an outcome that was fixed before the visits and is not among the covariates."""
    if isinstance(of_the_past, CannotSay):
        return of_the_past
    return NegativeControl(of_the_past.effect, of_the_past.error)
