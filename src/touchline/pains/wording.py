"""Figures of pain points in words; single numbers are written by touchline.ui.numbers."""

from __future__ import annotations

from typing import Final

from touchline.pains.rules.pain import Amount, Effect, Share, SufferingGroup
from touchline.ui.numbers import compact_money, money, percent, signed, whole

PER_MONTH: Final = "a month"
OUTCOMES: Final = {
    "bought": "buy",
    "contacted": "contact service",
    "spent": "spend",
}
"""What customers do within the window, as a verb."""


def counted(number: int, one: str) -> str:
    """1 customer, 2 customers."""
    return f"{whole(number)} {one if number == 1 else one + 's'}"


def amount_span(amount: Amount, currency: str) -> str:
    """An 80 % interval of money: €151k to €224k."""
    return f"{compact_money(amount.low, currency)} to {compact_money(amount.high, currency)}"


def share_span(share: Share) -> str:
    """A 95 % interval of a share: 22% to 26%."""
    return f"{percent(share.low, 1)} to {percent(share.high, 1)}"


def change(value: float, outcome: str, currency: str = "") -> str:
    """A change of an outcome: −8.0 points of those who buy, −12.40 EUR of what they spend."""
    if outcome == "spent":
        return money(value, currency)
    return f"{signed(100 * value, 1)} points"


def effect_span(effect: Effect, currency: str = "") -> str:
    """Its 95 % interval."""
    low, high = (change(end, effect.outcome, currency) for end in (effect.low, effect.high))
    return f"{low.removesuffix(' points')} to {high}"


def outcome_words(outcome: str, window_days: int) -> str:
    """Such as 'buy within 90 days'."""
    return f"{OUTCOMES.get(outcome, outcome)} within {window_days} days"


GROUPS_NOTE: Final = (
    "Found in one half of the customers, by at most two facts known before the visit; the figures are those of the other half. "
    "At most one in ten groups named like this is expected to be false. It says where to look, not why."
)


def group_words(group: SufferingGroup) -> str:
    """A group of sufferers in one sentence."""
    name = group.words[:1].upper() + group.words[1:]
    return (
        f"{name}: {percent(group.share.value, 1)} of {counted(group.share.of, 'visit')} of {counted(group.customers, 'customer')} "
        f"were bad (95% interval {share_span(group.share)}), {percent(group.elsewhere.value, 1)} of the {whole(group.elsewhere.of)} "
        f"others: {more_words(group)} ({more_span(group)}). They have {percent(group.of_all_bad)} of all bad visits."
    )


def more_words(group: SufferingGroup) -> str:
    """How much more often a group suffers: +30.0 points."""
    return f"{signed(100 * group.more, 1)} points"


def more_span(group: SufferingGroup) -> str:
    """Its 95 % interval: +26.0 to +34.1 points."""
    return f"{signed(100 * group.more_low, 1)} to {signed(100 * group.more_high, 1)} points"
