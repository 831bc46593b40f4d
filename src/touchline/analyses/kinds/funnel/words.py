"""How a funnel's figures are worded."""

from __future__ import annotations

from typing import Final

from touchline.analyses.kinds.funnel.answer import FunnelAnswer
from touchline.formulas.evidence import Change
from touchline.formulas.proportion import Proportion
from touchline.ui.numbers import decimal, duration, percent, signed, whole

UNITS: Final = {"customer": "customers", "account": "accounts", "case": "cases"}
CANNOT_SAY: Final = "–"
NOISE: Final = "no detectable change"


def people(answer: FunnelAnswer) -> str:
    """Who is counted: customers."""
    return UNITS.get(answer.unit, answer.unit)


def interval(found: Proportion) -> str:
    """Write the 95 % interval of a share: 12% to 15%."""
    if found.low is None or found.high is None:
        return CANNOT_SAY
    return f"{share_words(found.low)} to {share_words(found.high)}"


def share_words(value: float) -> str:
    """Write a share, with a decimal where it is small."""
    return percent(value, 1 if 0 < value < 0.1 else 0)


def time_interval(low: float | None, high: float | None) -> str:
    """Write an interval of durations in days."""
    if low is None or high is None:
        return CANNOT_SAY
    first, last = duration(low), duration(high)
    unit = last.partition(" ")[2]
    return f"{first.removesuffix(unit).strip()} to {last}" if first.endswith(f" {unit}") else f"{first} to {last}"


def ratio_words(value: float | None) -> str:
    """Write an odds ratio in about three figures."""
    return CANNOT_SAY if value is None else decimal(value, 2 if value < 10 else 1 if value < 100 else 0)


def points_interval(change: Change) -> str:
    """Write the interval of a difference of shares in points."""
    if change.low is None or change.high is None:
        return CANNOT_SAY
    return f"{signed(change.low * 100, 1)} to {signed(change.high * 100, 1)}"


def change_words(change: Change, more: str, fewer: str) -> str:
    """Say what a change is; noise is called noise."""
    if change.difference is None:
        return "cannot say"
    if change.is_noise:
        return NOISE
    return more if change.difference > 0 else fewer


def way_words(answer: FunnelAnswer) -> str:
    """What getting through means: got from Home to Order within 7 days."""
    within = f"within {answer.window}"
    if answer.order == "any":
        return f"took all {whole(len(answer.steps))} steps {within}, in any order"
    directly = ", step directly after step," if answer.order == "strict" else ""
    without = f" without {', '.join(answer.excluded)}" if answer.excluded else ""
    return f"got from {answer.steps[0].name} to {answer.steps[-1].name}{directly} {within}{without}"
