-- What is collected live: who may send it, and what was refused. Bodies wait in the journal, a file of its own.

create sequence write_key_seq start 1;
create sequence rejection_seq start 1;

-- A write key lets a site, an app or a server send events; it can do nothing else.
create table write_keys (
  key_id            integer not null,
  name              varchar not null,        -- what sends with it, e.g. 'Shop website'
  origins           varchar not null,        -- JSON list: origins of pages that may send; '*' any; empty: no page, servers only
  events_per_second integer not null,
  created           timestamp not null,
  revoked           timestamp,               -- since then it opens nothing
  import_id         integer not null         -- the record in `imports` under which its events are counted
);

-- The secrets of a write key, hashed. Rotating adds one and lets the older ones run out later, so that nothing is lost between.
create table write_key_tokens (
  key_id  integer not null,
  hash    varchar not null,                  -- SHA-256 of the token, hexadecimal: it has 190 random bits of its own
  hint    varchar not null,                  -- its last four characters, so that people can tell two apart
  created timestamp not null,
  expires timestamp                          -- null: does not run out
);

-- Single events that could not be stored as they came: kept whole, with the reason, until they are sent again or dropped.
create table rejections (
  rejection_id bigint not null,
  received     timestamp not null,
  key_id       integer not null,
  door         varchar not null,
  code         varchar not null,             -- one of collection.rules.problems
  reason       varchar not null,             -- a sentence
  message_id   varchar,
  content      varchar not null,             -- as it came; bytes that are no UTF-8 are replaced
  resolved     timestamp,                    -- when it was stored after all, or dismissed
  outcome      varchar                       -- stored, dismissed
);
