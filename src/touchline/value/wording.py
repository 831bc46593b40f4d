"""How figures about value are written, the same on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from touchline.ui.numbers import CANNOT_SAY, MINUS, compact_money, decimal, money, percent, signed
from touchline.value.rules.figures import Range, ShareOf
from touchline.value.rules.report import CurvePoint, GroupFigures, ValueReport

NOT_SAID = "–"
LISTED_DAYS = (0, 30, 60, 90, 180, 270, 365, 545, 730, 1095)
"""Days at which the curve is given in the table."""


def amount_words(found: Range | None, currency: str) -> str:
    """Write an amount in full: 41.30 EUR (38.10 … 45.00)."""
    if found is None:
        return NOT_SAID
    return f"{money(found.value, currency)} ({_plain(found.low)} … {_plain(found.high)})"


def large_amount_words(found: Range | None, currency: str) -> str:
    """Write an amount in three figures: €186k (€140k … €240k)."""
    if found is None:
        return NOT_SAID
    low, high = compact_money(found.low, currency), compact_money(found.high, currency)
    return f"{compact_money(found.value, currency)} ({low} … {high})"


def share_words(found: ShareOf | None) -> str:
    """Write a share with its interval: 51% (48% … 53%)."""
    if found is None:
        return NOT_SAID
    return f"{percent(found.value)} ({percent(found.low)} … {percent(found.high)})"


def days_words(found: Range | None) -> str:
    """Write a difference in days: +12 days (+3 … +21)."""
    if found is None:
        return NOT_SAID
    return f"{signed(found.value, 1)} days ({signed(found.low, 1)} … {signed(found.high, 1)})"


@dataclass(frozen=True)
class Tile:
    """One of the figures at the top."""

    name: str
    value: str
    interval: str
    """'' where there is no figure."""
    note: str


def tiles(report: ValueReport, horizon: str) -> tuple[Tile, ...]:
    """The figures at the top of the page, and of what the command prints; none where nothing can be said."""
    everybody, currency = report.everybody, report.currency
    if everybody is None:
        return ()
    kept = (
        f"who buys within {report.kept_window_days} days rather than not; mean of {report.kept_customers:,} seen lately"
        if report.kept
        else report.kept_why
    )
    return (
        Tile(
            f"All of them, within {horizon}",
            *_large(everybody.together, currency),
            "margin still to come, of today’s money",
        ),
        Tile("One of them, on average", *_small(everybody.each, currency), "those who will never come back are in it"),
        Tile("A customer who is kept", *_small(report.kept, currency), kept),
        Tile("Lapsed", *_of(everybody.lapsed), "silent for longer than is usual among those who bought as often"),
        Tile("Will hardly buy again", *_of(everybody.hardly), "with less than one chance in five, by the model"),
    )


def _large(found: Range | None, currency: str) -> tuple[str, str]:
    if found is None:
        return CANNOT_SAY, ""
    low, high = compact_money(found.low, currency), compact_money(found.high, currency)
    return compact_money(found.value, currency), f"{low} … {high} (80%)"


def _small(found: Range | None, currency: str) -> tuple[str, str]:
    if found is None:
        return CANNOT_SAY, ""
    return money(found.value, currency), f"{_plain(found.low)} … {_plain(found.high)} (80%)"


def _of(found: ShareOf | None) -> tuple[str, str]:
    if found is None:
        return CANNOT_SAY, ""
    counts = f"{found.count:,} of {found.of:,}"
    return percent(found.value), f"{counts}, {percent(found.low)} … {percent(found.high)} (95%)"


def summary(report: ValueReport) -> str:
    """What the figures are of, in one sentence."""
    if report.first_day is None or report.until is None:
        return ""
    return (
        f"{report.customers:,} customers with {report.purchases:,} {report.purchases_are} from {_day(report.first_day)} "
        f"to {_day(report.until)}."
    )


def bought_for_words(report: ValueReport) -> str:
    """How long customers go on buying, in one sentence; '' where that cannot be said."""
    found = report.bought_for_days
    if found is None:
        return ""
    return (
        f"Customers go on buying for {decimal(found.value)} days on average ({decimal(found.low)} … {decimal(found.high)}) "
        f"within the first {report.within_days:.0f} days; who buys once counts as 0 days."
    )


def longer_words(group: GroupFigures, within_days: float) -> str:
    """Whether a segment goes on buying for longer than everybody else."""
    found = group.stays_longer_days
    if found is None:
        return NOT_SAID
    if found.low <= 0 <= found.high:
        return f"{days_words(found)}: no difference to be seen"
    return days_words(found)


def band_words(point: CurvePoint) -> str:
    """Write the interval of a point of the curve: 8.3% … 12.1%."""
    return f"{100 * point.low:.1f}% … {100 * point.high:.1f}%"


def listed(curve: tuple[CurvePoint, ...]) -> Iterator[tuple[int, CurvePoint]]:
    """The curve at some days, as far as it is known."""
    for day in LISTED_DAYS:
        reached = [point for point in curve if point.days <= day]
        if reached and day <= curve[-1].days:
            yield day, reached[-1]


def _plain(number: float) -> str:
    return f"{number:,.2f}".replace("-", MINUS)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
