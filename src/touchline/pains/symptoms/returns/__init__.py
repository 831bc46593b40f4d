"""Orders that were sent back or refunded."""

from __future__ import annotations

from touchline.pains.symptoms.settled import SettledSymptom

SYMPTOM = SettledSymptom(
    name="returns",
    title="Returns",
    happened="the order was sent back or refunded",
    tells="Bad: money of the order placed in this visit was given back within 30 days. Fine: it was not. What follows counts "
    "from the thirtieth day on, for both.",
    days=30,
    sql="""
with told as (
  select i.customer, e.time, lower(k.name) as name, list_filter(e.objects, lambda o: o.type = 'order')[1].id as number
  from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in ('order completed', 'purchase', 'order refunded', 'payment refunded') and {bucket}
)
select a.customer::bigint as customer, epoch_us(a.time) as time,
  max(coalesce(b.time >= a.time and b.time <= a.time + to_days($days), false))::double as value
from told a
left join told b on b.customer = a.customer and b.number = a.number and b.name in ('order refunded', 'payment refunded')
where a.name in ('order completed', 'purchase') and a.number is not null
group by all order by all
""",
)
