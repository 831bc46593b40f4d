"""How numbers are written wherever people read them: typographic minus, no false precision, the same everywhere."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"
CANNOT_SAY = "cannot say"
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}

Number = int | float | Decimal


def whole(number: Number | None) -> str:
    """Write a count in full with thousands set apart: 17,040."""
    return CANNOT_SAY if number is None else f"{round(number):,}".replace("-", MINUS)


def compact(number: Number | None) -> str:
    """Write a count in three figures: 412, 6.1k, 412k, 1.84M."""
    if number is None:
        return CANNOT_SAY
    size = abs(float(number))
    for unit, scale in (("", 1.0), ("k", 1e3), ("M", 1e6), ("G", 1e9)):
        shown = size / scale
        if shown < 999.5 or unit == "G":
            break
    digits = 0 if unit == "" or shown >= 99.95 else (1 if shown >= 9.995 or unit == "k" else 2)
    text = f"{shown:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return (MINUS if number < 0 else "") + text + unit


def signed(number: Number | None, digits: int = 0) -> str:
    """Write a difference with its sign: +31, −4, 0."""
    if number is None:
        return CANNOT_SAY
    text = f"{abs(float(number)):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if number > 0 else MINUS) + text


def decimal(number: Number | None, digits: int = 1) -> str:
    """Write a figure with fixed decimals: 5.4, −0.3."""
    return CANNOT_SAY if number is None else f"{float(number):,.{digits}f}".replace("-", MINUS)


def percent(share: Number | None, digits: int = 0) -> str:
    """Write a share of 1 as a percentage; anything between 0 and the smallest figure shows as less than that."""
    if share is None:
        return CANNOT_SAY
    figure = float(share) * 100
    smallest = 10.0**-digits
    if 0 < figure < smallest / 2:
        return f"under {smallest:.{digits}f}%"
    return f"{figure:.{digits}f}%".replace("-", MINUS)


def duration(days: Number | None) -> str:
    """Write a duration given in days in the unit that people would use: 40 s, 12 min, 5 h, 3.2 days."""
    if days is None:
        return CANNOT_SAY
    seconds = float(days) * 86_400
    for limit, size, unit in ((90, 1, "s"), (90 * 60, 60, "min"), (36 * 3600, 3600, "h")):
        if seconds < limit:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86_400:.{1 if seconds < 10 * 86_400 else 0}f} days"


def file_size(size_bytes: Number | None) -> str:
    """Write a size in bytes as people know it from their file manager: 812 kB, 3.4 MB."""
    if size_bytes is None:
        return CANNOT_SAY
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"


def money(amount: Number | None, currency: str = "") -> str:
    """Write an amount with its currency's code: 1,234.50 EUR; without one where none is known."""
    if amount is None:
        return CANNOT_SAY
    return f"{float(amount):,.2f} {currency}".strip().replace("-", MINUS)


def compact_money(amount: Number | None, currency: str = "") -> str:
    """Write an amount in three figures, for small places: €186k, −£4.2k, 92k CHF; a currency without a sign by its code."""
    if amount is None:
        return CANNOT_SAY
    sign, size = (MINUS if amount < 0 else ""), compact(abs(float(amount)))
    before, after = (_SIGNS[currency], "") if currency in _SIGNS else ("", f" {currency}" if currency else "")
    return f"{sign if size != '0' else ''}{before}{size}{after}"


def moment(time: datetime | None) -> str:
    """Write a point in time, stored in UTC, to the minute: 21 Nov 2026, 14:03 UTC."""
    return CANNOT_SAY if time is None else f"{time.day} {time:%b %Y, %H:%M} UTC"
