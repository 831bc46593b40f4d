-- Strategy: what was answered in the audit, what there is to work with, gaps, quarters, closed audits and decisions.

-- What is set for the whole workspace: 'target' (experience score) and 'lens:<name>'. The latest row of a name holds.
create sequence strategy_setting_seq start 1;

create table strategy_settings (
  number bigint not null,
  name   varchar not null,
  value  varchar not null,
  set    timestamp not null
);

-- Answers of the self-assessment. The latest row of a question holds; older ones stay.
create sequence strategy_answer_seq start 1;

create table strategy_answers (
  number   bigint not null,
  question varchar not null,             -- id of a question of strategy.rules.questions or of a lens
  answer   varchar not null,             -- key of strategy.rules.answers.ANSWERS; '': taken back
  note     varchar not null default '',
  who      varchar not null default '',  -- who answered, as they say
  set      timestamp not null
);

create sequence strategy_resource_seq start 1;

-- The inventory: tools, teams, skills and budgets.
create table strategy_resources (
  resource       integer not null,
  kind           varchar not null,             -- key of strategy.rules.resource.KINDS
  name           varchar not null,
  owner          varchar not null default '',
  serves         varchar not null default '[]', -- JSON list of ids of touchpoints and of 'stage:' with ids of stages
  cost_a_year    double,                       -- in the workspace's currency; null: nobody said
  days_a_quarter double,                       -- of work, for teams; null: nobody said
  note           varchar not null default ''
);

create sequence strategy_gap_seq start 1;

-- Gaps that somebody kept or dismissed; those that are only proposed follow from the data.
create table strategy_gaps (
  gap         integer not null,
  evidence    varchar not null default '',  -- 'pain:<id>', 'experience:<touchpoint>', 'answer:<question>'; '': one of our own
  place       varchar not null default '',  -- touchpoint or area, in words
  what_is     varchar not null,
  should_be   varchar not null default '',
  owner       varchar not null default '',
  improvement integer,
  state       varchar not null,             -- key of strategy.rules.gap.STATES
  reason      varchar not null default '',
  opened      timestamp not null,
  ended       timestamp
);

-- The quarter in which an improvement is meant to be worked on, such as '2026-Q4'.
create table strategy_quarters (
  improvement integer not null,
  quarter     varchar not null
);

create sequence strategy_audit_seq start 1;

-- Closed audits: the scorecard and the answers as they were on that day. Nothing of them is changed afterwards.
create table strategy_audits (
  audit    integer not null,
  closed   timestamp not null,
  who      varchar not null default '',
  note     varchar not null default '',
  snapshot varchar not null               -- JSON of strategy.rules.snapshot.Snapshot
);

create sequence strategy_decision_seq start 1;

create table strategy_decisions (
  decision integer not null,
  quarter  varchar not null,
  text     varchar not null,
  who      varchar not null default '',
  day      date not null,
  made     timestamp not null
);
