"""How figures about contracts are written, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from touchline.ui.numbers import decimal, percent, whole
from touchline.value.rules.contracts import ContractFigures
from touchline.value.rules.figures import Range
from touchline.value.wording import NOT_SAID, amount_words, share_words

LISTED_MONTHS: Final = (1, 2, 3, 6, 9, 12, 18, 24, 36)
"""Months for which the table has a row, as far as something is known or forecast."""
HEADS: Final = ("Months since it began", "Still run", "95% interval", "Followed", "Forecast (80% interval)")


def contract_sentences(found: ContractFigures, horizon: str) -> tuple[str, ...]:
    """What contracts tell, sentence by sentence."""
    told = [f"{found.contracts:,} contracts, {found.running:,} of them running."]
    if found.lost is not None:
        told.append(
            f"{share_words(found.lost)} were lost in the last month: {found.lost.count:,} of the {found.lost.of:,} that ran "
            "when it began."
        )
    if found.median_months is not None:
        told.append(f"Half have ended after {decimal(found.median_months)} months ({_median_span(found)}).")
    if found.first_month is not None and found.twelfth_month is not None:
        told.append(
            f"{_range(found.first_month)} go on after their first month, {_range(found.twelfth_month)} of those that are "
            "there after their twelfth: who was going to leave has left by then."
        )
    if found.each is not None:
        told.append(f"A new contract will bring {amount_words(found.each, found.currency)} of margin within {horizon}.")
    return (*told, *filter(None, (found.backtest, found.why, found.curve_why)))


def contract_rows(found: ContractFigures) -> Iterator[tuple[str, ...]]:
    """How many still run and how many are forecast to, month by month, under HEADS."""
    for month in LISTED_MONTHS:
        forecast = _range(found.forecast[month]) if month < len(found.forecast) else NOT_SAID
        seen = _seen(found, month)
        if seen is not None or forecast != NOT_SAID:
            yield (str(month), *(seen or (NOT_SAID,) * 3), forecast)


def _seen(found: ContractFigures, month: int) -> tuple[str, str, str] | None:
    if not found.curve or month > found.curve[-1].months:
        return None
    reached = [point for point in found.curve if point.months <= month]
    if not reached:
        return percent(1.0), NOT_SAID, whole(found.contracts)
    point = reached[-1]
    return f"{100 * point.share:.1f}%", f"{100 * point.low:.1f}% … {100 * point.high:.1f}%", whole(point.followed)


def _range(found: Range) -> str:
    """Write a share by the model: 75% (73% … 77%)."""
    return f"{percent(found.value)} ({percent(found.low)} … {percent(found.high)})"


def _median_span(found: ContractFigures) -> str:
    low = "the beginning" if found.median_low is None else decimal(found.median_low)
    high = "beyond the data" if found.median_high is None else decimal(found.median_high)
    return f"95% {low} … {high}"
