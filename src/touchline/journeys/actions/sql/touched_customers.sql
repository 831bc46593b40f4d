-- Customers whose visits may differ from what is stored: somebody with something new, or taken back, or somebody else now.
select identities.customer
from events
join identities on identities.identifier = events.who
join kind_plan using (kind)
where events.seq > $since and (kind_plan.relevant or events.score is not null or events.text is not null)
union
select who from revisions where seq > $since and who is not null
union
select identities.customer
from revisions
join identities on identities.identifier = revisions.who
where revisions.seq > $since
