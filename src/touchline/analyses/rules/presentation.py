"""How an answer is shown: a sentence, figures, charts and tables, the same on the page, in the terminal and in files.

Cells hold raw values; whoever shows them writes them by their column's kind. Every chart has a table that says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

ValueKind: TypeAlias = Literal["text", "count", "share", "points", "days", "money", "score", "number", "day"]
"""count: whole; share: 0..1 shown as %; points: difference of two shares, 0..1; days: a duration in days; score: −100 to
+100; number: a plain figure; day: a date."""

Value: TypeAlias = "str | int | float | None"
"""None is 'cannot say'."""


@dataclass(frozen=True)
class Figure:
    """One number of the answer, with what it rests on."""

    id: str
    name: str
    value: Value
    kind: ValueKind
    n: int | None = None
    """How many customers, sessions or answers it rests on; None where counting people makes no sense."""
    low: float | None = None
    high: float | None = None
    level: int = 95
    """Per cent of the interval."""
    currency: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    name: str
    kind: ValueKind = "text"
    currency: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    cells: tuple[Value, ...]
    n: int | None = None
    """How many people its figures rest on: rows below ten do not leave the workspace. None: names nobody."""
    is_provisional: bool = False
    """Its period is not over, or its people have not had the time yet."""


@dataclass(frozen=True)
class Table:
    """A table; the first column names the row."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line or one set of bars; `lows` and `highs` are its interval where it has one."""

    name: str
    values: tuple[float | None, ...]
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    n: tuple[int | None, ...] = ()
    """How many people each value rests on."""


@dataclass(frozen=True)
class Bars:
    """One bar per label and series."""

    id: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: ValueKind
    table: str
    """Id of the table that says the same."""


@dataclass(frozen=True)
class Lines:
    """One line per series over ordered labels."""

    id: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    kind: ValueKind
    table: str
    provisional_from: int | None = None
    """From this label on the values may still change: drawn dashed."""


@dataclass(frozen=True)
class Heat:
    """A grid of values, coloured by size; `diverging` where 0 is the middle (a difference)."""

    id: str
    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    kind: ValueKind
    table: str
    diverging: bool = False
    provisional: tuple[tuple[int, int], ...] = ()
    """(row, column) of cells that may still change."""
    n: tuple[int | None, ...] = ()
    """How many people each row rests on."""


Chart: TypeAlias = "Bars | Lines | Heat"


@dataclass(frozen=True)
class Presentation:
    """An answer as it is shown."""

    sentence: str
    """The answer in one sentence, with its n."""
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    cautions: tuple[str, ...] = ()
    """What must be said beside it: 'a lead, not a cause', 'this week is not over'."""
