"""E-value: how strong a hidden cause would have to be to make up the whole effect.

It would have to go with both the bad visit and the outcome by at least this risk ratio, beyond everything that was adjusted
for. Source: VanderWeele and Ding 2017, Annals of Internal Medicine 167:268 (table 2 also for differences of means, whose
risk ratio is about exp(0.91 d)).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from touchline.formulas.effects.visit_effect import VisitEffect


@dataclass(frozen=True)
class EValue:
    """1: no hidden cause is needed. The larger, the stronger it would have to be."""

    of_effect: float
    of_interval: float
    """To move the interval's nearer end to no effect; 1 where it includes that already."""


def e_value_of(risk_ratio: float) -> float:
    """Return the E-value of a risk ratio. Raises ValueError at or below zero."""
    if not risk_ratio > 0:
        raise ValueError(f"A risk ratio of {risk_ratio} has no E-value; expected one above 0.")
    ratio = max(risk_ratio, 1 / risk_ratio)
    return ratio + sqrt(ratio * (ratio - 1))


def e_value(found: VisitEffect, outcome_sd: float | None = None) -> EValue:
    """Return the E-value of an effect on a share, or on an amount with the given standard deviation.

    A share of nothing on either side is taken as half a visit, so that the ratio stays a number.
    """
    nearer = found.low if found.effect > 0 else found.high
    crosses = nearer * found.effect <= 0
    return EValue(
        of_effect=e_value_of(_risk_ratio(found, found.effect, outcome_sd)),
        of_interval=1.0 if crosses else e_value_of(_risk_ratio(found, nearer, outcome_sd)),
    )


def _risk_ratio(found: VisitEffect, effect: float, outcome_sd: float | None) -> float:
    if outcome_sd is not None:
        return exp(0.91 * effect / outcome_sd) if outcome_sd > 0 else 1.0
    least = 0.5 / found.bad_visits
    fine = min(max(found.had_it_been_fine, least), 1.0)
    return min(max(fine + effect, least), 1.0) / fine
