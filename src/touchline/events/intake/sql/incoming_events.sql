-- The chunk in the shape of the store, with numbers for words. `n` is the place in the chunk.
create or replace temp table incoming_events as
select
  n,
  line,
  {id} as id,
  time,
  named.identifier as who,
  kinds.kind,
  device, campaign, metric, score, score_min, score_max, text, language, staged_events.value, currency, objects, session, properties
from staged_events
join kinds
  on kinds.source = {source}
  and kinds.name = staged_events.name
  and kinds.channel = staged_events.channel
  and kinds.page is not distinct from staged_events.page
  and kinds.label is not distinct from staged_events.label
left join identifiers as named on named.type = staged_events.who_type and named.value = staged_events.who_value
