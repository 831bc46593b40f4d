"""Boards, their cards, and what a card shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

MAP = "map"
"""Kind of the card that shows the journey map; the others are kinds of questions."""
MAX_NAME_CHARACTERS = 120
MAX_NOTE_CHARACTERS = 4000


class BoardError(ValueError):
    """A board or card that is not there or cannot be as asked; the message is a sentence for the user."""


@dataclass(frozen=True)
class Board:
    """A board: saved questions that are answered anew whenever it is looked at."""

    id: int
    name: str
    made: datetime
    cards: int


@dataclass(frozen=True)
class Card:
    """A saved question with its note."""

    id: int
    board: int
    position: int
    kind: str
    asked: str
    """The question as a query string; periods by name move with the data."""
    title: str
    note: str
    noted: date | None
    """The day the note is about."""


def checked_name(name: str, what: str) -> str:
    """A name without needless spaces. Raises BoardError."""
    name = " ".join(name.split())
    if not 0 < len(name) <= MAX_NAME_CHARACTERS or not name.isprintable():
        raise BoardError(f"The {what} has 1 to {MAX_NAME_CHARACTERS} characters, none of them invisible.")
    return name


def checked_note(note: str) -> str:
    """A note that can be kept. Raises BoardError."""
    note = note.strip()
    if len(note) > MAX_NOTE_CHARACTERS:
        raise BoardError(f"The note has {len(note):,} characters; up to {MAX_NOTE_CHARACTERS:,} are kept.")
    return note
