"""Reading the cells of exports: times with and without offset, money with grouped digits, yes and no.

Each reader names the column in its error, so that the sentence shown to the user says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Final

from touchline.events.mapping.moments import FIRST_YEAR, LAST_YEAR

UNDATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of facts from a file that has no times: constant, so that importing it again changes nothing, and early, so
that any dated fact about the same customer wins."""

_OFFSET = re.compile(r"\s*(?:(Z|UTC|GMT)|([+\u2212-]\d{2}):?(\d{2}))$", re.IGNORECASE)
_FALLBACKS = (
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %H:%M",
    "%m/%d/%y %H:%M",
    "%m/%d/%Y",
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y",
)
_SYMBOL = r"[^\w\s.,()+\u2212-]"
_MONEY = re.compile(
    rf"(?P<sign>[(+\u2212-]?)\s*(?:[A-Za-z]{{2,3}}|[A-Za-z]{{0,2}}{_SYMBOL})?\s*(?P<inner>[+\u2212-]?)"
    rf"(?P<digits>\d[\d.,'\s]*|[.,]\d+)(?:[A-Za-z]{{2,3}}|{_SYMBOL})?\s*(?P<after>[)\u2212-]?)"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_UNITS = {1: "seconds", 1000: "milliseconds", 1_000_000: "microseconds"}
_LARGEST = Decimal(10) ** 14
_SMALLEST_STEP = Decimal("0.0001")
_YES = frozenset({"yes", "true", "1", "y", "t", "on", "accepted", "subscribed"})
_NO = frozenset({"no", "false", "0", "n", "f", "off", "declined", "unsubscribed"})


class CellError(ValueError):
    """A cell that does not hold what its column promises; the message is a sentence for the user."""

    def __init__(self, column: str, found: str, expected: str) -> None:
        what = f"{column}: found “{found}”" if found else f"{column} is empty"
        super().__init__(f"{what}, expected {expected}.")


def text(cells: Mapping[str, str], column: str) -> str | None:
    """The cell without the blanks around it; None where it is empty or the file has no such column.

    A leading apostrophe, by which spreadsheets keep '+44...' from becoming a sum, is taken off.
    """
    cell = cells.get(column, "").strip()
    return cell.removeprefix("'") or None


def time(cells: Mapping[str, str], column: str, zone: tzinfo) -> datetime | None:
    """The moment in the cell, aware; None where it is empty. `zone` holds for times that carry no offset."""
    cell = text(cells, column)
    if cell is None:
        return None
    try:
        return parse_time(cell, zone)
    except ValueError:
        raise CellError(column, cell, "a date and time such as 2026-08-01 14:30:00 +0200") from None


def required_time(cells: Mapping[str, str], column: str, zone: tzinfo) -> datetime:
    """As `time`, refusing an empty cell."""
    found = time(cells, column, zone)
    if found is None:
        raise CellError(column, "", "a date and time")
    return found


def epoch_time(cells: Mapping[str, str], column: str, per_second: int) -> datetime | None:
    """The moment in a cell that counts since 1970: `per_second` is 1000 for milliseconds. None where it is empty."""
    cell = text(cells, column)
    if cell is None:
        return None
    try:
        moment = _EPOCH + timedelta(microseconds=int(Decimal(cell) * 1_000_000 / per_second))
        return parse_time(moment.isoformat(), UTC)
    except (ValueError, OverflowError, InvalidOperation):
        raise CellError(column, cell, f"{_EPOCH_UNITS[per_second]} since 1970") from None


def amount(cells: Mapping[str, str], column: str) -> Decimal | None:
    """The sum of money or other number in the cell; None where it is empty."""
    cell = text(cells, column)
    if cell is None:
        return None
    try:
        return parse_amount(cell)
    except ValueError:
        raise CellError(column, cell, "a number such as 1,234.56") from None


def number(cells: Mapping[str, str], column: str) -> float | None:
    """As `amount`, as a float: for measures that are not money."""
    found = amount(cells, column)
    return None if found is None else float(found)


def required_text(cells: Mapping[str, str], column: str, expected: str) -> str:
    """As `text`, refusing an empty cell."""
    found = text(cells, column)
    if found is None:
        raise CellError(column, "", expected)
    return found


def parse_time(written: str, zone: tzinfo) -> datetime:
    """Read ISO 8601 (a blank before the offset allowed), US month-first and 'Aug 01, 2026 10:00 am' dates, as aware.

    Raises ValueError for anything else, and for years that are placeholders or misread numbers.
    """
    moment = _parse_iso(written) or _parse_iso(_with_iso_offset(written)) or _parse_named(written)
    if not FIRST_YEAR <= moment.year < LAST_YEAR:
        raise ValueError(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _with_iso_offset(written: str) -> str:
    """Turn ' +0530', ' UTC' and the like at the end into what ISO 8601 writes."""
    offset = _OFFSET.search(written) if ":" in written else None
    return written[: offset.start()] + _iso_offset(offset) if offset else written


def _iso_offset(offset: re.Match[str]) -> str:
    if offset[1]:
        return "+00:00"
    return f"{offset[2].replace(chr(0x2212), '-')}:{offset[3]}"


def _parse_iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _parse_named(written: str) -> datetime:
    for layout in _FALLBACKS:
        try:
            return datetime.strptime(written, layout)  # noqa: DTZ007 - the caller adds the zone
        except ValueError:
            continue
    raise ValueError(written)


def parse_amount(written: str) -> Decimal:
    """Read a number as people write it: '1,23,456.78', '1.234,56', '€ 12', '(5.00)', '−3'.

    With both signs present the last one is the decimal sign; a single comma before one or two digits is one too.
    Raises ValueError for anything else.
    """
    found = _MONEY.fullmatch(written.strip())
    if found is None:
        raise ValueError(written)
    try:
        value = Decimal(_with_decimal_point(re.sub(r"[\s']", "", found["digits"])))
    except InvalidOperation:
        raise ValueError(written) from None
    if value >= _LARGEST:
        raise ValueError(written)
    signs = found["sign"] + found["inner"] + found["after"]
    return -_stored(value) if re.search(r"[(\u2212-]", signs) else _stored(value)


def _stored(value: Decimal) -> Decimal:
    """Round to the four decimals that the store keeps."""
    exponent = value.as_tuple().exponent
    return value.quantize(_SMALLEST_STEP) if isinstance(exponent, int) and exponent < -4 else value


def _with_decimal_point(digits: str) -> str:
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma > point >= 0 or (point < 0 and re.fullmatch(r"\d+,\d{1,2}", digits)):
        return digits.replace(".", "").replace(",", ".")
    return digits.replace(",", "")


def truthy(written: str | None) -> bool | None:
    """Read yes and no in the spellings of exports; None for an empty or unknown one."""
    word = (written or "").strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def order_number(written: str | None) -> str | None:
    """The number by which systems name an order: '#1001' in one is '1001' in another."""
    return (written or "").strip().lstrip("#").strip() or None


def present(**found: object) -> dict[str, object]:
    """Keep what is there: drop the names whose value is None."""
    return {name: value for name, value in found.items() if value is not None}


def identifiers(**found: str | None) -> dict[str, str]:
    """Keep the identifiers that are there."""
    return {type_: value for type_, value in found.items() if value}
