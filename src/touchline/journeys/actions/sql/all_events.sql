-- The events of customers numbered from $low to below $high, as contacts.sql wants them.
select
  identities.customer,
  events.time, events.id, events.kind, events.device, events.campaign, events.value, events.currency, events.properties,
  case when kind_plan.by_order then list_filter(events.objects, lambda o: o.type = 'order')[1].id end as order_id,
  events.score is not null or events.text is not null as is_answer
from events
join identities on identities.identifier = events.who
join kind_plan using (kind)
where identities.customer >= $low and identities.customer < $high
