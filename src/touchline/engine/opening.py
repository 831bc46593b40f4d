"""One page of the rows behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from touchline.engine.store import Store
from touchline.engine.sums import used


@dataclass(frozen=True)
class RowsBehind:
    """The SQL of the rows behind a number. Which names it may use is up to whoever writes it; all values are bound."""

    anchor: str
    """One row for each row shown: pages are cut from these."""
    order: str
    """By what they are sorted: columns of the anchor that tell any two rows apart."""
    details: str = "select * from page"
    """What is looked up for the rows of one `page`."""
    number: str = ""
    """How many rows there are, where that is quicker to ask than to count the anchor's. The anchor may then stop after
    $first_rows rows of what it starts from."""


def rows_behind(
    store: Store, question: RowsBehind, columns: Sequence[str], values: dict[str, Any], offset: int, limit: int
) -> tuple[list[tuple[Any, ...]], int]:
    """Return one page of rows, and how many there are on all pages; `limit` 0 gives all rows."""
    number = question.number or f"select count(*) from ({question.anchor})"
    total = int(store.value(number, used(number, values)) or 0)
    cut = f" limit {limit:d} offset {offset:d}" if limit else ""
    sql = f"""
        with page as materialized (select * from ({question.anchor}) order by {question.order}{cut})
        select {", ".join(columns)} from ({question.details}) order by {question.order}
    """
    values = {**values, "first_rows": offset + limit if limit else total}
    return store.rows(sql, used(sql, values)), total
