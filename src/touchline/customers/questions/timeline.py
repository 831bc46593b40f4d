"""One page of a customer's timeline: visits with their events, and the events outside any visit, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from touchline.customers.questions.who import Who
from touchline.customers.rules.timeline import Entry, JourneyPart, NamedObject, TimelineEvent, TimelinePage
from touchline.customers.topics import TOPIC_OF, TOPICS
from touchline.engine.store import Store
from touchline.events.facade import CHANNELS, DEVICES, NO_CONTACT, SIGNALS

EVENTS_SHOWN: Final = 40
"""Of one visit."""
SIGNAL_MINUTES: Final = 30
"""How long after the last contact of a visit a signal still belongs to it: as long as visits may pause by default."""

TOPIC: Final = """case when e.metric is not null then 'answers'
  else coalesce($topic_of[list_position($names, lower(k.name))], 'visits') end"""
NAMES_AND_TOPICS: Final = {"names": list(TOPIC_OF), "topic_of": list(TOPIC_OF.values())}
"""The parameters of TOPIC."""

EVENT: Final = f"""
[e.id::varchar, k.name, {TOPIC}, k.channel, k.source, k.page, k.label, e.campaign, e.metric, e.text, e.currency],
e.time, e.score, e.score_min, e.score_max, e.value, coalesce(e.objects, [])
"""
"""What `event_of` reads."""

_ENTRIES: Final = f"""
with mine as materialized (
  select e.seq, e.id, e.time, e.kind, k.name, k.channel, e.device, {TOPIC} as topic, list_contains($signals, k.name) as is_signal
  from events e join kinds k using (kind)
  where e.who in (select unnest($identifiers))
),
stays as materialized (
  select row_number() over (order by time, rowid) as visit, time, ended, touchpoint, channel, device, journey, events,
    first_event
  from visits where customer = $customer
),
inside as materialized (
  select m.seq, any_value(m.time) as time, any_value(m.topic) as topic,
    coalesce(min(s.visit) filter (where s.first_event = m.id), min(s.visit)) as visit, false as is_signal
  from mine m
  join kind_touchpoints t on t.kind = m.kind and t.is_visit
  join stays s on s.touchpoint = t.touchpoint and m.time between s.time and s.ended
  group by m.seq
  union all
  select m.seq, m.time, m.topic, s.visit, true
  from (from mine where is_signal) m asof join stays s on m.time >= s.time
  where m.time <= s.ended + to_minutes({SIGNAL_MINUTES})
),
entries as materialized (
  select s.visit, null as seq, s.time, s.ended, s.touchpoint, $channels[s.channel + 1] as channel,
    $devices[s.device + 1] as device, s.journey,
    s.events + count(*) filter (where i.is_signal) as events,
    ['visits'] || coalesce(list_sort(list(distinct i.topic) filter (where i.topic <> 'visits')), []) as topics
  from stays s left join inside i using (visit)
  group by s.visit, s.time, s.ended, s.touchpoint, s.channel, s.device, s.journey, s.events
  union all
  select null, m.seq, m.time, m.time, null, m.channel, coalesce(m.device, 'unknown'), null, 1, [m.topic]
  from mine m anti join inside using (seq)
)
"""
"""A visit's events are those of its touchpoint between its ends; of several visits of one moment an event's is the one it
began, else the first. Signals of a page (a rage click, an error) are no contact: they belong to the visit going on."""

_PAGE: Final = f"""{_ENTRIES},
page as materialized (
  select *, count(*) over () as total, row_number() over (order by time desc, visit desc nulls last, seq desc) as place
  from entries
  where ($channel = '' or channel = $channel)
    and ($topic = '' and topics <> ['profile'] or list_contains(topics, $topic))
  order by place limit $limit offset $offset
),
shown as (
  select place, i.seq from page p join inside i using (visit)
  qualify row_number() over (partition by place order by i.time, i.seq) <= {EVENTS_SHOWN}
  union all
  select place, seq from page where visit is null
),
told as (
  select s.place, list(row({EVENT}) order by e.time, e.seq) as events
  from shown s join events e on e.seq = s.seq join kinds k using (kind)
  group by s.place
),
whole as (
  select (select count(*) from mine) as events,
    (select min(time) from mine where not list_contains($silent, name)) as first_seen,
    (select max(time) from mine where not list_contains($silent, name)) as last_seen,
    (select list(distinct channel) from entries) as channels,
    (select list_distinct(flatten(list(topics))) from entries) as topics
)
select w.events, w.first_seen, w.last_seen, w.channels, w.topics, p.total,
  p.time, p.ended, coalesce(t.id, ''), coalesce(t.name, ''), coalesce(t.stage, ''), p.channel, p.device, p.journey,
  p.topics, p.events, coalesce(told.events, [])
from whole w left join page p on true left join touchpoints t on t.position = p.touchpoint left join told using (place)
order by place
"""
"""One row at least: what is true of all entries stands in front of each."""

_JOURNEYS: Final = """
select v.journey, min(v.time), max(v.ended), count(*), coalesce(any_value(t.name), any_value(v.intent))
from visits v left join touchpoints t on t.id = v.intent
where v.customer = $customer and list_contains($journeys, v.journey)
group by v.journey order by v.journey desc
"""


@dataclass(frozen=True)
class Seen:
    """When a customer was seen, and how much they did."""

    events: int
    first: datetime | None
    last: datetime | None


def timeline_page(
    store: Store, who: Who, channel: str, topic: str, offset: int, limit: int
) -> tuple[TimelinePage, Seen]:
    """Return the entries from `offset` on, of one channel and topic; '' is every channel, and all but mere facts."""
    asked = {"channel": channel, "topic": topic, "offset": offset, "limit": limit}
    rows = store.rows(_PAGE, {"customer": who.customer, "identifiers": who.numbers, **_WORDS, **asked})
    events, first, last, channels, topics, total = rows[0][:6]
    entries = tuple(_entry(row[6:]) for row in rows if total)
    journeys = sorted({each.journey for each in entries if each.journey is not None})
    parts = store.rows(_JOURNEYS, {"customer": who.customer, "journeys": journeys}) if journeys else []
    page = TimelinePage(
        entries=entries,
        journeys=tuple(JourneyPart(*row) for row in parts),
        channels=tuple(each for each in CHANNELS if each in (channels or ())),
        topics=tuple(each for each in TOPICS if each in (topics or ())),
        total=total or 0,
        offset=offset,
        limit=limit,
    )
    return page, Seen(events, first, last)


def _entry(row: tuple[Any, ...]) -> Entry:
    time, ended, touchpoint_id, touchpoint, stage_id, channel, device, journey, topics, events, told = row
    return Entry(
        time, ended, touchpoint_id, touchpoint, stage_id, channel, device, journey, tuple(topics), events,
        tuple(map(event_of, told)),
    )  # fmt: skip


def event_of(row: tuple[Any, ...]) -> TimelineEvent:
    """Read what EVENT selects."""
    id_, name, topic, channel, source, page, label, campaign, metric, text, currency = row[0]
    time, score, score_min, score_max, value, objects = row[1:]
    named = tuple(NamedObject(each["type"], each["id"]) for each in objects)
    return TimelineEvent(
        id_, time, name, topic, channel, source, page, label, campaign, metric, score, score_min, score_max, text, value,
        currency, named,
    )  # fmt: skip


_WORDS: Final = {
    **NAMES_AND_TOPICS,
    "channels": list(CHANNELS),
    "devices": list(DEVICES),
    "silent": sorted(NO_CONTACT),
    "signals": sorted(each for each in SIGNALS if TOPIC_OF[each.lower()] != "consent"),
}
