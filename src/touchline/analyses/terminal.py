"""An answer in the terminal: readable at 80 columns, with and without colour."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from touchline.analyses.facade import Answered, kind_named
from touchline.analyses.rules.presentation import Presentation, Table
from touchline.analyses.wording import cell_words, figure_words, rests_on

WIDEST = 110
MOST_ROWS = 30
MANY_COLUMNS = 8
"""More than these stand closer together."""


def print_answer(console: Console, answered: Answered) -> None:
    """Print a whole answer."""
    console.print(Text(kind_named(answered.question.kind).title, "bold"))
    _say(console, answered.words)
    _print(console, answered.presentation)
    if answered.groups is not None:
        _print(console, answered.groups)
    if answered.difference is not None:
        console.print()
        console.print(Text("Compared with", "bold"))
        _say(console, answered.second_words)
        _print(console, answered.difference)


def _print(console: Console, shown: Presentation) -> None:
    _say(console, shown.sentence)
    for figure in shown.figures:
        note = rests_on(figure)
        console.print(
            Text(f"  {figure.name}: ").append(figure_words(figure), "bold").append(f"  {note}" if note else "", "dim"),
            soft_wrap=False,
        )
    for table in shown.tables:
        _print_table(console, table)
    for caution in shown.cautions:
        _say(console, f"Note: {caution}")


def _print_table(console: Console, table: Table) -> None:
    console.print()
    drawn = RichTable(
        title=Text(table.caption, "bold"),
        title_justify="left",
        box=None,
        pad_edge=False,
        padding=(0, 1) if len(table.columns) <= MANY_COLUMNS else (0, 1, 0, 0),
        header_style="bold",
    )
    for column in table.columns:
        drawn.add_column(column.name, justify="left" if column.kind in ("text", "day") else "right")
    for row in table.rows[:MOST_ROWS]:
        cells = [
            cell_words(cell, column.kind, column.currency)
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        if row.is_provisional:
            cells[0] += " *"
        drawn.add_row(*cells)
    console.print(drawn, width=min(console.width, WIDEST))
    if len(table.rows) > MOST_ROWS:
        _say(console, f"{len(table.rows) - MOST_ROWS:,} more rows: add --json, or --export answer.csv.")
    if any(row.is_provisional for row in table.rows[:MOST_ROWS]):
        _say(console, "* not over yet: may still change.")
    if table.note:
        _say(console, table.note)


def _say(console: Console, sentence: str) -> None:
    console.print(sentence)
