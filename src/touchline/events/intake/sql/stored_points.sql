-- Which of the chunk's series points the store has already, and whether they say the same.
create or replace temp table stored_points as
select
  incoming.n,
  incoming.id,
  (stored.time, stored.kind, stored.amount, stored.label)
    is not distinct from (incoming.time, incoming.kind, incoming.amount, incoming.label) as same
from incoming_points as incoming
join series as stored on stored.id = incoming.id and stored.measure = incoming.measure
