"""What an experiment is meant to move: one value per customer, counted from when they met it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["share", "money", "points"]


@dataclass(frozen=True)
class MetricKind:
    """One kind of outcome."""

    name: str
    """As in addresses and commands."""
    title: str
    """In lists to choose from."""
    words: str
    """What is measured; {days} and {touchpoint} are filled in."""
    unit: Unit
    """A share 0..1, an amount of the workspace's currency, or points of the experience score −100..+100."""
    needs_touchpoint: bool = False


METRIC_KINDS: Final = {
    kind.name: kind
    for kind in (
        MetricKind("ordered", "Customers who order", "Share of customers with an order within {days} days", "share"),
        MetricKind(
            "reached",
            "Customers who reach a step",
            "Share of customers who come to “{touchpoint}” within {days} days",
            "share",
            needs_touchpoint=True,
        ),
        MetricKind(
            "revenue",
            "Revenue per customer",
            "Revenue per customer within {days} days, the top 0.1% capped",
            "money",
        ),
        MetricKind("order_value", "Revenue per order", "Revenue per order within {days} days", "money"),
        MetricKind(
            "experience",
            "Experience score",
            "Mean experience score (−100 to +100) of answers within {days} days",
            "points",
        ),
    )
}
RESPONSE_RATE: Final = MetricKind(
    "answered", "Customers who answer", "Share of customers who answer a survey within {days} days", "share"
)
"""Watched in every experiment: a change may also change who answers, and answers then compare different people."""


@dataclass(frozen=True)
class Metric:
    """A kind of outcome, with how long each customer is followed."""

    kind: str
    """Key of METRIC_KINDS, or of RESPONSE_RATE."""
    days: int
    touchpoint_id: str = ""
    touchpoint_name: str = ""

    @property
    def words(self) -> str:
        """What is measured, for the user."""
        return self._kind.words.format(days=self.days, touchpoint=self.touchpoint_name)

    @property
    def unit(self) -> Unit:
        """Of its values."""
        return self._kind.unit

    @property
    def _kind(self) -> MetricKind:
        return RESPONSE_RATE if self.kind == RESPONSE_RATE.name else METRIC_KINDS[self.kind]


def from_shown(shown: float, kind: str) -> float:
    """A change as people write it (percentage points, an amount, points of score) on the metric's scale."""
    return shown / 100 if METRIC_KINDS[kind].unit == "share" else shown


def change_words(change: float, unit: Unit, currency: str = "") -> str:
    """A change with its sign: '+1.2 percentage points', '−0.40 EUR', '±0.0 points'."""
    return ("+" if change > 0 else "−" if change < 0 else "±") + amount_words(abs(change), unit, currency)


def span_words(low: float, high: float, unit: Unit, currency: str = "") -> str:
    """Both ends of an interval of change, the unit once: '+1.26 to +3.74 percentage points'."""
    first, unit_words = (
        change_words(low, unit, currency),
        {"share": "percentage points", "money": currency, "points": "points"},
    )
    return f"{first.removesuffix(unit_words[unit]).rstrip()} to {change_words(high, unit, currency)}"


def amount_words(amount: float, unit: Unit, currency: str = "") -> str:
    """An amount of change without its sign."""
    if unit == "share":
        return f"{amount * 100:.2f} percentage points"
    return f"{amount:,.2f} {currency}".rstrip() if unit == "money" else f"{amount:.1f} points"


def level_words(level: float, unit: Unit, currency: str = "") -> str:
    """A level: '10.4%', '12.30 EUR', '+24'."""
    if unit == "share":
        return f"{level * 100:.1f}%"
    return f"{level:,.2f} {currency}".rstrip() if unit == "money" else f"{level:+.0f}".replace("-", "−")
