"""A scope in an address, so that any page can be bookmarked and any number leads to the same question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from touchline.segments.rules.scope import Scope


def scope_query(scope: Scope) -> str:
    """Write a scope as a query string without its question mark; '' for everything."""
    days = {name: getattr(scope, name) for name in ("start", "end", "compare_start", "compare_end")}
    pairs = [(name, value.isoformat()) for name, value in days.items() if value is not None]
    pairs += [("channel", channel) for channel in scope.channels]
    pairs += [("device", device) for device in scope.devices]
    pairs += [(name, value) for name, value in (("intent", scope.intent), ("filter", scope.filter)) if value]
    return urlencode(pairs)


def scope_from(parameters: Mapping[str, Sequence[str]]) -> Scope:
    """Read a scope from an address's parameters, each with its values; others are left alone.

    Raises ValueError with a sentence when a day is not one.
    """
    return Scope(
        start=_day(parameters, "start"),
        end=_day(parameters, "end"),
        compare_start=_day(parameters, "compare_start"),
        compare_end=_day(parameters, "compare_end"),
        channels=tuple(parameters.get("channel", ())),
        devices=tuple(parameters.get("device", ())),
        intent=_last(parameters, "intent"),
        filter=_last(parameters, "filter"),
    )


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name, ())
    return values[-1] if values else ""


def _day(parameters: Mapping[str, Sequence[str]], name: str) -> date | None:
    written = _last(parameters, name)
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{name} is {written!r}; expected a day such as 2026-05-31.") from None
