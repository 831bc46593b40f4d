-- Which of the matching events say the same.
create or replace temp table stored_events as
select
  incoming.n,
  stored.seq,
  stored.id,
  stored.who,
  (stored.time, stored.kind, stored.who) is not distinct from (incoming.time, incoming.kind, incoming.who)
    and (stored.device, stored.campaign, stored.text, stored.language, stored.session)
      is not distinct from (incoming.device, incoming.campaign, incoming.text, incoming.language, incoming.session)
    and (stored.metric, stored.score, stored.score_min, stored.score_max)
      is not distinct from (incoming.metric, incoming.score, incoming.score_min, incoming.score_max)
    and (stored.value, stored.currency, stored.properties)
      is not distinct from (incoming.value, incoming.currency, incoming.properties)
    and stored.objects is not distinct from incoming.objects as same
from matching_events
join incoming_events as incoming using (n)
join events as stored on stored.seq = matching_events.seq
