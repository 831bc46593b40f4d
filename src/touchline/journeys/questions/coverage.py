"""What lies beside the visits: the span of the data, events no touchpoint covers, counts without people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.sums import Sums
from touchline.events.facade import UNDATED
from touchline.journeys.questions.asked import Asked
from touchline.journeys.rules.counts import KindCount, SeriesSum, UnmappedCounts

MOST_FREQUENT = 10

SPAN = """
select min(first), max(last) from (
  select min(time) as first, max(time) as last from events where time <> $undated
  union all select min(time), max(ended) from visits
  union all select min(time), max(time) from responses
)
"""

KINDS = """
select v.kind, count(*)
from events v
where v.time >= $start and v.time < $end and {bucket}
  and not exists (from kind_touchpoints t where t.kind = v.kind and t.touchpoint is null and not t.is_answer)
group by v.kind
"""
"""Without the kinds that the definition says to ignore: they have a row that names no touchpoint and holds no answer."""

UNMAPPED = """
select k.kind, k.name, k.channel, k.page, k.label
from kinds k
where not exists (from kind_touchpoints t where t.kind = k.kind)
"""

CUSTOMERS = """
select e.kind, count(distinct i.customer)
from events e join identities i on i.identifier = e.who
where e.time >= $start and e.time < $end and list_contains($kinds, e.kind)
group by e.kind
"""

SERIES = """
select t.touchpoint, v.measure, coalesce(v.label, ''), sum(v.amount), count(*)
from series v join (select distinct kind, touchpoint from kind_touchpoints where touchpoint is not null) t on t.kind = v.kind
where v.time >= $start and v.time < $end and {bucket}
group by t.touchpoint, v.measure, coalesce(v.label, '')
"""

LAST_EVENTS = """
select touchpoint, max(last) from (
  select touchpoint, max(ended) as last from visits group by touchpoint
  union all select touchpoint, max(time) from responses where touchpoint is not null group by touchpoint
) group by touchpoint
"""


@dataclass(frozen=True)
class Span:
    """First and last moment of all data, naive UTC; None where there are none."""

    first: datetime | None
    last: datetime | None


def span(store: Store) -> Span:
    """From when until when there are data."""
    return Span(*(store.row(SPAN, {"undated": UNDATED.replace(tzinfo=None)}) or (None, None)))


def unmapped(store: Store, asked: Asked, buckets: int = 1) -> UnmappedCounts:
    """Events of the period that no touchpoint covers. Looks at every event, whatever the other filters say."""
    period = {"start": asked.start, "end": asked.end}
    by_kind = run(Sums(KINDS, 1, period, bucket_by="v.who"), store, buckets)
    events = {kind: count for (kind,), (count,) in by_kind.items()}
    outside = [row for row in store.rows(UNMAPPED) if events.get(row[0])]
    outside.sort(key=lambda row: (-events[row[0]], row[1], row[2]))
    frequent = outside[:MOST_FREQUENT]
    customers = dict(store.rows(CUSTOMERS, {**period, "kinds": [row[0] for row in frequent]})) if frequent else {}
    return UnmappedCounts(
        events=sum(events.values()),
        unmapped=sum(events[row[0]] for row in outside),
        kinds=tuple(KindCount(*(*row, events[row[0]], customers.get(row[0], 0))) for row in frequent),
    )


def series(store: Store, asked: Asked, buckets: int = 1) -> tuple[SeriesSum, ...]:
    """Counts that name no person, added up over the period."""
    question = Sums(SERIES, 3, {"start": asked.start, "end": asked.end}, bucket_by="v.import_id")
    return tuple(SeriesSum(*key, *figures) for key, figures in sorted(run(question, store, buckets).items()))


def last_events(store: Store) -> dict[int, datetime]:
    """When each touchpoint last saw a visit or an answer, in all data."""
    return dict(store.rows(LAST_EVENTS))
