"""How many events arrived lately, by when the store got them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from touchline.engine.store import Store


@dataclass(frozen=True)
class Arrivals:
    """Counts of a stretch of time in equal parts, the earliest first; the last part is still running."""

    since: datetime
    """UTC, without zone."""
    part: timedelta
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


def arrivals(
    store: Store, import_ids: Sequence[int], now: datetime, part: timedelta, parts: int
) -> dict[int, Arrivals]:
    """Of each sender (named by its record), what arrived in the last `parts` parts; `now` is UTC, without zone."""
    running = now - timedelta(seconds=now.replace(tzinfo=UTC).timestamp() % part.total_seconds())
    since = running - (parts - 1) * part
    counted = {import_id: [0] * parts for import_id in import_ids}
    rows = store.rows(
        "select import_id, floor(epoch(received - $since) / $seconds)::int, count(*) from events"
        " where received >= $since and list_contains($ids, import_id) group by all",
        {"since": since, "seconds": part.total_seconds(), "ids": list(import_ids)},
    )
    for import_id, at, count in rows:
        counted[import_id][min(at, parts - 1)] += count  # a clock that was set back since
    return {import_id: Arrivals(since, part, tuple(counts)) for import_id, counts in counted.items()}
