"""What a row of the table is: one file under `rows`, found by being there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from touchline.verification.verify.line import Line
from touchline.verification.verify.trial import Trial

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Row(Generic[Seen]):
    """A row: what it looks at in the worlds of one seed, and what all seeds together say."""

    number: int
    """Of the list of quantities (docs/verification.md)."""
    title: str
    look: Callable[[Trial], Seen]
    judge: Callable[[Sequence[Seen]], list[Line]]
    seeds: int | None = None
    """At most so many seeds are looked at: methods alone need one. None: all."""
    in_quick: bool = True
    """False: it takes minutes, and a quick run leaves it out."""


class CannotLookError(Exception):
    """What a row needs is not here, such as a data set that is not shipped; the message is a sentence for the user."""
