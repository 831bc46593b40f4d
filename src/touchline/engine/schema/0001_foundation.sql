-- The store of one workspace. docs/adr/0002-engine.md says why it looks like this.
-- Times are UTC without a zone. `seq` grows with every row written: derived tables remember up to where they have read.

create table meta (key varchar not null, value varchar not null);

create sequence event_seq start 1;
create sequence import_seq start 1;

-- What was read, from where, and what became of its rows: rows = imported + quarantined + skipped.
create table imports (
  import_id   integer not null,
  file        varchar not null,            -- as the user named it
  source      varchar not null,            -- folder name under events/sources, or 'table' for a mapped file
  fingerprint varchar not null,            -- of the content: the same file again is recognised
  bytes       bigint not null,
  status      varchar not null,            -- running, done, interrupted, failed
  started     timestamp not null,
  finished    timestamp,
  rows        bigint not null default 0,
  imported    bigint not null default 0,   -- of which `updated` replaced an older version of the same fact
  updated     bigint not null default 0,
  quarantined bigint not null default 0,
  skipped     bigint not null default 0,
  skip_reasons varchar not null default '{}',  -- JSON: reason -> rows
  position    bigint not null default 0,   -- rows committed so far: where a resumed import goes on
  time_zone   varchar not null,            -- assumed for times without one
  columns     varchar not null default '[]', -- JSON list: the file's header, for trying quarantined rows again
  with_customer bigint not null default 0, -- rows that can be joined to a person
  notes       varchar not null default '[]' -- JSON list of sentences for the user
);

create table quarantine (
  import_id integer not null,
  line      bigint not null,               -- physical line of the file (row of the sheet for XLSX)
  reason    varchar not null,              -- a sentence: what was found and what was expected
  content   varchar not null,              -- JSON: header -> cell, as read
  resolved  boolean not null default false
);

-- One row per distinct header shape the user has confirmed.
create table mappings (
  header_key varchar not null,             -- normalised header names, joined
  mapping    varchar not null,             -- JSON of events.rules.Mapping
  saved      timestamp not null
);

-- Every distinct (name, channel, page, label, source): events carry the small number, rules are matched here first.
create table kinds (
  kind    integer not null,
  name    varchar not null,                -- vocabulary name, e.g. 'Product Viewed'
  channel varchar not null,
  page    varchar,                         -- path without query and trailing slash
  label   varchar,                         -- what the file itself calls the touchpoint
  source  varchar not null
);

-- Anything that names a customer: (email, ada@example.org), (user_id, 42) ...
create table identifiers (
  identifier integer not null,
  type       varchar not null,
  value      varchar not null
);

create table events (
  seq        bigint not null,
  id         uhugeint not null,            -- hash of source and natural key: the same fact again is the same event
  time       timestamp not null,
  received   timestamp not null,
  who        integer,                      -- identifiers.identifier; null: nobody can be named
  kind       integer not null,
  device     varchar,                      -- desktop, mobile, tablet
  campaign   varchar,
  metric     varchar,                      -- nps, csat, ces, stars, rating: what `score` answers
  score      double,
  score_min  double,
  score_max  double,
  text       varchar,
  language   varchar,
  value      decimal(18, 4),
  currency   varchar,
  objects    struct(type varchar, id varchar)[],
  session    varchar,
  properties varchar,                      -- JSON object
  import_id  integer not null,
  line       bigint not null
);

-- What was taken back since: an event that was replaced or erased (its id, and whom it named), or an identifier that
-- now belongs to another customer (event is null). seq comes from event_seq; derived tables rebuild these people.
create table revisions (
  seq   bigint not null,
  who   integer,
  event uhugeint
);

-- Counts that name no person (campaign reports): evidence beside a touchpoint, never people.
create table series (
  id        uhugeint not null,
  time      timestamp not null,
  kind      integer not null,
  measure   varchar not null,              -- e.g. 'deliveries', 'unique_clicks'
  amount    double not null,
  label     varchar,                       -- e.g. the campaign's title
  import_id integer not null,
  line      bigint not null
);

-- Identity: the edges are the truth, `identities` is derived from them and can be rebuilt at any time.
create table links (
  a         integer not null,              -- identifiers.identifier
  b         integer not null,
  reason    varchar not null,              -- e.g. 'same order row'
  source    varchar not null,
  import_id integer not null,
  line      bigint not null,
  time      timestamp not null,
  active    boolean not null default true  -- undoing a link switches it off and keeps the record
);

create table identities (identifier integer not null, customer integer not null);

-- Latest known facts about a customer (country, tags, ...): derived from 'Profile Updated' events.
create table traits (customer integer not null, key varchar not null, value varchar not null, time timestamp not null);

-- The touchpoints of the journey definition in force, so that filters can name them (visited("cart")).
create table touchpoints (
  position smallint not null,              -- in the definition, 0-based: what visits.touchpoint holds
  id       varchar not null,
  name     varchar not null,
  stage    varchar not null                -- id of its stage
);

-- Where each kind of event belongs, by the journey definition in force. No row: unmapped. A kind whose rules also look
-- at the single event (property, occurrence, after) has a row for every touchpoint it may belong to.
create table kind_touchpoints (
  kind        integer not null,
  touchpoint  smallint,                    -- position in the definition; null: on none on purpose, or answers only,
                                           -- placed at the visit before them
  is_visit    boolean not null,            -- its events are contacts
  is_answer   boolean not null,            -- scores and texts of its events are placed here
  conditional boolean not null
);

-- Visits: the sorted table every question reads. Derived from events + identities + the journey definition.
create table visits (
  customer   integer not null,
  time       timestamp not null,           -- first event of the visit
  ended      timestamp not null,           -- last event of the visit
  touchpoint smallint not null,            -- position in the definition, 0-based
  previous   smallint,                     -- touchpoint of the visit before, within the same journey
  following  smallint,                     -- touchpoint of the visit after, within the same journey
  seconds    double,                       -- since the visit before, within the same journey
  wait       double,                       -- until the visit after, within the same journey
  journey    integer not null,             -- ordinal of the journey of this customer, from 0
  channel    utinyint not null,            -- position in events.vocabulary.CHANNELS
  previous_channel utinyint,
  device     utinyint not null,            -- position in events.vocabulary.DEVICES
  intent     varchar,                      -- campaign of the journey's first visit, else its first touchpoint's id
  events     integer not null,
  value      decimal(18, 4),
  currency   varchar,
  first_event uhugeint not null            -- opens the rows behind the visit
);

-- Answers and texts, placed at their touchpoint. customer is null where nobody can be named.
create table responses (
  event      uhugeint not null,
  customer   integer,
  time       timestamp not null,
  touchpoint smallint,                     -- null: no touchpoint can be named (docs/algorithms/placing-answers.md)
  channel    utinyint not null,
  device     utinyint not null,
  metric     varchar,
  experience double,                       -- 200·(s − min)/(max − min) − 100
  score      double,
  text       varchar,
  language   varchar,
  source     varchar not null
);

create table filters (name varchar not null, expression varchar not null, saved timestamp not null);
