-- Give every kind of event that is new a number. A missing page or label is a value like any other here.
insert into kinds
select (select coalesce(max(kind), 0) from kinds) + row_number() over (order by first), name, channel, page, label, source
from (
  select name, channel, page, label, {source} as source, min(n) as first
  from {staged}
  group by all
) as seen
where not exists (
  from kinds
  where kinds.source = seen.source
    and kinds.name = seen.name
    and kinds.channel = seen.channel
    and kinds.page is not distinct from seen.page
    and kinds.label is not distinct from seen.label
)
