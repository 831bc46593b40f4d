"""Reading one written time in one stated format. Whole columns are read by times.py."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Final

FORMATS: Final = {
    "iso": "a time such as 2026-03-31 14:05 (year-month-day)",
    "ymd": "a time such as 2026/03/31 14:05 (year/month/day)",
    "dmy": "a time such as 31/03/2026 14:05 (day/month/year)",
    "mdy": "a time such as 03/31/2026 14:05 (month/day/year)",
    "named": "a time such as 31 March 2026 14:05",
    "epoch_s": "seconds since 1970 such as 1774965900",
    "epoch_ms": "milliseconds since 1970 such as 1774965900000",
    "epoch_us": "microseconds since 1970 such as 1774965900000000",
    "compact": "a date such as 20260331",
}
"""Format -> what the user is told was expected."""
EPOCHS: Final = {
    "epoch_s": (r"\d{9,10}(?:\.\d+)?", 1_000_000),
    "epoch_ms": (r"\d{12,13}", 1000),
    "epoch_us": (r"\d{15,16}", 1),
}
"""Format -> pattern, and microseconds in its unit."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
"""Times outside are misread numbers or placeholders, never contacts."""

_LONGEST = 64
_CLOCK = r"(?:[T ,]+(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)? ?([AaPp]\.?[Mm]\.?)?)?"
_ZONE = r"(?: ?(Z|UTC|GMT|[+\u2212-]\d{2}:?\d{2}))?"
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})" + _CLOCK + _ZONE)
_YEAR_FIRST_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})" + _CLOCK + _ZONE)
_YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})" + _CLOCK + _ZONE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?()()(Z)?")
_DAY_NAMED = re.compile(r"(?:[^\W\d]+,? )?(\d{1,2})\.?[ -]([^\W\d]+)\.?,?[ -](\d{4}|\d{2})" + _CLOCK + _ZONE)
_MONTH_NAMED = re.compile(r"(?:[^\W\d]+,? )?([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _CLOCK + _ZONE)
_TIME_OF_DAY = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)? ?([AaPp]\.?[Mm]\.?)?")

_PATTERNS = {
    "iso": (_YEAR_FIRST, "ymd"),
    "ymd": (_YEAR_FIRST_SLASHED, "ymd"),
    "compact": (_COMPACT, "ymd"),
    "dmy": (_YEAR_LAST, "dmy"),
    "mdy": (_YEAR_LAST, "mdy"),
}
_MONTH_NAMES = (
    "jan ene januar janvier enero january januari", "feb fev februar fevrier febrero february februari",
    "mar mrt mrz maerz marz mars marzo march maart", "apr avr abr april avril abril", "may mai mayo mei",
    "jun juin junio june juni", "jul juil juillet julio july juli", "aug aou aout ago agosto august augustus",
    "sep sept september septembre septiembre", "oct okt oktober october octobre octubre",
    "nov november novembre noviembre", "dec dez dic dezember december decembre diciembre",
)  # fmt: skip
_MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_UNACCENTED = str.maketrans("äéèû", "aeeu")


def read_moment(written: str, format_: str) -> datetime | None:
    """Read one cell; naive unless it carries an offset; None for anything that is not of the format."""
    if len(written) > _LONGEST:
        return None
    try:
        found = _epoch_moment(written, format_) if format_ in EPOCHS else _calendar_moment(written, format_)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and FIRST_YEAR <= found.year < LAST_YEAR else None


def read_time_of_day(written: str) -> timedelta | None:
    """Read '14:05', '2:05 PM' or '14h05' as the time since midnight; None for anything else."""
    match = _TIME_OF_DAY.fullmatch(written)
    if not match:
        return None
    try:
        clock = time(_hour(int(match[1]), match[4]), int(match[2]), int(match[3] or 0))
    except ValueError:
        return None
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def _epoch_moment(written: str, format_: str) -> datetime | None:
    pattern, micros = EPOCHS[format_]
    if not re.fullmatch(pattern, written):
        return None
    whole, _, part = written.partition(".")
    since = timedelta(microseconds=int(whole) * micros + int((part + "000000")[:6]))
    return datetime(1970, 1, 1, tzinfo=UTC) + since


def _calendar_moment(written: str, format_: str) -> datetime | None:
    named = _named_parts(written) if format_ == "named" else _numbered_parts(written, format_)
    if named is None:
        return None
    (year, month, day), (hour, minute, second, fraction, half, offset) = named
    moment = datetime(  # noqa: DTZ001 - the caller adds the zone where none is written
        _full_year(year),
        month,
        int(day),
        _hour(int(hour or 0), half),
        int(minute or 0),
        int(second or 0),
        int(((fraction or "") + "000000")[:6]),
    )
    return moment.replace(tzinfo=_offset(offset)) if offset else moment


Parts = tuple[tuple[str, int, str], list[str | None]]


def _numbered_parts(written: str, format_: str) -> Parts | None:
    pattern, order = _PATTERNS[format_]
    match = pattern.fullmatch(written)
    if not match:
        return None
    *date, hour, minute, second, fraction, half, offset = match.groups()
    by_letter = dict(zip(order, date, strict=True))
    return (by_letter["y"], int(by_letter["m"]), by_letter["d"]), [hour, minute, second, fraction, half, offset]


def _named_parts(written: str) -> Parts | None:
    day_first, month_first = _DAY_NAMED.fullmatch(written), _MONTH_NAMED.fullmatch(written)
    match = day_first or month_first
    if not match:
        return None
    one, two, year, *clock = match.groups()
    day, month = (one, two) if day_first else (two, one)
    number = _MONTHS.get(month.lower().translate(_UNACCENTED))
    return ((year, number, day), clock) if number else None


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) < 70 else 1900)


def _hour(hour: int, half: str | None) -> int:
    """Give the hour of the day; raises ValueError for '13 PM'."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _offset(written: str) -> timezone:
    if written in ("Z", "UTC", "GMT"):
        return UTC
    sign = 1 if written[0] == "+" else -1
    return timezone(sign * timedelta(hours=int(written[1:3]), minutes=int(written[-2:])))
