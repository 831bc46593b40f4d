-- Answers of people nobody can name: new ones, or all of them.
select
  kind,
  (id >> 64)::ubigint as id_high,
  (id & 18446744073709551615::uhugeint)::ubigint as id_low
from events
where who is null and (score is not null or text is not null) and seq > $since
order by time, id
