"""Tables of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.table import Table

WIDTH = 80


def table_of(*headers: str, numbers: Iterable[str] | None = None) -> Table:
    """Make a table without lines; `numbers` are the columns to the right, by default those of counts."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    of_numbers = {"rows", "imported", "= imported", "quarant.", "+ quarant.", "skipped", "+ skipped", "sure", "import"}
    right = of_numbers if numbers is None else {*numbers, "sure"}
    for header in headers:
        options: dict[str, Any] = {"justify": "right", "no_wrap": True} if header in right else {"overflow": "ellipsis"}
        table.add_column(header, **options)
    return table


def shortened(name: str, width: int) -> str:
    """Leave out the middle of a name that is too long."""
    return name if len(name) <= width else f"{name[: width // 2]}…{name[-(width - width // 2 - 1) :]}"
