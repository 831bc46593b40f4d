-- How many events lie in each block of 1,024 customer numbers.
select identities.customer // 1024 as block, count(*) as events
from events
join identities on identities.identifier = events.who
group by block
order by block
