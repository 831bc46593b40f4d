"""Research notes: on which step of the journey one belongs, and what a note may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MAX_TEXT_CHARACTERS: Final = 4000
MAX_LABEL_CHARACTERS: Final = 120

_OTHER_THAN_WORDS = re.compile(r"[\W_]+")


class ResearchError(ValueError):
    """A note that is not there or cannot be as asked; the message is a sentence for the user."""


@dataclass(frozen=True)
class Step:
    """A touchpoint that notes can be put on."""

    id: str
    name: str


def step_called(called: str, steps: Iterable[Step]) -> Step | None:
    """The step of an id or a name, whatever its capitals, blanks and hyphens; None where there is none.

    An id counts before a name, and the first of two steps of one name is taken.
    """
    wanted = _plain(called)
    known = tuple(steps)
    for name in ("id", "name"):
        for step in known:
            if wanted and _plain(getattr(step, name)) == wanted:
                return step
    return None


def step_of(called: str, placed: str | None, steps: Iterable[Step]) -> Step | None:
    """The step a note is on: the one it was put on by hand while there is such a touchpoint, else the one it calls."""
    known = tuple(steps)
    return next((step for step in known if step.id == placed), None) or step_called(called, known)


def checked_text(text: str) -> str:
    """The words of a note. Raises ResearchError."""
    text = text.strip()
    if not text:
        raise ResearchError("A note says what somebody said or did; this one is empty.")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise ResearchError(f"The note has {len(text):,} characters; up to {MAX_TEXT_CHARACTERS:,} are kept.")
    return text


def checked_label(label: str, what: str) -> str:
    """A participant's or researcher's label without needless blanks. Raises ResearchError."""
    label = " ".join(label.split())
    if len(label) > MAX_LABEL_CHARACTERS:
        raise ResearchError(f"{what} has {len(label)} characters; up to {MAX_LABEL_CHARACTERS} are kept.")
    return label


def _plain(name: str) -> str:
    return _OTHER_THAN_WORDS.sub(" ", name.casefold()).strip()
