"""What others may do with written documents: make one, write it as a file, print it."""

from __future__ import annotations

from touchline.documents.document import Document, Fact, Grid, Said, Section, chart_grid
from touchline.documents.exports.catalogue import WRITERS, Writer
from touchline.documents.terminal import print_document, print_section

__all__ = [
    "WRITERS",
    "Document",
    "Fact",
    "Grid",
    "Said",
    "Section",
    "Writer",
    "chart_grid",
    "print_document",
    "print_section",
]
