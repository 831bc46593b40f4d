"""Reading fields of JSON that somebody else's server sent: whatever stands there, nothing raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]


def record(found: Any) -> Json:
    """The object, or an empty one where something else or nothing stands."""
    return found if isinstance(found, dict) else {}


def elements(found: Any) -> Iterator[Json]:
    """The objects of a list; nothing where no list stands."""
    return (each for each in (found if isinstance(found, list) else ()) if isinstance(each, dict))


def word(found: Any) -> str:
    """Text and numbers as text; '' for nothing, true, false, lists and objects."""
    if isinstance(found, bool) or not isinstance(found, (str, int, float)):
        return ""
    return str(found).strip()


def yes_no(found: Any) -> str:
    """'yes' or 'no' as exports write them; '' for anything else."""
    return {True: "yes", False: "no"}.get(found, "") if isinstance(found, bool) else ""


def filled(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells that hold something."""
    return {column: cell for column, cell in cells.items() if cell}
