"""What cannot be as asked."""

from __future__ import annotations

from typing import Final

MAX_NAME_CHARACTERS: Final = 120
MAX_TEXT_CHARACTERS: Final = 2000
LARGEST_AMOUNT: Final = 1e12


class StrategyError(ValueError):
    """Something that is not there or cannot be as asked; the message is a sentence for the user."""


def name_of(text: str, what: str) -> str:
    """A name without needless blanks, '' allowed. Raises StrategyError."""
    return _short_enough(" ".join(text.split()), what, MAX_NAME_CHARACTERS)


def text_of(text: str, what: str) -> str:
    """A text without blanks around it, '' allowed. Raises StrategyError."""
    return _short_enough(text.strip(), what, MAX_TEXT_CHARACTERS)


def needed(text: str, sentence: str) -> str:
    """The text. Raises StrategyError with the sentence where it is empty."""
    if not text:
        raise StrategyError(sentence)
    return text


def amount_of(amount: float | None, what: str) -> float | None:
    """An amount from 0 on, or None. Raises StrategyError."""
    if amount is not None and not 0 <= amount < LARGEST_AMOUNT:
        raise StrategyError(f"{what} must be a number from 0 on, found {amount:g}.")
    return amount


def _short_enough(text: str, what: str, most: int) -> str:
    if len(text) > most:
        raise StrategyError(f"{what} has {len(text):,} characters; up to {most:,} are kept.")
    return text
