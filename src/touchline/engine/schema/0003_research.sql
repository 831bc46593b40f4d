-- What research heard and saw: words beside a step, in a table of their own that nothing counts (docs/adr).

create sequence research_seq start 1;

create table research_notes (
  note        integer not null,
  id          uhugeint,                     -- hash of source and natural key; null: typed in
  called      varchar not null,             -- the step as whoever noted it calls it
  touchpoint  varchar,                      -- id of the touchpoint it was put on by hand; null: found by what it is called
  method      varchar not null,             -- key of events.vocabulary.RESEARCH_METHODS
  text        varchar not null,
  participant varchar not null default '',  -- a pseudonym; never joined with customers
  noted_by    varchar not null default '',
  noted       date,
  removed     boolean not null default false, -- its words are gone, and it stays away when its table is imported again
  import_id   integer,
  line        bigint
);
