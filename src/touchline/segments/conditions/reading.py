"""Read the arguments of a function as what they should be, or say what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from touchline.events.facade import CHANNELS, DEVICES
from touchline.segments.conditions.entry import Argument
from touchline.segments.rules.expression import Call, Value
from touchline.segments.rules.problem import FilterError

MAX_DAYS = 36_500
MAX_TIMES = 1_000_000_000


def read_subject(call: Call, what: str) -> str:
    """Return the first value of a function, a text that is not empty."""
    if not isinstance(call.subject, str) or not call.subject.strip():
        raise FilterError(f"{call.name}(…) starts with {what} in double quotes.", call.column)
    return call.subject.strip()


def read_arguments(call: Call, expected: tuple[Argument, ...]) -> dict[str, Any]:
    """Return the named arguments given, checked by kind."""
    kinds = {argument.name: argument.kind for argument in expected}
    for name in call.named:
        if name not in kinds:
            raise FilterError(
                f"{call.name}(…) has no argument {name}; it has {', '.join(kinds)}.",
                call.columns.get(name, call.column),
            )
    return {name: _READERS[kinds[name]](value, name, call.columns[name]) for name, value in call.named.items()}


def unknown(what: str, given: str, known: Mapping[str, Any] | tuple[str, ...] | frozenset[str]) -> str:
    """Return the sentence for a name that does not exist, with the nearest ones that do."""
    near = get_close_matches(given.lower(), [name.lower() for name in known], n=3, cutoff=0.6)
    if near:
        return f"there is no {what} “{given}”. Did you mean {' or '.join(near)}?"
    some = ", ".join(sorted(known)[:12])
    return f"there is no {what} “{given}”. {'There are: ' + some + '.' if some else 'There is none yet.'}"


def _text(value: Value, name: str, column: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise FilterError(f"{name} is a text in double quotes.", column)
    return value.strip()


def _one_of(known: tuple[str, ...], what: str) -> Callable[[Value, str, int], str]:
    def read(value: Value, name: str, column: int) -> str:
        text = _text(value, name, column).lower()
        if text not in known:
            raise FilterError(unknown(what, text, known), column)
        return text

    return read


def _whole(lowest: int, highest: int) -> Callable[[Value, str, int], int]:
    def read(value: Value, name: str, column: int) -> int:
        if isinstance(value, str) or value != int(value) or not lowest <= value <= highest:
            raise FilterError(f"{name} is a whole number from {lowest} to {highest:,}.", column)
        return int(value)

    return read


def _number(value: Value, name: str, column: int) -> float:
    if isinstance(value, str):
        raise FilterError(f"{name} is a number, without quotes.", column)
    return value


_READERS: dict[str, Callable[[Value, str, int], Any]] = {
    "text": _text,
    "touchpoint": _text,
    "channel": _one_of(CHANNELS, "channel"),
    "device": _one_of(DEVICES, "device"),
    "days": _whole(1, MAX_DAYS),
    "times": _whole(0, MAX_TIMES),
    "number": _number,
}
