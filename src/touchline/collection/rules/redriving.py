"""What becomes of a rejected event that is sent again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

STORED: Final = "stored"
KNOWN: Final = "known"
NO_EVENT: Final = "no event"
DISMISSED: Final = "dismissed"
REFUSED: Final = "refused"
"""Rejected again: it stays in the log."""

OUTCOMES: Final = {
    STORED: "It is stored.",
    KNOWN: "Its fact was in the store already, so nothing was counted twice.",
    NO_EVENT: "It is in order and tells nothing new: an alias of an id to itself, for example.",
    DISMISSED: "It was dismissed: nothing is done about it.",
    REFUSED: "It is rejected still.",
}


@dataclass(frozen=True)
class Redriven:
    """One of them."""

    rejection_id: int
    outcome: str
    """STORED, KNOWN, NO_EVENT or REFUSED."""
    code: str = ""
    """Of what is wrong with it now; '' where nothing is."""
    reason: str = ""

    @property
    def sentence(self) -> str:
        """What became of it, in words."""
        return f"{OUTCOMES[self.outcome]} {self.reason}".strip()


def in_words(redriven: Iterable[Redriven]) -> str:
    """What became of several, e.g. '12 sent again: 9 stored, 1 known already, 2 rejected still.'"""
    counts = Counter(each.outcome for each in redriven)
    told = {STORED: "stored", KNOWN: "known already", NO_EVENT: "without anything new", REFUSED: "rejected still"}
    parts = [f"{counts[outcome]:,} {words}" for outcome, words in told.items() if counts[outcome]]
    return f"{counts.total():,} sent again: {', '.join(parts)}." if parts else "Nothing was waiting."
