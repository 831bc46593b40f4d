-- What happened to customers, in order: the kinds that can be contacts or decide about some, and every answer.
-- Events of one moment are put in order afterwards: with the id among the keys the sort takes twice as long.
-- Device numbers are positions in events.vocabulary.DEVICES.
select
  e.customer,
  epoch_us(e.time) as time,
  e.kind,
  case e.device when 'desktop' then 1 when 'mobile' then 2 when 'tablet' then 3 else 0 end::utinyint as device,
  coalesce(campaign_numbers.number, 0) as campaign,
  coalesce((e.value * 10000)::bigint, 0) as value,
  case when e.value is null then 0 else coalesce(currency_numbers.number, 1) end::smallint as currency,
  (e.id >> 64)::ubigint as id_high,
  (e.id & 18446744073709551615::uhugeint)::ubigint as id_low,
  case when e.order_id is null then 0 else hash(e.order_id) end::ubigint as order_number,
  e.is_answer::utinyint as is_answer,
  (e.is_answer and coalesce(e.metric = $about_the_whole, false))::utinyint as is_about_the_whole {properties}
from (
  select
    identities.customer,
    events.time, events.id, events.kind, events.device, events.campaign, events.value, events.currency,
    events.properties, events.metric,
    kind_plan.relevant,
    case when kind_plan.by_order then list_filter(events.objects, lambda o: o.type = 'order')[1].id end as order_id,
    events.score is not null or events.text is not null as is_answer
  from events
  join identities on identities.identifier = events.who
  join kind_plan using (kind)
  {customers}
) as e
left join campaign_numbers using (campaign)
left join currency_numbers using (currency)
where e.relevant or e.is_answer
order by e.customer, epoch_us(e.time)
