"""A document as PDF, drawn as vectors: no browser, no system library. Numbers lead to their evidence where a site is named."""

from __future__ import annotations

from io import BytesIO

from touchline.documents.document import Document
from touchline.documents.exports.layout import HEIGHT, WIDTH, laid_out
from touchline.ui.drawing.fonts import load_fonts


def write_pdf(document: Document, site: str = "") -> bytes:
    """The pages, A4, standing."""
    import vl_convert  # costs 0.1 s and 30 MB; most processes never draw
    from pypdf import PdfReader, PdfWriter
    from pypdf.annotations import Link

    load_fonts()
    writer = PdfWriter()
    for number, sheet in enumerate(laid_out(document)):
        drawn: bytes = vl_convert.svg_to_pdf(sheet.svg)
        writer.append(PdfReader(BytesIO(drawn)))
        box = writer.pages[number].mediabox
        scale = float(box.width) / WIDTH
        for place in sheet.links if site else ():
            corners = (place.x, HEIGHT - place.y - place.height, place.x + place.width, HEIGHT - place.y)
            left, bottom, right, top = (scale * each for each in corners)
            writer.add_annotation(number, Link(rect=(left, bottom, right, top), url=f"{site}{place.link}"))
    writer.add_metadata({"/Title": document.title, "/Creator": "Touchline"})
    written = BytesIO()
    writer.write(written)
    return written.getvalue()
