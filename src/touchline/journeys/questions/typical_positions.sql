-- Where in their customers' histories the events of each kind without a touchpoint lie: 0 first, 1 last, on average.
with ordered as (
  select
    e.kind,
    row_number() over (partition by i.customer order by e.time, e.id) - 1 as before,
    count(*) over (partition by i.customer) - 1 as others
  from events e join identities i on i.identifier = e.who
)
select k.name, k.channel, k.page, k.label, count(*) as events, avg(if(others > 0, before / others, 0.5)) as position
from ordered join kinds k using (kind)
where not exists (from kind_touchpoints t where t.kind = k.kind)
group by k.kind, k.name, k.channel, k.page, k.label
order by events desc, k.name, k.channel, k.page, k.label
limit $most
