-- Give every identifier that a restored link names a number, where it is new.
insert into identifiers
select (select coalesce(max(identifier), 0) from identifiers) + row_number() over (order by first, type), type, value
from (
  select type, value, min(n) as first
  from (select n, a_type as type, a_value as value from staged_links union all select n, b_type, b_value from staged_links)
  group by type, value
) as named
anti join identifiers using (type, value)
