-- Improvements: what is proposed, what was launched, and the plan that was fixed on that day.

create sequence improvement_seq start 1;

create table improvements (
  improvement  integer not null,
  title        varchar not null,
  pain         varchar not null default '',  -- id of the pain point it is for; '': one of our own
  touchpoint   varchar not null default '',  -- id in the journey definition
  owner        varchar not null default '',
  status       varchar not null,             -- key of improvements.rules.improvement.STATUSES
  next_review  date,
  target       varchar not null default '',  -- key of improvements.rules.target.TARGET_KINDS; '': none yet
  removes_low  double not null,              -- share of the pain it is expected to take away: 80 % interval
  removes_high double not null,
  cost         double,                       -- once; null: nobody said
  running_cost double not null default 0,    -- every month
  effort_days  double,
  summary      varchar not null default '',
  options      varchar not null default '[]', -- JSON list of sentences
  risks        varchar not null default '[]', -- JSON list of sentences
  law          varchar not null default '',
  made         timestamp not null
);

-- One row per launched improvement. Nothing of it is changed afterwards, but for further waves of a roll-out.
create table improvement_launches (
  improvement integer not null,
  scope       varchar not null,             -- key of improvements.rules.launch.SCOPES
  waves       varchar not null,             -- JSON list of [day, [groups]]
  group_key   varchar not null default '',  -- trait that names the groups
  share       double,                       -- of customers, where it is drawn
  experiment  varchar not null default '',
  plan        varchar not null,             -- JSON of improvements.rules.plan.MeasurementPlan
  digest      varchar not null,             -- of plan, day and scope: shows that they are as they were
  fixed       timestamp not null,
  promised    varchar not null default ''   -- JSON [low, median, high, currency], money a month; '': none allowed
);
