-- Give every identifier that is new a number, in the order in which the file names them.
insert into identifiers
select
  (select coalesce(max(identifier), 0) from identifiers) + row_number() over (order by first, type),
  type,
  value
from (
  select type, value, min(n) as first
  from (unpivot (select n, {types} from staged_events) on {types} into name type value value)
  group by type, value
) as named
anti join identifiers using (type, value)
