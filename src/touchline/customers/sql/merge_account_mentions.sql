-- Put what new events say with what is known: the same row again is one row.
create or replace temp table merged_mentions as
select
  who, key,
  arg_max(spelt, (latest, last_event)) as spelt,
  arg_max(named, (latest, last_event)) filter (where named is not null) as named,
  event, source,
  min(first) as first, max(latest) as latest,
  arg_max(last_event, (latest, last_event)) as last_event,
  sum(events)::bigint as events
from (
  from account_mentions where who in (select who from new_mentions)
  union all
  from new_mentions
)
group by all
