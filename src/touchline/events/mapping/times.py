"""Reading a column of times: one format per column, decided from the whole sample and said to the user.

A day-first date is never read as month-first because the row before was one: anything not of the format is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchline.events.mapping.distinct import Column, numbers_read
from touchline.events.mapping.moments import EPOCHS, FIRST_YEAR, FORMATS, LAST_YEAR, read_moment

NUMERIC_FORMATS: Final = frozenset({"epoch_s", "epoch_ms", "epoch_us", "compact"})
"""Formats that any long number could be: believed only when the header speaks of time."""

_UTC_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) - _UTC_EPOCH) // _MICROSECOND
_LAST = (datetime(LAST_YEAR, 1, 1, tzinfo=UTC) - _UTC_EPOCH) // _MICROSECOND
_ORDERS = {"dmy": "day first", "mdy": "month first"}

_FIRST_LOOK = 20
"""A format must read one of these first cells before the whole sample is tried: most columns are no times."""
_REST = r"((?:[T ]\d{2}:\d{2}(?::\d{2})?)?)$"
_REARRANGED = {
    "ymd": (r"^(\d{4})[/.](\d{2})[/.](\d{2})" + _REST, r"\1-\2-\3\4"),
    "dmy": (r"^(\d{2})[/.-](\d{2})[/.-](\d{4})" + _REST, r"\3-\2-\1\4"),
    "mdy": (r"^(\d{2})[/.-](\d{2})[/.-](\d{4})" + _REST, r"\3-\1-\2\4"),
    "compact": (r"^(\d{4})(\d{2})(\d{2})()$", r"\1-\2-\3\4"),
}
"""Zero-padded spellings that become ISO by moving their parts, so that Arrow can cast the whole column."""
_PADDED = ((r"^(\d[/.-])", r"0\1"), (r"^(\d\d[/.-])(\d[/.-])", r"\10\2"), (r"([ T])(\d:)", r"\10\2"))
"""3/1/2026 9:05 becomes 03/01/2026 09:05."""


@dataclass(frozen=True)
class TimeFinding:
    """What a sample says about the format of a column of times."""

    format: str
    """A key of moments.FORMATS."""
    share: float
    """Of the sample's cells, how many are read by it."""
    certain: bool
    """False where nothing in the sample says whether day or month comes first."""
    reason: str


def decide_format(values: Sequence[str], zone: str) -> TimeFinding | None:
    """Choose the format that reads most of the sample; None when half of it is no time in any format.

    Whether 03/04 is in March or April is decided by a number above 12 anywhere in the sample, else by which reading
    puts the rows in order, else by dots (day first) and by the zone (America: month first).
    """
    first = values[:_FIRST_LOOK]
    possible = {name for name in FORMATS if any(read_moment(value, name) for value in first)}
    if not possible:
        return None
    if possible & _ORDERS.keys():
        possible |= _ORDERS.keys()
    shares = {name: _share_read(values, name) if name in possible else 0.0 for name in FORMATS}
    best = max(FORMATS, key=lambda name: shares[name])
    if shares[best] < 0.5 and _share_in_any(values, possible) < 0.5:
        return None
    if best in _ORDERS:
        return _day_or_month_first(values, shares, zone)
    return TimeFinding(best, shares[best], True, f"{shares[best]:.0%} of the cells are {FORMATS[best]}")


def _share_read(values: Sequence[str], format_: str) -> float:
    return sum(read_moment(value, format_) is not None for value in values) / len(values)


def _share_in_any(values: Sequence[str], formats: set[str]) -> float:
    return sum(any(read_moment(value, name) for name in formats) for value in values) / len(values)


def _day_or_month_first(values: Sequence[str], shares: dict[str, float], zone: str) -> TimeFinding:
    in_order = {name: _share_in_order(values, name) for name in _ORDERS}
    if shares["dmy"] != shares["mdy"]:
        best, other = ("dmy", "mdy") if shares["dmy"] > shares["mdy"] else ("mdy", "dmy")
        telling = next(value for value in values if read_moment(value, best) and not read_moment(value, other))
        why = f"because {telling!r} cannot be anything else"
    elif abs(in_order["dmy"] - in_order["mdy"]) > 0.05:
        best = max(in_order, key=lambda name: in_order[name])
        why = "because the rows are then in order of time; no day above 12 says so"
    else:
        best = "mdy" if zone.startswith("America/") and "." not in values[0] else "dmy"
        why = "but no day above 12 says so: please check"
    certain = shares["dmy"] != shares["mdy"]
    return TimeFinding(best, shares[best], certain, f"dates are read {_ORDERS[best]}, {why}")


