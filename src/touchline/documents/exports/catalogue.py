"""The files that a document can be written as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from touchline.documents.document import Document
from touchline.documents.exports.markdown import write_markdown
from touchline.documents.exports.pdf import write_pdf
from touchline.documents.exports.pptx import write_pptx

Writer = Callable[[Document, str], bytes]
"""Writes a document; the text is put before its links, such as http://127.0.0.1:8000."""


def _markdown(document: Document, site: str) -> bytes:
    return write_markdown(document, site).encode()


WRITERS: Final[dict[str, tuple[Writer, str]]] = {
    "pdf": (write_pdf, "application/pdf"),
    "pptx": (write_pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "md": (_markdown, "text/markdown; charset=utf-8"),
}
"""By ending: what writes it, and its media type."""
