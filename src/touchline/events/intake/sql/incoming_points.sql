-- The chunk's series points in the shape of the store.
create or replace temp table incoming_points as
select
  n,
  line,
  {id} as id,
  time,
  kinds.kind,
  measure,
  amount,
  staged_points.label
from staged_points
join kinds
  on kinds.source = {source}
  and kinds.name = staged_points.name
  and kinds.channel = staged_points.channel
  and kinds.page is null
  and kinds.label is not distinct from staged_points.label
