"""A card with what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.analyses.facade import Presentation
from touchline.boards.rules import Card


@dataclass(frozen=True)
class AnsweredCard:
    """A card with its answer as of the latest data."""

    card: Card
    words: str
    """Whom and when the answer is about."""
    presentations: tuple[Presentation, ...]
    """The answer, its breakdown and its comparison; none where it cannot be answered."""
    problem: str = ""
    """Why it cannot be answered any more; '' where it can."""
    data_until: datetime | None = None
