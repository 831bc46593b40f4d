"""A refusal as a result: what is missing, in one sentence, where a number would have been a guess."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CannotSay:
    """Why there is no number."""

    sentence: str
    """Plain English: what was found, what was needed."""

    def __str__(self) -> str:
        return self.sentence
