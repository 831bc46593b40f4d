"""Cells and figures as people read them."""

from __future__ import annotations

from touchline.analyses.rules.presentation import Figure, Value, ValueKind
from touchline.ui.numbers import decimal, duration, money, percent, signed, whole

BLANK = "–"


def cell_words(value: Value, kind: ValueKind, currency: str = "") -> str:
    """Write one value; a dash where nothing can be said."""
    if value is None:
        return BLANK
    if isinstance(value, str):
        return value
    if kind == "share":
        return percent(value, 1 if 0 < value < 0.1 else 0)
    if kind == "points":
        return f"{signed(value * 100, 1)} pts"
    if kind == "days":
        return duration(value)
    if kind == "money":
        return money(value, currency)
    if kind == "score":
        return signed(value, 1)
    if kind == "count":
        return whole(value)
    return decimal(value, 2)


def figure_words(figure: Figure) -> str:
    """Write a figure's value."""
    return cell_words(figure.value, figure.kind, figure.currency)


def rests_on(figure: Figure) -> str:
    """Say how sure a figure is and on how many it rests; '' where there is nothing to say."""
    parts = []
    if figure.low is not None and figure.high is not None and figure.value is not None:
        low, high = (cell_words(end, figure.kind, figure.currency) for end in (figure.low, figure.high))
        parts.append(f"{low} to {high} ({figure.level}%)")
    if figure.n is not None:
        parts.append(f"n = {whole(figure.n)}")
    return ", ".join(parts)
