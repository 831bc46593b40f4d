-- Give identifiers that are new a number: in the order of the export, and behind them those that links alone name.
insert into identifiers
select (select coalesce(max(identifier), 0) from identifiers) + row_number() over (order by is_linked, first), type, value
from (
  select type, value, bool_and(is_linked) as is_linked, coalesce(min(n) filter (not is_linked), min(n)) as first
  from (
    select n, type, value, false as is_linked from staged_identifiers
    union all select n, b_type, b_value, true from staged_links
  )
  group by type, value
) as named
anti join identifiers using (type, value)
