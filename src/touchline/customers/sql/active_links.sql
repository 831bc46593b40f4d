-- A pair with one undone record stays undone, however often imports repeat it.
select least(a, b) as a, greatest(a, b) as b
from links
group by all
having bool_and(active)
order by all
