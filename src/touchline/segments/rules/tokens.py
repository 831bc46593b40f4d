"""Cut a filter into words, numbers, texts and signs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from touchline.segments.rules.problem import FilterError

MAX_CHARACTERS = 2_000
MAX_DIGITS = 15
"""Beyond this a number no longer fits a double exactly."""

KEYWORDS = ("and", "or", "not", "in", "contains")
SIGNS = ("<=", ">=", "!=", "=", "<", ">", "(", ")", ",", ".")

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WORD = re.compile(r"[^\W\d]\w*")
_OPENING_QUOTES = "\"'“‘„"
_CLOSING_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "„": "“"}
_UNPRINTABLE = ("Cc", "Cs")


@dataclass(frozen=True)
class Token:
    """One piece of a filter."""

    kind: str
    """'word', 'number', 'text', 'sign', 'keyword' or 'end'."""
    value: str
    column: int
    """Of its first character, from 1."""

    @property
    def shown(self) -> str:
        """How an error sentence names it."""
        return "the end" if self.kind == "end" else f"“{self.value}”"


def tokens(expression: str) -> list[Token]:
    """Return the pieces in order, the last one an 'end'. Raises FilterError."""
    if len(expression) > MAX_CHARACTERS:
        raise FilterError(f"A filter may have {MAX_CHARACTERS:,} characters at most; this one has {len(expression):,}.")
    found: list[Token] = []
    at = 0
    while at < len(expression):
        if space := _SPACE.match(expression, at):
            at = space.end()
            continue
        token, at = _next(expression, at)
        found.append(token)
    return [*found, Token("end", "", len(expression) + 1)]


def _next(expression: str, at: int) -> tuple[Token, int]:
    column = at + 1
    if expression[at] in _OPENING_QUOTES:
        return _text(expression, at)
    if number := _NUMBER.match(expression, at):
        return _number(number.group(), column), number.end()
    if word := _WORD.match(expression, at):
        lower = word.group().lower()
        keyword = Token("keyword", lower, column) if lower in KEYWORDS else Token("word", word.group(), column)
        return keyword, word.end()
    for sign in SIGNS:
        if expression.startswith(sign, at):
            return Token("sign", sign, column), at + len(sign)
    raise FilterError(f"{_named(expression[at])} has no meaning here. {_hint(expression[at])}", column)


def _number(digits: str, column: int) -> Token:
    if len(digits) > MAX_DIGITS:
        raise FilterError(f"This number is too long; {MAX_DIGITS} digits are the most.", column)
    return Token("number", digits, column)


def _text(expression: str, start: int) -> tuple[Token, int]:
    closing = _CLOSING_QUOTES[expression[start]]
    letters: list[str] = []
    at = start + 1
    while at < len(expression):
        letter = expression[at]
        if letter == closing:
            return Token("text", "".join(letters), start + 1), at + 1
        if letter == "\\" and expression[at + 1 : at + 2] in ("\\", closing):
            at += 1
            letter = expression[at]
        if unicodedata.category(letter) in _UNPRINTABLE:
            raise FilterError("A text must not hold line breaks, tabs or other control characters.", at + 1)
        letters.append(letter)
        at += 1
    raise FilterError(f"This text is never closed; a {closing} is missing.", start + 1)


def _named(letter: str) -> str:
    return f"“{letter}”" if letter.isprintable() else f"The character U+{ord(letter):04X}"


def _hint(letter: str) -> str:
    if letter in "&|!":
        return "Conditions are joined by the words and, or, not."
    return 'Texts stand in double quotes, as in country = "DE".'
