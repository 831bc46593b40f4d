"""How wide text is, and where it breaks. SVG does not wrap; the drawing has to know.

Widths are the advances of Inter in hundredths of its size (rsms.me/inter, 4.1; regular and semi-bold). The fonts
that stand in for it in files, Liberation Sans and Arial, are narrower, so nothing that fits here overflows there.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def _table(widths: Mapping[int, str]) -> dict[str, int]:
    return {character: width for width, characters in widths.items() for character in characters}


_TABLES: Final = {False: _table(_REGULAR), True: _table(_SEMI_BOLD)}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels at a font size."""
    table = _TABLES[bold]
    return size / 100 * sum(table.get(character) or _width_unlisted(character) for character in text)


def wrap(text: str, width: float, size: float, *, most_lines: int, bold: bool = False) -> list[str]:
    """Break text at spaces, and inside words that do not fit; what is left over after the last line becomes …"""
    broken: list[str] = []
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, width, size, bold)):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            broken.append(line)
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
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(f"{kept}…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip(" ,;:.–-") + "…"


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces = []
    rest = word
    while text_width(rest, size, bold=bold) > width and len(rest) > 2:
        fits = len(rest) - 1
        while fits > 1 and text_width(rest[:fits], size, bold=bold) > width:
            fits -= 1
        pieces.append(rest[:fits])
        rest = rest[fits:]
    return [*pieces, rest]


def _width_unlisted(character: str) -> int:
    return _WIDE_WIDTH if character >= _WIDE_FROM and not "\u2000" <= character <= "\u2fff" else _LATIN_WIDTH
