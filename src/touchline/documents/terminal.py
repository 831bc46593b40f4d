"""Documents in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from touchline.documents.document import Document, Grid, Section

INDENT = (0, 0, 0, 2)


def print_document(console: Console, document: Document, only: str = "") -> None:
    """The page; `only` is the id of one section."""
    console.print(Text(document.title, "bold"))
    if not only:
        console.print(Text(document.sentence))
        if document.grade:
            console.print(Text(f"Evidence grade {document.grade}: {document.wording}.", "dim"))
    console.print(Text(document.about, "dim"))
    for section in document.sections:
        if only in ("", section.id):
            print_section(console, section)


def print_section(console: Console, section: Section, *, in_blocks: bool = False) -> None:
    """One part; of a chart, only what its section says besides.

    `in_blocks`: a table as one block for each row, for tables whose cells are sentences.
    """
    console.print(Text(f"\n{section.title}", "bold"))
    for fact in section.facts:
        line = Text(f"{fact.name}: ").append(fact.value, "bold")
        console.print(Padding(line.append(f" ({fact.note})" if fact.note else "", "dim"), INDENT, expand=False))
    for text in (*(said.sentence for said in section.said), *(f"“{quote}”" for quote in section.quotes)):
        console.print(Padding(Text(text), INDENT, expand=False))
    for point in section.points:
        console.print(Padding(Text(f"- {point}"), INDENT, expand=False))
    if section.grid is not None and in_blocks:
        _print_blocks(console, section.grid)
    elif section.grid is not None:
        console.print(Padding(_table(section.grid), INDENT, expand=False))


def _print_blocks(console: Console, grid: Grid) -> None:
    """The last column has a sentence that needs no name."""
    for first, *between, last in grid.rows:
        named = [f"{name}: {cell}" for name, cell in zip(grid.columns[1:-1], between, strict=True)]
        console.print(Padding(Text(first, "bold"), INDENT, expand=False))
        console.print(Padding(Text("\n".join((*named, last))), (0, 0, 0, 4), expand=False))


def _table(grid: Grid) -> Table:
    table = Table(title=grid.caption, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in grid.columns:
        table.add_column(column, overflow="fold")
    for row in grid.rows:
        table.add_row(*map(Text, row))
    return table
