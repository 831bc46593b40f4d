-- Which of the chunk's research notes the store has already, and whether they say the same.
create or replace temp table stored_observations as
select
  incoming.n,
  stored.note,
  stored.removed
    or (stored.called, stored.method, stored.text, stored.participant, stored.noted_by, stored.noted)
      is not distinct from
      (incoming.called, incoming.method, incoming.text, incoming.participant, incoming.noted_by, incoming.noted) as same
from incoming_observations as incoming
join research_notes as stored on stored.id = incoming.id
