"""Who bought, and who of the first-time buyers came back."""

from __future__ import annotations

from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.sums import Grouped, Sums
from touchline.formulas.repeat_purchase import WINDOW_DAYS
from touchline.metrics.questions.period import Asked, slice_of
from touchline.metrics.rules import SLICES, Compared, Part

ORDER_KINDS = "select kind from kinds where lower(name) in ('order completed', 'purchase')"

VISITORS = f"""
select v.customer, bit_or(1::integer << {slice_of("v.time")}) as slices
from visits v
where {{scope}} and {{bucket}}
group by v.customer
"""
"""One bit for each slice of the period in which a customer was seen."""

BUYERS = f"""
select v.customer, bit_or(1::integer << {slice_of("e.time")}) as slices
from events e join identities v on v.identifier = e.who
where e.kind in ({ORDER_KINDS}) and e.time >= $start and e.time < $end and {{bucket}}
group by v.customer
"""

CONVERSION = f"""
with seen as (
  select v.slices, coalesce(b.slices, 0) as bought from ({VISITORS}) v left join ({BUYERS}) b using (customer)
)
select number, count(*) filter (where (slices >> number) & 1 = 1),
  count(*) filter (where ((slices & bought) >> number) & 1 = 1)
from seen, range({SLICES}) r(number) group by number
union all
select -1, count(*), count(*) filter (where bought > 0) from seen
"""

ORDERS = f"""
select distinct v.customer, e.time,
  coalesce(list_filter(e.objects, lambda o: o.type = 'order')[1].id, e.time::varchar) as number
from events e join identities v on v.identifier = e.who
where e.kind in ({ORDER_KINDS}) and {{bucket}}
"""
"""Several events of one order, or of one moment, are one order."""

FIRST_ORDERS = f"""
with orders as (select customer, number, min(time) as time from ({ORDERS}) group by customer, number),
numbered as (
  select customer, time, lead(time) over w as second, row_number() over w as place
  from orders window w as (partition by customer order by time, number)
)
select v.customer, v.time, v.second, v.time + to_days({WINDOW_DAYS}) as followed_until,
  coalesce(v.second <= followed_until, false) as came_back
from numbered v
where v.place = 1
"""
"""Each customer's first order in all data, and the one after it."""

IN_PERIOD = """
select * from ({first_orders})
where followed_until >= $start and followed_until < $end and followed_until <= $data_until
  and {people}
"""
"""A first-time buyer belongs to the period in which the 90 days run out: so everybody counted was followed wholly."""

REPEAT = f"""
select {slice_of("followed_until")} as slice, count(*), count(*) filter (where came_back)
from ({IN_PERIOD}) group by all
"""


def conversion_counts(store: Store, now: Asked, before: Asked | None, buckets: int = 1) -> Compared:
    """Count visitors of the period and the buyers among them; within a slice, those of the slice."""
    found = _run(store, CONVERSION, now, buckets)
    past = None if before is None else _part(_run(store, CONVERSION, before, buckets), -1)
    return Compared(_part(found, -1), past, [_part(found, number) for number in range(SLICES)])


def repeat_counts(store: Store, now: Asked, before: Asked | None, buckets: int = 1) -> Compared:
    """Count first-time buyers whose 90 days ran out in the period, and those of them who came back within these."""
    found = _run(store, repeat_sql(REPEAT), now, buckets)
    past = None if before is None else _all(_run(store, repeat_sql(REPEAT), before, buckets))
    return Compared(_all(found), past, [_part(found, number) for number in range(SLICES)])


def repeat_sql(sql: str) -> str:
    """Put the first orders into a text."""
    return sql.replace("{first_orders}", FIRST_ORDERS)


def _run(store: Store, sql: str, asked: Asked, buckets: int) -> Grouped:
    text = sql.replace("{scope}", asked.clause.sql).replace("{people}", asked.people_sql)
    return run(Sums(text, 1, asked.parameters), store, buckets)


def _part(found: Grouped, number: int) -> Part:
    could, did = found.get((number,), (0, 0))
    return did, could


def _all(found: Grouped) -> Part:
    return sum(did for _, did in found.values()), sum(could for could, _ in found.values())
