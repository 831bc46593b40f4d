"""In their words: the quote closest to what people say in each stage, with where and when it was said."""

from __future__ import annotations

from typing import Final

from touchline.overview.drawing.layout import Span
from touchline.overview.drawing.pen import Lane, Pen
from touchline.overview.sentences import attribution
from touchline.ui.drawing.svg import lines, words
from touchline.ui.drawing.text import wrap

_SIZE: Final = 11.3
_LINE: Final = 14.5
_SOURCE_SIZE: Final = 10.3
_MOST_LINES: Final = 4


def quote_lane(pen: Pen) -> Lane:
    """One quote per stage."""
    texts = [(span, _said(span), _attributed(span)) for span in pen.layout.spans if span.stage.quotes]
    most = max((len(said) * _LINE + len(source) * _LINE for _, said, source in texts), default=_LINE)
    height = most + 22
    labels = pen.label(height / 2, "quote", "In their words", "the most typical")
    if not texts:
        empty = words(
            "No comments in this period.", pen.layout.left + 10, height / 2 + 4, font_size=11, fill=pen.theme.text_faint
        )
        return Lane(height, empty, labels)
    return Lane(height, "".join(_quote(pen, *text) for text in texts), labels)


def _quote(pen: Pen, span: Span, said: list[str], source: list[str]) -> str:
    x = span.left + 10
    quote = lines(said, x, 20, _LINE, font_size=_SIZE, font_style="italic", fill=pen.theme.text)
    return quote + lines(source, x, 20 + _LINE * len(said), 13, font_size=_SOURCE_SIZE, fill=pen.theme.text_faint)


def _said(span: Span) -> list[str]:
    return wrap(f"“{span.stage.quotes[0].text}”", span.width - 20, _SIZE, most_lines=_MOST_LINES)


def _attributed(span: Span) -> list[str]:
    return wrap(attribution(span.stage.quotes[0]), span.width - 20, _SOURCE_SIZE, most_lines=2)
