"""Slides that can be edited: what every PowerPoint file of ours is made of. python-pptx takes .3 s to import, when used."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

WIDTH_INCHES: Final = 13.333
HEIGHT_INCHES: Final = 7.5
MARGIN_INCHES: Final = 0.6
INNER_INCHES: Final = WIDTH_INCHES - 2 * MARGIN_INCHES
_TITLE_ONLY: Final = 5
"""Of the layouts of the default template."""
_GRID_ROW_INCHES: Final = 0.35


def new_slides(title: str) -> Any:
    """A wide presentation without slides."""
    from pptx import Presentation
    from pptx.util import Inches

    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDTH_INCHES), Inches(HEIGHT_INCHES)
    slides.core_properties.title = "".join(letter for letter in title if letter.isprintable())
    slides.core_properties.author = "Touchline"
    return slides


def as_file(slides: Any) -> bytes:
    """The presentation as a file."""
    written = BytesIO()
    slides.save(written)
    return written.getvalue()


def titled_slide(slides: Any, title: str) -> Any:
    """Add a slide with a title and nothing else."""
    from pptx.util import Inches

    slide = slides.slides.add_slide(slides.slide_layouts[_TITLE_ONLY])
    shape = slide.shapes.title
    places = (MARGIN_INCHES, 0.3, INNER_INCHES, 0.65)
    shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in places)
    shape.text_frame.text = title
    for paragraph in shape.text_frame.paragraphs:
        set_size(paragraph, 26, bold=True)
    return slide


def add_text(
    slide: Any,
    text: str,
    top: float,
    height: float,
    points: int,
    *,
    left: float = MARGIN_INCHES,
    width: float = INNER_INCHES,
) -> Any:
    """Add a box of text, in inches; give the box."""
    from pptx.util import Inches

    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    box.text_frame.word_wrap = True
    box.text_frame.text = text
    for paragraph in box.text_frame.paragraphs:
        set_size(paragraph, points)
    return box


def add_grid(slide: Any, texts: Sequence[Sequence[str]], top: float, height: float) -> Any:
    """Add a native table whose first row are the heads; give the table."""
    from pptx.util import Inches

    place = (
        *(Inches(MARGIN_INCHES), Inches(top), Inches(INNER_INCHES)),
        Inches(min(height, _GRID_ROW_INCHES * len(texts))),
    )
    grid = slide.shapes.add_table(len(texts), len(texts[0]), *place).table
    for at, row in enumerate(texts):
        for number, text in enumerate(row):
            cell = grid.cell(at, number)
            cell.text = text
            for paragraph in cell.text_frame.paragraphs:
                set_size(paragraph, 11, bold=at == 0)
    return grid


def set_size(paragraph: Any, points: int, *, bold: bool = False) -> None:
    """Set the letters of a paragraph."""
    from pptx.util import Pt

    paragraph.font.size, paragraph.font.bold = Pt(points), bold
