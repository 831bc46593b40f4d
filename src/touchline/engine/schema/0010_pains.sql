-- Pain points as they were computed last, for each scope: results are kept until the data change. They hold no person:
-- which visits are behind one is asked again whenever somebody looks.

create table pain_runs (
  asked    varchar not null,                 -- the scope as a query string; '' is all data
  version  varchar not null,                 -- hash of the data and the definition it was computed of
  computed timestamp not null,
  result   varchar not null                  -- JSON of pains.rules.kept.Run, without money
);

-- Every pain ever found: what was claimed, since when, and until when the data supported it.
create table pain_claims (
  asked      varchar not null,
  pain       varchar not null,
  first_seen timestamp not null,
  supported  timestamp not null,             -- when it was supported last
  was_loss   boolean not null,               -- whether a loss was claimed then
  result     varchar not null                -- JSON of pains.rules.pain.Pain as it was then
);
