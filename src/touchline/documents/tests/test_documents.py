"""Documents in every form: what tables lead to, and tables that take several slides."""

from __future__ import annotations

from io import BytesIO

import pytest
from pptx import Presentation
from pypdf import PdfReader
from rich.console import Console

from touchline.documents.document import Document, Grid, Section
from touchline.documents.facade import WRITERS, print_document

SITE = "https://cx.example"


def document(rows: int) -> Document:
    cells = tuple(
        (f"Row {at}", "A sentence that is long enough to need a second line on a slide. " * 3) for at in range(rows)
    )
    links = tuple((f"/rows/{at}", "") for at in range(rows))
    grid = Grid("All rows", ("Name", "What"), cells, links)
    return Document("A page", "About rows.", "", "", "today", (Section("rows", "Rows", grid=grid),))


def test_cells_lead_to_their_pages_in_every_file():
    made = document(2)

    assert f"| [Row 1]({SITE}/rows/1) |" in WRITERS["md"][0](made, SITE).decode()
    pdf = PdfReader(BytesIO(WRITERS["pdf"][0](made, SITE)))
    assert [each.get_object()["/A"]["/URI"] for each in pdf.pages[0]["/Annots"]] == [f"{SITE}/rows/0", f"{SITE}/rows/1"]
    slides = Presentation(BytesIO(WRITERS["pptx"][0](made, SITE))).slides
    (table,) = (shape.table for slide in slides for shape in slide.shapes if shape.has_table)
    run = table.cell(1, 0).text_frame.paragraphs[0].runs[0]
    assert (run.text, run.hyperlink.address) == ("Row 0", f"{SITE}/rows/0")


def test_a_long_table_goes_on_on_further_slides():
    slides = Presentation(BytesIO(WRITERS["pptx"][0](document(40), SITE))).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]

    assert len(tables) > 2
    assert [table.cell(0, 0).text for table in tables] == ["Name"] * len(tables)
    assert sum(len(table.rows) - 1 for table in tables) == 40


def test_without_a_site_nothing_leads_anywhere():
    assert "](" not in WRITERS["md"][0](document(1), "").decode()


def test_paths_stand_beside_their_cells():
    grid = Grid("", ("A", "B"), (("x", "y"),), (("/x", ""),))

    assert grid.linked_rows == ((("x", "/x"), ("y", "")),)
    assert grid.labelled_rows == ((("A", "x", "/x"), ("B", "y", "")),)
    assert Grid("", ("A",), (("x",),)).linked_rows == ((("x", ""),),)
    with pytest.raises(ValueError, match="zip"):
        _ = Grid("", ("A",), (("x",),), (("", ""),)).linked_rows


def test_in_a_terminal_a_table_is_a_table():
    console = Console(width=100, record=True)
    print_document(console, document(1))

    assert "Row 0" in console.export_text()
