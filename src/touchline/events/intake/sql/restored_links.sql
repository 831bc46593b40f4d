-- Links that the store does not have yet. One it has stays as it is, switched off or not.
create or replace temp table restored_links as
select found.*
from (
  select named_a.identifier as a, named_b.identifier as b, staged_links.reason,
    first(staged_links.source order by n) as source, first(line order by n) as line, first(time order by n) as time,
    bool_and(active) as active, min(n) as n, first(of order by n) as of
  from staged_links
  join identifiers as named_a on named_a.type = a_type and named_a.value = a_value
  join identifiers as named_b on named_b.type = b_type and named_b.value = b_value
  group by all
) as found
anti join links using (a, b, reason)
