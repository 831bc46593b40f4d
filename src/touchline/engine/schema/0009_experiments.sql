-- Experiments: what is varied, by which plan, and the variants on offer to pages and servers.
-- Who met which arm is no table: it is an event, 'Experiment Viewed' (docs/adr/0016-experiments.md).

create table experiments (
  name              varchar not null,        -- by which pages and servers ask
  title             varchar not null,
  hypothesis        varchar not null,
  touchpoint        varchar not null,        -- id: where customers meet it; '': anywhere
  arms              varchar not null,        -- JSON list of [name, buckets], the control first
  metric            varchar not null,        -- a kind of experiments/rules/metric.py
  metric_touchpoint varchar not null,        -- id; '' where the metric has none
  days              integer not null,        -- how long each customer is followed
  smallest_change   double not null,         -- worth finding, on the metric's scale
  planned_weeks     integer not null,
  planned_customers integer not null,        -- both arms: where the any-time interval is narrowest
  made              timestamp not null,
  started           timestamp,               -- from then on nothing above changes
  stopped           timestamp
);

create table variant_offers (
  experiment varchar not null,
  salt       varchar not null,
  arms       varchar not null,               -- JSON list of [name, first bucket beyond it]
  offered    timestamp not null,
  withdrawn  timestamp
);
