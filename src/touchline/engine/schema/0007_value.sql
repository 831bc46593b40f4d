-- What amounts of money rest on: assumptions that files cannot tell. The latest row of a name holds; older ones stay, so
-- that anybody can see what an amount of last month rested on. A name without a row has its default.

create sequence value_assumption_seq start 1;

create table value_assumptions (
  number bigint not null,                    -- order in which they were set
  name   varchar not null,                   -- field of value.rules.assumptions.Assumptions
  value  varchar not null,
  note   varchar not null default '',        -- where the figure is from, as whoever set it says
  set    timestamp not null
);