def _share_in_order(values: Sequence[str], format_: str) -> float:
    moments = [moment for moment in (read_moment(value, format_) for value in values) if moment is not None]
    times = [moment.replace(tzinfo=None) for moment in moments]
    steps = [later >= earlier for earlier, later in pairwise(times)]
    share = sum(steps) / len(steps) if steps else 0.0
    return max(share, 1 - share)


def parse_times(cells: Column, format_: str, zone: ZoneInfo) -> tuple[np.ndarray, np.ndarray]:
    """Read a column of text.

    Gives microseconds since 1970 in UTC (int64, 0 where unread) and a mask of the cells that were read. `zone` holds
    for times that carry no offset; a time that the clock shows twice in autumn is taken as the first of the two.
    """
    if format_ in EPOCHS:
        whole = _cast_epoch(cells, format_)
    elif format_ == "iso":
        whole = _cast_iso(cells, zone)
    else:
        whole = _cast_rearranged(cells, format_, zone)
    return whole if whole is not None else _read_each(cells, format_, zone)


Times = tuple[np.ndarray, np.ndarray]


def _cast_iso(cells: Column, zone: ZoneInfo) -> Times | None:
    """Cast a column in which every cell is well-formed; None otherwise."""
    for type_, local in ((pa.timestamp("us"), True), (pa.timestamp("us", "UTC"), False)):
        try:
            cast = pc.cast(cells, type_)
        except pa.ArrowInvalid:
            continue
        times, read = _as_numpy(cast.cast(pa.int64()))
        if not _all_plausible(times[read]):
            return None
        return (to_utc(times, zone) if local else times), read
    return None


def _cast_rearranged(cells: Column, format_: str, zone: ZoneInfo) -> Times | None:
    if format_ not in _REARRANGED:
        return None
    pattern, iso = _REARRANGED[format_]
    if format_ in _ORDERS:
        for short, padded in _PADDED:
            cells = pc.replace_substring_regex(cells, short, padded)
    if not pc.all(pc.match_substring_regex(cells, pattern)).as_py():
        return None
    return _cast_iso(pc.replace_substring_regex(cells, pattern, iso), zone)


def _cast_epoch(cells: Column, format_: str) -> Times | None:
    pattern, micros = EPOCHS[format_]
    try:
        times, read = _as_numpy(pc.cast(cells, pa.int64()))
    except pa.ArrowInvalid:
        return None
    well_formed = pc.all(pc.match_substring_regex(cells, f"^(?:{pattern})$")).as_py()
    return (times * micros, read) if well_formed is not False and _all_plausible(times[read] * micros) else None


def _as_numpy(numbers: Column) -> Times:
    return numbers.fill_null(0).to_numpy(zero_copy_only=False), numbers.is_valid().to_numpy(zero_copy_only=False)


def _all_plausible(times: np.ndarray) -> bool:
    return not times.size or bool(times.min() >= _FIRST and times.max() < _LAST)


def _read_each(cells: Column, format_: str, zone: ZoneInfo) -> Times:
    def read(written: str) -> int | None:
        moment = read_moment(re.sub(r"\s+", " ", written), format_)
        if moment is None:
            return None
        return ((moment if moment.tzinfo else moment.replace(tzinfo=zone)) - _UTC_EPOCH) // _MICROSECOND

    return numbers_read(cells, read, "int64")


def to_utc(local: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """Turn microseconds of local time into microseconds of UTC; offsets are looked up once per distinct hour."""
    if zone.key in ("UTC", "Etc/UTC"):
        return local
    hours, positions = np.unique(local // 3_600_000_000, return_inverse=True)
    offsets = [(_UTC_EPOCH + timedelta(hours=int(hour))).replace(tzinfo=zone).utcoffset() for hour in hours]
    micros = np.array([(offset or timedelta()) // _MICROSECOND for offset in offsets], dtype=np.int64)
    return local - micros[positions]
