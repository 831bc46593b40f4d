"""Questions that came back after the help desk had called them solved."""

from __future__ import annotations

from touchline.pains.symptoms.settled import SettledSymptom

SYMPTOM = SettledSymptom(
    name="reopened_case",
    title="Reopened case",
    happened="the question came back after it was called solved",
    tells="Bad: the question asked in this visit was reopened within 14 days. Fine: it was not. What follows counts from the "
    "fourteenth day on, for both.",
    days=14,
    sql="""
with told as (
  select i.customer, e.time, lower(k.name) as name, list_filter(e.objects, lambda o: o.type = 'case')[1].id as number
  from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in ('ticket created', 'ticket reopened') and {bucket}
)
select a.customer::bigint as customer, epoch_us(a.time) as time,
  max(coalesce(b.time > a.time and b.time <= a.time + to_days($days), false))::double as value
from told a left join told b on b.customer = a.customer and b.number = a.number and b.name = 'ticket reopened'
where a.name = 'ticket created' and a.number is not null
group by all order by all
""",
)
