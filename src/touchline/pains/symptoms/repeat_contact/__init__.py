"""Getting in touch again soon: the first contact did not settle it."""

from __future__ import annotations

from touchline.pains.symptoms.settled import SettledSymptom

SYMPTOM = SettledSymptom(
    name="repeat_contact",
    title="Repeat contact",
    happened="customers had to get in touch again within a week",
    tells="Bad: a contact with service was followed by another one of the same customer within 7 days. Fine: it was not. What "
    "follows counts from the seventh day on, for both.",
    days=7,
    sql="""
with contacts as (
  select distinct i.customer, e.time
  from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in ('ticket created', 'live chat conversation started') and {bucket}
)
select customer::bigint as customer, epoch_us(time) as time,
  coalesce(lead(time) over (partition by customer order by time) <= time + to_days($days), false)::double as value
from contacts order by all
""",
)
