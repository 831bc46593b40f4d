"""Rows of Google Analytics' tables into points: which cells are counts, what they count, and on which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from touchline.events.ga4_names import our_name
from touchline.events.rules import SeriesPoint, Skipped
from touchline.events.sources.cells import CellError, parse_amount, parse_time, text
from touchline.events.sources.headers import canonical_names, normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Date": ("Day",),
    "Session primary channel group (Default Channel Group)": ("Session default channel group",),
    **without_aliases("Sessions", "Engaged sessions", "Engagement rate", "Average engagement time per session"),
    **without_aliases("Events per session", "Event count"),
    "Key events": ("Conversions",),
    "Session key event rate": ("Session conversion rate",),
    **without_aliases("Total revenue", "Nth day", "Nth week", "Event name"),
    "Page path and screen class": ("Page path",),
    "Landing page": ("Landing page + query string",),
    "Ecommerce purchases": ("Purchases", "Transactions"),
    **without_aliases("Views", "Active users", "Total users", "New users", "Returning users", "Purchase revenue"),
    **without_aliases("Items viewed", "Items added to cart", "Items checked out", "Items purchased", "Item revenue"),
    **without_aliases("Add to carts", "Checkouts"),
    **without_aliases(
        "report title", "report property", "report start date", "report end date", "beside the last column"
    ),
}

_VISITING, _BUYING = "Page Viewed", "Order Completed"
_COUNTED = {
    "Sessions": (_VISITING, "sessions"),
    "Engaged sessions": (_VISITING, "engaged_sessions"),
    "Event count": (_VISITING, "events"),
    "Key events": (_VISITING, "key_events"),
    "Total revenue": (_BUYING, "revenue"),
    "Views": (_VISITING, "views"),
    "Active users": (_VISITING, "active_users"),
    "Total users": (_VISITING, "users"),
    "New users": (_VISITING, "new_users"),
    "Returning users": (_VISITING, "returning_users"),
    "Ecommerce purchases": (_BUYING, "orders"),
    "Purchase revenue": (_BUYING, "purchase_revenue"),
    "Items viewed": ("Product Viewed", "items"),
    "Items added to cart": ("Product Added", "items"),
    "Items checked out": ("Checkout Started", "items"),
    "Items purchased": (_BUYING, "items"),
    "Item revenue": (_BUYING, "item_revenue"),
    "Add to carts": ("Product Added", "events"),
    "Checkouts": ("Checkout Started", "events"),
}
"""Column -> (event it counts, measure)."""

_CANNOT_BE_ADDED = re.compile(r"\brate\b| per |\baverage\b|^avg\b|/")
_DIMENSION = re.compile(
    r"\b(date|day|week|month|quarter|year|hour|channel|source|medium|campaign|page|landing|screen|title|path|class|country"
    r"|city|region|continent|language|device|platform|browser|operating|system|app|version|stream|event name|item name"
    r"|item id|item category|brand|age|gender|interests?|audience|segment|term|content|keyword|host ?name|id|method)\b"
)
_DAYS_OF = {"Nth day": 1, "Nth week": 7}
_TOTAL = "total of the other rows"


def likeness(header: tuple[str, ...]) -> float:
    """Confidence 0 to 1: counts of Google's in a report that states its dates, or by Google's own channel groups."""
    names = {normalised(name) for name in header}
    counts = any(canonical in _COUNTED for canonical in canonical_names(header, COLUMNS).values())
    if counts and normalised("report start date") in names:
        return 0.9
    grouped = any(name.startswith("session primary channel group") for name in names)
    return 0.7 if grouped and {"date", "sessions"} <= names else 0.0


def read_row(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """One point per count of the row."""
    found = {name: cell.strip() for name, cell in cells.items() if not name.startswith("report ")}
    counts = {name: counted for name, cell in found.items() if (counted := _count(name, cell)) is not None}
    groups = {name: cell for name, cell in found.items() if name not in counts and _is_dimension(name)}
    if "beside the last column" in found or (groups and not any(groups.values())):
        yield Skipped(line, _TOTAL)
        return
    day, when = _when(cells, context)
    label = " / ".join(cell for name, cell in groups.items() if name not in ("Date", "Event name", *_DAYS_OF)) or None
    event = text(cells, "Event name")
    known_by = "|".join(
        [cells.get("report property", ""), when, *(f"{normalised(name)}={cell}" for name, cell in groups.items())]
    )
    if not counts:
        yield Skipped(line, "row without any count")
    for column, amount in counts.items():
        name, measure = _COUNTED.get(column, (_VISITING, normalised(column).replace(" ", "_")))
        if event:
            name = our_name(event)
        yield SeriesPoint(f"{known_by}|{measure}", name, day, line, measure, amount, "web", label or event)


def _is_dimension(column: str) -> bool:
    return column not in _COUNTED and not _CANNOT_BE_ADDED.search(column.casefold())


def _count(column: str, cell: str) -> float | None:
    """The count in the cell; None in a dimension, a rate or an average, and where there is no number."""
    if not cell:
        return None
    if column not in _COUNTED:
        name = normalised(column)
        if _CANNOT_BE_ADDED.search(column.casefold()) or _DIMENSION.search(name) or name.startswith("nth "):
            return None
    try:
        return float(parse_amount(cell))
    except ValueError:
        if column in _COUNTED:
            raise CellError(column, cell, "a number") from None
        return None


def _when(cells: Mapping[str, str], context: Context) -> tuple[datetime, str]:
    """The moment of a row's point, and what it stands for: one day, or the whole period."""
    stated = text(cells, "Date")
    if stated:
        moment = _day("Date", stated, context)
        return moment, moment.date().isoformat()
    start = text(cells, "report start date")
    if start is None:
        raise CellError("Date", "", "a date such as 20260801, or a line '# Start date: 20260801' above the table")
    first = _day("report start date", start, context)
    for column, days in _DAYS_OF.items():
        if (nth := text(cells, column)) is not None:
            if not nth.isdigit():
                raise CellError(column, nth, "a whole number, counted from the start date")
            shifted = _midnight(first.date() + timedelta(days=days * int(nth)), context)
            return shifted, f"{column} {shifted.date().isoformat()}" if days > 1 else shifted.date().isoformat()
    return first, f"{start}-{text(cells, 'report end date') or ''}"


def _day(column: str, written: str, context: Context) -> datetime:
    try:
        return _midnight(datetime.strptime(written, "%Y%m%d").date(), context)  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        pass
    try:
        return parse_time(written, context.zone)
    except ValueError:
        raise CellError(column, written, "a date such as 20260801") from None


def _midnight(day: date, context: Context) -> datetime:
    return datetime.combine(day, time(), context.zone)
