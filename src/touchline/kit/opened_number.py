"""What opening a number shows: what it means, how it is computed, and a page of the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = "str | int | float | bool | datetime | Decimal | None"


class UnknownNumberError(LookupError):
    """There is no such number; the message is a sentence for the user."""


@dataclass(frozen=True)
class Column:
    """One column of the rows."""

    id: str
    name: str
    """The heading."""
    kind: str = "text"
    """'text', 'number', 'customer' (a number that stands for a person), 'time' (naive UTC), 'days', 'yes' or 'money'."""


@dataclass(frozen=True)
class OpenedNumber:
    """A number of the map with the rows it can be recomputed from."""

    measure: str
    title: str
    target: str
    """As asked: '' (the whole journey), a touchpoint's id, 'stage:' and a stage's id, or 'from>to'."""
    target_name: str
    definition: str
    """What is counted, in words."""
    formula: str
    """How the number comes from the rows, naming their columns."""
    page: str
    """File under docs/algorithms that explains the method, without its ending."""
    scope_in_words: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """One page; cells in the order of `columns`."""
    total: int
    """Rows on all pages."""
    offset: int
    limit: int
