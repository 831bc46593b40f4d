-- The strongest identifier of a row is its `who`; each other one on the row is linked to it, once per pair and reason.
insert into links
select a, b, reason, $source, $import_id, line, time, true
from (
  select
    strongest.identifier as a,
    other.identifier as b,
    row_.who_type || ' and ' || row_.type || ' on one row' as reason,
    min(row_.line) as line,
    min(row_.time) as time
  from (
    unpivot (select n, line, time, who_type, who_value, {types} from staged_events) on {types} into name type value value
  ) as row_
  join identifiers as strongest on strongest.type = row_.who_type and strongest.value = row_.who_value
  join identifiers as other on other.type = row_.type and other.value = row_.value
  where row_.type <> row_.who_type
  group by all
) as found
anti join links using (a, b, reason)
