-- Pairs of names and browsers that are one customer because they stood on one row, or with one order or case.
-- The stronger of a pair is a. `draw` puts the pairs of a month in a random order that is the same everywhere.
with active as (
  select least(a, b) as a, greatest(a, b) as b from links group by all having bool_and(active)
),
ends as (
  select
    active.a, active.b, a.type as a_type, b.type as b_type, a.value as a_value, b.value as b_value, ia.customer,
    list_position($types, a.type) as a_rank, list_position($types, b.type) as b_rank
  from active
  join identifiers a on a.identifier = active.a
  join identifiers b on b.identifier = active.b
  join identities ia on ia.identifier = active.a
  join identities ib on ib.identifier = active.b and ib.customer = ia.customer
),
turned as (
  select
    customer,
    if(a_rank <= b_rank, a, b) as a, if(a_rank <= b_rank, b, a) as b,
    if(a_rank <= b_rank, a_type, b_type) as a_type, if(a_rank <= b_rank, b_type, a_type) as b_type,
    if(a_rank <= b_rank, a_value, b_value) as a_value, if(a_rank <= b_rank, b_value, a_value) as b_value,
    least(a_rank, b_rank) as a_rank
  from ends
),
direct as (
  select customer, a, b, a_type || ' and ' || b_type as rule, null::integer as via, a_type, b_type, a_value, b_value
  from turned
  where b_type not in ('order_id', 'case_id') and a_type not in ('order_id', 'case_id')
),
around as (
  select customer, a as person, a_type as type, a_value as value, a_rank as rank, b as via, b_type as via_type
  from turned
  where b_type in ('order_id', 'case_id') and a_type not in ('order_id', 'case_id')
),
shared as (
  select
    one.customer, one.person as a, other.person as b,
    'shared ' || min(one.via_type) as rule, min(one.via) as via,
    one.type as a_type, other.type as b_type, one.value as a_value, other.value as b_value
  from around one
  join around other
    on other.via = one.via and (one.rank, one.person) < (other.rank, other.person)
  anti join direct on direct.a = one.person and direct.b = other.person
  group by all
),
drawn as (
  select
    *, md5(concat_ws(chr(31), a_type, a_value, b_type, b_value)) as key,
    count(*) over (partition by rule) as pairs,
    row_number() over (
      partition by rule order by md5(concat_ws(chr(31), $month, a_type, a_value, b_type, b_value)), a, b
    ) as draw
  from (from direct union all from shared)
),
judged as (
  select a_type, a_value, b_type, b_value, arg_max(judgement, judged) as judgement
  from audited_pairs where month = $month group by all
)
select key, rule, customer, a, b, via, a_type, a_value, b_type, b_value, judgement, pairs, draw
from drawn left join judged using (a_type, a_value, b_type, b_value)
where draw <= $most
order by draw, rule
