-- Every id and name under which accounts occur. A name that exactly one other key is called by belongs to that key's account.
with spellings as (
  select key, spelt, named, latest, last_event, first from account_mentions
  union all
  select key, spelt, named, time, 0::uhugeint, time from account_traits where not regexp_matches(spelt, $no_account)
),
keys as (
  select
    key,
    arg_max(spelt, (latest, last_event, spelt)) as spelt,
    arg_max(named, (latest, last_event, named)) filter (where called_by <> key) as named,
    arg_max(called_by, (latest, last_event, named)) filter (where called_by <> key) as called_by,
    min(first) as first
  from (select *, lower(regexp_replace(named, '\s+', ' ', 'g')) as called_by from spellings)
  group by key
),
called as (
  select called_by as key, min(key) as of
  from keys
  where called_by is not null
  group by called_by
  having count(*) = 1
),
numbered as (
  select
    keys.*,
    coalesce(
      accounts.number,
      (select coalesce(max(number), 0) from accounts)
        + row_number() over (partition by accounts.number is null order by keys.first, keys.key)
    )::integer as number
  from keys left join accounts using (key)
)
select
  numbered.number,
  numbered.key,
  coalesce(whole.number, numbered.number) as account,
  coalesce(whole.named, numbered.named, numbered.spelt) as name
from numbered
left join called on called.key = numbered.key and numbered.named is null
left join numbered as whole on whole.key = called.of
order by number
