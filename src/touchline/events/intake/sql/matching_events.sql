-- Where in the store the chunk's events stand. Only ids are read, which is what keeps a long import linear in practice.
create or replace temp table matching_events as
select incoming.n, stored.seq
from incoming_events as incoming
join events as stored on stored.id = incoming.id
where {within}
