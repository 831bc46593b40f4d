"""The time zone that a header states: 'Create Date (GMT+2)', as CRMs write it."""

from __future__ import annotations

import re
from typing import Final

_STATED = re.compile(
    r"\(\s*(?:GMT|UTC)\s*(?:(?P<sign>[+\u2212-])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?\s*\)", re.IGNORECASE
)
_BROKEN_HOURS: Final = {
    "+3:30": "Asia/Tehran", "+4:30": "Asia/Kabul", "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu", "+6:30": "Asia/Yangon", "+9:30": "Australia/Darwin",
}  # fmt: skip
"""Offsets of a single zone that knows no summer time."""


def zone_in_header(header: str) -> str:
    """Give the name of the zone in a header, '' where it states none.

    Zones of whole hours are called 'Etc/GMT-2' for GMT+2: POSIX counts the other way round.
    """
    found = _STATED.search(header)
    if found is None:
        return ""
    if not found["hours"]:
        return "UTC"
    hours, minutes = int(found["hours"]), found["minutes"] or "00"
    ahead = found["sign"] == "+"
    if minutes != "00":
        return _BROKEN_HOURS.get(f"{'+' if ahead else '-'}{hours}:{minutes}", "")
    if hours == 0:
        return "UTC"
    within = hours <= (14 if ahead else 12)
    return f"Etc/GMT{'-' if ahead else '+'}{hours}" if within else ""
