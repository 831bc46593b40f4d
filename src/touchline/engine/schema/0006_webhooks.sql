-- Webhooks in: write keys that open one address of one kind, and only for deliveries signed with a secret.

create table webhooks (
  key_id  integer not null,
  kind    varchar not null,                  -- a folder under collection/doors
  mapping varchar                            -- how bodies of no named kind become events, as JSON; null: not confirmed yet
);

-- What deliveries are signed with. A signature can only be checked by who has the secret itself, so it cannot be hashed.
-- Several hold at once while a secret is being replaced.
create table webhook_secrets (
  key_id  integer not null,
  secret  varchar not null,
  hint    varchar not null,                  -- its last four characters
  created timestamp not null,
  expires timestamp                          -- null: does not run out
);

-- Facts that their sender tells anew whenever they change: how new the telling is that the store has.
create table retold_facts (
  source varchar not null,
  key    varchar not null,                   -- natural key of the event within its source
  as_of  timestamp not null
);
