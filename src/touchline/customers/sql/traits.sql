-- The latest value per customer and key; of values of one moment the event with the larger id wins.
with facts as (
  select
    identities.customer,
    events.time,
    events.id,
    unnest(map_entries(try_cast(events.properties as json)::map(varchar, json))) as fact
  from events
  join kinds using (kind)
  join identities on identities.identifier = events.who
  where kinds.name = 'Profile Updated' and identities.customer in (select customer from trait_customers)
)
select
  customer,
  fact.key as key,
  arg_max(fact.value ->> '$', (time, id)) as value,
  max(time) as time
from facts
where fact.value is not null
group by all
order by all
