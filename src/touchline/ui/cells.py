"""Rows behind a number, written out for the template ui/rows.html: each cell as its column is meant."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchline.kit.opened_number import Cell, OpenedNumber
from touchline.ui import numbers

Written = str | SafeString

_FIGURES = ("number", "days", "money")


def written(cell: Cell, kind: str) -> Written:
    """Write a cell as its column is meant; an empty one stays empty."""
    if cell is None:
        return ""
    if kind == "yes":
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return format_html(
            '<time datetime="{}Z">{}</time>', cell.isoformat(timespec="seconds"), f"{cell:%Y-%m-%d %H:%M}"
        )
    if kind == "days" and isinstance(cell, int | float):
        return numbers.duration(cell)
    if kind == "customer":
        return format_html('<a href="{}">#{}</a>', reverse("customer", args=[cell]), cell)
    if isinstance(cell, float):
        return f"{cell:,.6g}".replace("-", numbers.MINUS)
    return str(cell).replace("-", numbers.MINUS) if isinstance(cell, int) else str(cell)


def rows_context(opened: OpenedNumber) -> dict[str, object]:
    """What ui/rows.html needs but for `paging`: columns and rows, each cell with whether it is a figure."""
    are_figures = [column.kind in _FIGURES for column in opened.columns]
    return {
        "opened": opened,
        "columns": tuple(zip(opened.columns, are_figures, strict=True)),
        "rows": tuple(
            tuple(
                (written(cell, column.kind), is_figure)
                for cell, column, is_figure in zip(row, opened.columns, are_figures, strict=True)
            )
            for row in opened.rows
        ),
        "has_times": any(column.kind == "time" for column in opened.columns),
    }
