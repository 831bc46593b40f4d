"""How wide text is, and where it breaks. SVG does not wrap; the drawing has to know.

Widths are the advances of Inter in hundredths of its size (rsms.me/inter, 4.1; regular and semi-bold). The fonts
that stand in for it in files, Liberation Sans and Arial, are narrower, so nothing that fits here overflows there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

_REGULAR: Final = {
    24: "ijl", 26: "I‘’", 28: " !,.:·", 30: "';", 32: "`t", 34: "|", 36: "()/[\\]", 38: "fr", 40: "1", 42: "{}",
    44: "“”", 46: "\"-_", 50: "*–", 52: "?s", 54: "kx", 56: "7Lavyz•", 58: "Jce", 60: "25EFhnou", 62: "3689Zbdgpq√£",
    64: "#$&04PRST", 66: "+<=>B~−±≥≈×€", 68: "AKVXY", 72: "D", 74: "CGHU", 76: "NOQ", 82: "w", 86: "…", 88: "m",
    90: "M", 96: "@→", 98: "%W", 100: "—", 102: "▲▼",
}  # fmt: skip
_SEMI_BOLD: Final = {
    26: " ijl", 28: "I", 30: "‘’", 32: "!',.:;·", 36: "`t|", 38: "()/[\\]f", 40: "r", 42: "1", 46: "-_{}", 50: "–“”•",
    54: "*?s", 56: "Lkxz", 58: "7FJacvy", 60: "Eeo", 62: "25bdghnpqu£", 64: "#3689P", 66: "$&04BRSTZ√",
    68: "+<=>~−±≥≈×€", 70: "K", 72: "ADVXY", 74: "CGHU", 76: "NO", 78: "Q", 84: "w", 90: "m", 92: "M", 96: "…→",
    100: "%@—", 102: "W", 104: "▲▼",
}  # fmt: skip
_LATIN_WIDTH: Final = 62
"""Letters with accents, and what the table lacks."""
_WIDE_WIDTH: Final = 104
"""Chinese, Japanese, Korean and emoji fill a square."""
_WIDE_FROM: Final = "\u1100"
_MOST_LOOKED_AT: Final = 2000
"""No line is wider than so many characters; of a longer word the rest is looked at with its own line."""


def _table(widths: Mapping[int, str]) -> dict[str, int]:
    return {character: width for width, characters in widths.items() for character in characters}


_TABLES: Final = {False: _table(_REGULAR), True: _table(_SEMI_BOLD)}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels at a font size."""
    table = _TABLES[bold]
    return size / 100 * sum(table.get(character) or _width_unlisted(character) for character in text)


def wrap(text: str, width: float, size: float, *, most_lines: int, bold: bool = False) -> list[str]:
    """Break text at spaces, and inside words that do not fit; what is left over after the last line becomes …

    The time taken does not grow with what is left over: names and quotes come out of files and can be of any length.
    """
    broken: list[str] = []
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, width, size, bold)):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            broken.append(line)
            if len(broken) > most_lines:
                break
            line = word
        else:
            line = longer
    if line:
        broken.append(line)
    if len(broken) <= most_lines:
        return broken
    return [*broken[: most_lines - 1], shorten(" ".join(broken[most_lines - 1 :]), width, size, bold=bold)]


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits with … behind it."""
    if _fitting(text, width, size, bold) == len(text):
        return text
    kept = text[: _fitting(text, width, size, bold, behind="…")]
    return kept.rstrip(" ,;:.–-") + "…"


def _pieces(word: str, width: float, size: float, bold: bool) -> Iterator[str]:
    begins = 0
    while len(word) - begins > 2:
        fits = _fitting(word[begins : begins + _MOST_LOOKED_AT], width, size, bold)
        if begins + fits == len(word):
            break
        fits = max(fits, 1)
        yield word[begins : begins + fits]
        begins += fits
    if begins < len(word):
        yield word[begins:]


def _fitting(text: str, width: float, size: float, bold: bool, behind: str = "") -> int:
    """How many characters from the beginning fit, with what stands behind them."""
    table = _TABLES[bold]
    total = sum(table.get(character) or _width_unlisted(character) for character in behind)
    for count, character in enumerate(text):
        total += table.get(character) or _width_unlisted(character)
        if size / 100 * total > width:
            return count
    return len(text)


def _width_unlisted(character: str) -> int:
    return _WIDE_WIDTH if character >= _WIDE_FROM and not "\u2000" <= character <= "\u2fff" else _LATIN_WIDTH
