-- Customers whose traits may differ from what is stored.
select distinct identities.customer
from events
join kinds using (kind)
join identities on identities.identifier = events.who
where kinds.name = 'Profile Updated' and events.seq > $since
union
select who from revisions where seq > $since and who is not null
union
select identities.customer
from revisions
join identities on identities.identifier = revisions.who
where revisions.seq > $since
