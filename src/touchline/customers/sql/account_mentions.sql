-- What events say about accounts: one row per identifier, account, name of the events and source.
select
  who,
  lower(regexp_replace(trim(id), '\s+', ' ', 'g')) as key,
  arg_max(trim(id), (time, event)) as spelt,
  arg_max(named, (time, event)) filter (where named <> '') as named,
  name as event,
  source,
  min(time) as first,
  max(time) as latest,
  arg_max(event, (time, event)) as last_event,
  count(*) as events
from (
  select
    events.who, events.time, events.id as event, kinds.name, kinds.source,
    unnest(list_filter(events.objects, lambda o: o.type = 'account')).id as id,
    case when kinds.name = 'Account Joined' then trim(try_cast(events.properties as json) ->> '$.name') end as named
  from events
  join kinds using (kind)
  where events.who is not null and events.objects is not null and {which} and len(list_filter(events.objects, lambda o: o.type = 'account')) > 0
)
where not regexp_matches(id, $no_account)
group by all
