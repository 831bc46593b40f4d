"""Specification curve: the same question asked in other defensible ways.

Another window, another cut between bad and fine, another learner, without visits that were all but certain to be bad: a claim
should not hang on one of these choices. Source: Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4:1208.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.visit_effect import VisitEffect

FEWEST_VARIANTS = 3
SAME_SIGN_FROM = 0.8
"""Share of variants that have to agree with the middle one on the direction."""


@dataclass(frozen=True)
class Variant:
    """One way of asking, and what it found."""

    name: str
    effect: float
    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """Whether its interval leaves out no effect."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Specification:
    """What the variants say together."""

    variants: tuple[Variant, ...]
    """From the smallest effect to the largest."""
    refused: tuple[tuple[str, CannotSay], ...]
    """Variants that could not be estimated, and why."""
    middle: float
    same_sign: float
    """Share of variants with the middle one's sign."""
    leaving_out_zero: float
    """Share of variants whose interval leaves out no effect."""

    @property
    def spread(self) -> float:
        """From the smallest effect to the largest."""
        return self.variants[-1].effect - self.variants[0].effect

    @property
    def agrees(self) -> bool:
        """Whether the direction does not hang on one choice."""
        return self.same_sign >= SAME_SIGN_FROM


def specification(found: Mapping[str, VisitEffect | CannotSay]) -> Specification | CannotSay:
    """Return the curve of variants, by name. They have to be on one scale: a variant of another unit does not belong."""
    kept = [Variant(name, one.effect, one.low, one.high) for name, one in found.items() if isinstance(one, VisitEffect)]
    refused = tuple((name, one) for name, one in found.items() if isinstance(one, CannotSay))
    if len(kept) < FEWEST_VARIANTS:
        return CannotSay(
            "few-variants",
            f"{len(kept)} of {len(found)} variants of the question could be answered; at least {FEWEST_VARIANTS} are needed.",
        )
    middle = median(one.effect for one in kept)
    return Specification(
        variants=tuple(sorted(kept, key=lambda one: one.effect)),
        refused=refused,
        middle=middle,
        same_sign=sum(one.effect * middle > 0 for one in kept) / len(kept),
        leaving_out_zero=sum(one.leaves_out_zero for one in kept) / len(kept),
    )
