"""What is found about attribution: credit, not cause. Shares are 0..1; None is 'cannot say'."""

from __future__ import annotations

from dataclasses import dataclass


def counted_days(days: int) -> str:
    """A number of days in words."""
    return f"{days} day" if days == 1 else f"{days} days"


@dataclass(frozen=True)
class Credited:
    """One campaign, touchpoint or channel."""

    name: str
    touches: int
    """Contacts in paths; one right after another with the same name counts once."""
    people: int
    """Who met it."""
    converters: int
    """Who met it before a conversion."""
    credit: tuple[float, ...]
    """Conversions, by each of the answer's rules."""
    share: float | None
    """Of the credit by the rule asked for."""
    low: float | None
    high: float | None
    value: tuple[tuple[str, float], ...]
    """Its part of the value of the conversions, by currency, by the rule asked for."""
    removal: float | None
    """The share of conversions that would be lost without it, by Markov's chain."""


@dataclass(frozen=True)
class AttributionAnswer:
    """Credit for the conversions of a scope."""

    unit: str
    conversion: str
    by: str
    rule: str
    rules: tuple[str, ...]
    lookback_days: int
    half_life_days: float
    conversions: int
    touched: int
    """Conversions with a marketing contact before them: only these have credit to give."""
    converters: int
    """People with such a conversion."""
    people: int
    """People with a marketing contact."""
    paths: int
    """Of those people: up to a conversion, or to nothing."""
    undecided: int
    """Paths without a conversion that may still get one."""
    credited: tuple[Credited, ...]
    """The most credit first."""
    folded: int
    """How many names were put together as the last."""
    value: tuple[tuple[str, float], ...]
    """Of the conversions with a marketing contact, by currency."""
    refusal: str = ""
    """Why there is no credit to divide, and what would help; '' where there is."""
