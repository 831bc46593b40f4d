"""Tables derived from events are brought up to date for whoever reads them.

Who derives a table says here how; a part on a lower tier that shows it (a customer's timeline shows visits) need not
know who that is. Parts say it as soon as their package is imported, so nothing that takes long is loaded here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from touchline.engine.workspace import Workspace

Deriver: TypeAlias = "Callable[[Workspace], str]"
"""Brings its tables up to date, quickly where nothing changed. Returns '' or a sentence: why they are as they were before."""

_derivers: dict[str, Deriver] = {}


def derive(tables: str, deriver: Deriver) -> None:
    """Say who brings some tables up to date; saying it again replaces it."""
    _derivers[tables] = deriver


def bring_up_to_date(workspace: Workspace) -> tuple[str, ...]:
    """Have every derived table brought up to date; returns sentences on those that could not be."""
    return tuple(sentence for deriver in _derivers.values() if (sentence := deriver(workspace)))
