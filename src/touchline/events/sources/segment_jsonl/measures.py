"""The money, the score and the words in the properties of a track call."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from touchline.events.rules import Score
from touchline.events.sources.cells import CellError, parse_amount
from touchline.events.vocabulary import SCALES, Scale

_MONEY = ("total", "revenue", "value")
"""`total` first: like the total of a shop's export it holds taxes and shipping."""
_STARRED = frozenset({"product reviewed", "review posted"})
_ANSWERED = "survey answered"
_WORDED = _STARRED | {_ANSWERED, "ticket created"}
_WORDS = ("text", "comment", "review_body", "subject")


def money(name: str, properties: Mapping[str, Any], assumed_currency: str) -> tuple[Decimal | None, str | None]:
    """Value and currency; money given back is negative. (None, None) where the call holds no money."""
    for field in _MONEY:
        if properties.get(field) not in (None, ""):
            break
    else:
        return None, None
    value = _amount(field, properties[field])
    currency = properties.get("currency")
    stated = currency if isinstance(currency, str) and currency.strip() else assumed_currency
    return (-abs(value) if name.casefold() == "order refunded" else value), stated.strip().upper()


def scored(name: str, properties: Mapping[str, Any]) -> Score | None:
    """The score of a review (`rating`, stars) or of a survey (`score` with `metric`, its ends stated or the metric's)."""
    known = name.casefold()
    if known in _STARRED and properties.get("rating") is not None:
        return _on_scale("rating", properties["rating"], SCALES["stars"])
    if known != _ANSWERED or properties.get("score") is None:
        return None
    own = SCALES.get(str(properties.get("metric", "")).casefold(), SCALES["rating"])
    low, high = properties.get("scale_min", own.low), properties.get("scale_max", own.high)
    ends = Scale(own.metric, float(_amount("scale_min", low)), float(_amount("scale_max", high)))
    return _on_scale("score", properties["score"], ends)


def words(name: str, properties: Mapping[str, Any]) -> str | None:
    """What the customer wrote, in calls that are known to hold it."""
    if name.casefold() not in _WORDED:
        return None
    found = (properties.get(field) for field in _WORDS)
    return next((text.strip() for text in found if isinstance(text, str) and text.strip()), None)


def _on_scale(field: str, found: Any, scale: Scale) -> Score:
    value = float(_amount(field, found))
    if not scale.low <= value <= scale.high or scale.low >= scale.high:
        raise CellError(f"properties.{field}", str(found), f"a number from {scale.low:g} to {scale.high:g}")
    return Score(scale.metric, value, scale.low, scale.high)


def _amount(field: str, found: Any) -> Decimal:
    try:
        if isinstance(found, bool) or not isinstance(found, (str, int, float)):
            raise ValueError(found)
        return parse_amount(found if isinstance(found, str) else format(Decimal(str(found)), "f"))
    except ValueError:
        raise CellError(f"properties.{field}", str(found), "a number") from None
