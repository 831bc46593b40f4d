"""Writing SVG: elements as text, with everything that comes from outside escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

Number = float | int

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def number(value: Number) -> str:
    """A coordinate with at most one decimal: 12.30 is 12.3, 7.0 is 7."""
    return f"{value:.1f}".removesuffix(".0")


def element(name: str, *children: str, **attributes: str | Number | None) -> str:
    """An element around markup. Names of attributes: class_ is class, stroke_width is stroke-width; None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def plain(text: str) -> str:
    """Text as markup that says it and does nothing, without the characters that XML does not know."""
    return escape(_NOT_IN_XML.sub("", text))


def words(text: str, x: Number, y: Number, **attributes: str | Number | None) -> str:
    """One line of text."""
    return element("text", plain(text), x=x, y=y, **attributes)


def lines(texts: Iterable[str], x: Number, y: Number, line_height: Number, **attributes: str | Number | None) -> str:
    """Several lines of text under each other, the first on y."""
    spans = [
        element("tspan", plain(text), x=x, dy=line_height if position else None) for position, text in enumerate(texts)
    ]
    return element("text", *spans, x=x, y=y, **attributes) if spans else ""


def path(points: Iterable[tuple[Number, Number]], *, closed: bool = False) -> str:
    """Path data of straight segments."""
    return "M" + "L".join(f"{number(x)},{number(y)}" for x, y in points) + ("Z" if closed else "")


def _value(value: str | Number) -> str:
    return plain(value) if isinstance(value, str) else number(value)
