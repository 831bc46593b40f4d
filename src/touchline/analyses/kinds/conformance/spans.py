"""Which journeys a question compares."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from touchline.analyses.kinds.conformance.rows import Span
from touchline.analyses.questions.reading import Reading

MICROSECONDS_PER_DAY = 86_400_000_000


def span_of(reading: Reading) -> Span:
    """Take the days of the scope (UTC) and the longest pause of the definition."""
    start, end = reading.scope.start or date(1970, 1, 1), reading.scope.end or reading.data_until.date()
    return Span(
        first=_microseconds(datetime.combine(start, time())),
        last=_microseconds(datetime.combine(end, time())) + MICROSECONDS_PER_DAY,
        data_until=_microseconds(reading.data_until),
        gap=round(reading.definition.gap_days * MICROSECONDS_PER_DAY),
    )


def _microseconds(moment: datetime) -> int:
    return (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
