"""Questions about visits that look at one visit at a time."""

from __future__ import annotations

from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.sums import Sums
from touchline.journeys.questions.asked import Asked
from touchline.journeys.rules.counts import PlaceCounts, ValueSum

PLACES = """
select v.touchpoint, v.channel, count(*), sum(v.events)::bigint, count(v.previous_channel),
  count(*) filter (where v.previous_channel <> v.channel)
from visits v
where {scope} and {bucket}
group by v.touchpoint, v.channel
"""

PREVIOUS = """
select v.previous, v.touchpoint, count(*)
from visits v
where v.previous is not null and {scope} and {bucket}
group by v.previous, v.touchpoint
"""

VALUES = """
select v.touchpoint, coalesce(v.currency, ''), sum(v.value)
from visits v
where v.value is not null and {scope} and {bucket}
group by v.touchpoint, coalesce(v.currency, '')
"""


def places(store: Store, asked: Asked, buckets: int = 1) -> tuple[PlaceCounts, ...]:
    """How many visits and events each touchpoint has in each channel, and how many came over from another one."""
    found = run(_in_scope(PLACES, asked, keys=2), store, buckets)
    return tuple(PlaceCounts(*key, *figures) for key, figures in sorted(found.items()))


def steps_before(store: Store, asked: Asked, buckets: int = 1) -> dict[tuple[int, int], int]:
    """How often each touchpoint (second) was reached from each other one (first) in the same journey."""
    found = run(_in_scope(PREVIOUS, asked, keys=2), store, buckets)
    return {key: figures[0] for key, figures in sorted(found.items())}


def values(store: Store, asked: Asked, buckets: int = 1) -> tuple[ValueSum, ...]:
    """What the visits of each touchpoint were worth, per currency."""
    found = run(_in_scope(VALUES, asked, keys=2), store, buckets)
    return tuple(ValueSum(*key, *figures) for key, figures in sorted(found.items()))


def _in_scope(sql: str, asked: Asked, keys: int) -> Sums:
    return Sums(sql.replace("{scope}", asked.scope.sql), keys, dict(asked.scope.parameters))
