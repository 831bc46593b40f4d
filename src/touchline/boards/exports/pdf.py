"""A board as PDF: one page per card."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from touchline.boards.answers import AnsweredCard
from touchline.boards.exports.picture import draw_page
from touchline.ui.drawing.fonts import load_fonts


def write_pdf(board_name: str, cards: Sequence[AnsweredCard]) -> bytes:
    """The pages, drawn as vectors: no browser, no system library."""
    import vl_convert  # costs 0.1 s and 30 MB; most processes never draw
    from pypdf import PdfReader, PdfWriter

    load_fonts()
    writer = PdfWriter()
    for number, answered in enumerate(cards, 1):
        page: bytes = vl_convert.svg_to_pdf(draw_page(board_name, answered, number, len(cards)))
        writer.append(PdfReader(BytesIO(page)))
    writer.add_metadata({"/Title": board_name, "/Creator": "Touchline"})
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
