-- How good identities are, and accounts (organisations) with their members. docs/adr/0010-identity.md

-- Identifiers that a guard kept from joining people. Derived with `identities`.
create table refused_identifiers (
  identifier integer not null,
  guard      utinyint not null               -- code of customers/rules/guards.py
);

-- Links taken back and put on again, by whom is not known: nobody logs in yet.
create table link_switches (a integer not null, b integer not null, active boolean not null, time timestamp not null);

-- What people said about sampled pairs of identifiers that were joined. The pair is kept by name: numbers may change.
create table audited_pairs (
  month   varchar not null,                  -- '2026-03'
  rule    varchar not null,                  -- 'email and user_id'
  a_type  varchar not null,
  a_value varchar not null,
  b_type  varchar not null,
  b_value varchar not null,
  judgement varchar not null,                -- same, different or unknown
  judged  timestamp not null
);

-- Which accounts the events of an identifier name, and how often. Derived from events, bit by bit.
create table account_mentions (
  who    integer not null,
  key    varchar not null,                   -- the account's id or name as files have it: in lower case, single blanks
  spelt  varchar not null,                   -- as the latest event spells it
  named  varchar,                            -- the name that a group call gives this id
  event  varchar not null,                   -- name of the events, e.g. 'Account Joined'
  source varchar not null,
  first  timestamp not null,
  latest timestamp not null,
  last_event uhugeint not null,
  events bigint not null
);

-- Accounts: one row per id or name that occurs. A plain name that one id alone is called by is that account.
create table accounts (
  number  integer not null,                  -- of this row; kept while the key occurs
  key     varchar not null,
  account integer not null,                  -- the number this key belongs to
  name    varchar not null                   -- of the account
);

-- What profiles say about the customer's company; traits hold text, or the object that Segment's libraries send.
create view account_traits as
select customer, lower(regexp_replace(trim(spelt), '\s+', ' ', 'g')) as key, spelt, named, time
from (
  select customer, time,
    case when value like '{%' then coalesce(value ->> '$.id', value ->> '$.name') else value end as spelt,
    case when value like '{%' then value ->> '$.name' end as named
  from (
    select customer, arg_max(value, (time, value)) as value, max(time) as time
    from traits
    where lower(key) in ('account', 'company', 'organization', 'organisation')
    group by customer
  )
)
where trim(spelt) <> '';

-- Who belongs to which account since when and why. A customer's main account is the latest that an event names, else
-- that of the profile; questions count a customer for the main one only.
create view account_members as
with by_event as (
  select
    identities.customer, accounts.account,
    min(mentions.first) as since, max(mentions.latest) as latest,
    arg_max(mentions.last_event, (mentions.latest, mentions.last_event)) as last_event,
    arg_min(mentions.event, (mentions.first, mentions.event)) as reason,
    arg_min(mentions.source, (mentions.first, mentions.event, mentions.source)) as source,
    arg_max(mentions.event, (mentions.latest, mentions.last_event)) = 'Account Removed User' as has_left
  from account_mentions mentions
  join identities on identities.identifier = mentions.who
  join accounts using (key)
  group by all
),
named as (
  select customer, account, since, latest, last_event, reason, source, true as by_event
  from by_event where not has_left
  union all
  select customer, account, time, time, 0::uhugeint, 'Profile Updated', 'profile', false
  from account_traits join accounts using (key)
  anti join by_event using (customer, account)
)
select
  account, customer, since, latest, reason, source,
  row_number() over (partition by customer order by by_event desc, latest desc, last_event desc, account) = 1 as main
from named;
