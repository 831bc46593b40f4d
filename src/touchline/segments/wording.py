"""A scope in plain English."""

from __future__ import annotations

from datetime import date

from touchline.segments.conditions.catalogue import condition
from touchline.segments.rules.expression import And, Node, Not, Or
from touchline.segments.rules.parser import parse
from touchline.segments.rules.scope import Scope


def sentence(scope: Scope) -> str:
    """Return whom and what a scope covers, e.g. 'Visits from 1 to 31 March 2026 by email, of customers who …'.

    Raises FilterError when its filter cannot be read.
    """
    parts = [_period(scope.start, scope.end)]
    if scope.channels:
        parts.append(f"by {_either(scope.channels)}")
    if scope.devices:
        parts.append(f"on {_either(scope.devices)}")
    if scope.intent:
        parts.append(f"in journeys that began with “{scope.intent}”")
    if scope.filter.strip():
        parts.append(f"of customers who {filter_words(scope.filter)}")
    if scope.compares:
        parts.append(f"compared with {days(scope.compare_start, scope.compare_end)}")
    return ", ".join(parts) + "."


def filter_words(expression: str) -> str:
    """Return what goes after 'customers who'. Raises FilterError."""
    return _words(parse(expression))


def days(start: date | None, end: date | None) -> str:
    """Return a period in words."""
    if start and end:
        return _day(start) if start == end else f"{_first(start, end)} to {_day(end)}"
    if start:
        return f"{_day(start)} onwards"
    return f"until {_day(end)}" if end else "all time"


def _period(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "All visits"
    if start and start == end:
        return f"Visits of {_day(start)}"
    return f"Visits {'from ' if start else ''}{days(start, end)}"


def _first(start: date, end: date) -> str:
    """Leave out what the last day says again."""
    if (start.year, start.month) == (end.year, end.month):
        return str(start.day)
    return f"{start.day} {start:%B}" if start.year == end.year else _day(start)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _either(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _words(node: Node, *, negated: bool = False) -> str:
    if isinstance(node, Not):
        return _words(node.part, negated=not negated)
    if isinstance(node, And | Or):
        # De Morgan: "not (a and b)" reads as "not a or not b".
        joined = " and " if isinstance(node, And) != negated else " or "
        return joined.join(_inner(part, negated) for part in node.parts)
    return condition(node).words(negated=negated)


def _inner(node: Node, negated: bool) -> str:
    while isinstance(node, Not):
        node, negated = node.part, not negated
    words = _words(node, negated=negated)
    return f"({words})" if isinstance(node, And | Or) else words
