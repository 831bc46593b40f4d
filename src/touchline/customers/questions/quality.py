"""What the store says about the quality of identities: sizes, alarms, canaries, and what guards refused."""

from __future__ import annotations

from touchline.customers.rules.guards import GUARDS, TYPES
from touchline.customers.rules.quality import Canary, LargeCustomer, RefusedCount, RefusedIdentifier
from touchline.engine.store import Store
from touchline.formulas.identity_error import ALARM_NAMES, ALARM_ORDERS

LISTED = 50
"""Of each list; how many there are in all is said beside it."""

CALLED = """
coalesce(arg_min(value, (list_position(['email', 'user_id', 'phone', 'external_id'], type), identifier))
  filter (where type in ('email', 'user_id', 'phone', 'external_id')), '#' || customer)
"""
"""The clearest identifier of a customer: an address says more than a number."""


def customers_of_size(store: Store) -> dict[int, int]:
    """How many customers have how many identifiers."""
    return dict(
        store.rows(
            "select size, count(*) from (select count(*) as size from identities group by customer) group by size order by 1"
        )
    )


def totals(store: Store) -> tuple[int, int, int]:
    """Identifiers, linked pairs, and pairs whose link is off."""
    row = store.row(
        """
        select (select count(*) from identifiers), count(*), count(*) filter (where not active)
        from (select bool_and(active) as active from links group by least(a, b), greatest(a, b))
        """
    )
    assert row is not None  # noqa: S101 - it counts
    return row[0], row[1], row[2]


def large_customers(store: Store) -> tuple[list[LargeCustomer], int]:
    """Customers over an alarm size, the largest first, and how many there are."""
    rows = store.rows(
        f"""
        with sizes as (
          select customer,
            count_if(type not in ('order_id', 'case_id', 'anonymous_id')) as names,
            count_if(type = 'anonymous_id') as browsers,
            count_if(type in ('order_id', 'case_id')) as orders
          from identities join identifiers using (identifier)
          group by customer
          having names + browsers > $names or orders > $orders
        ),
        listed as (
          select *, count(*) over () as total from sizes order by names + browsers + orders desc, customer limit {LISTED}
        )
        select customer, {CALLED}, any_value(names), any_value(browsers), any_value(orders), any_value(total)
        from listed join identities using (customer) join identifiers using (identifier)
        group by customer
        order by any_value(names + browsers + orders) desc, customer
        """,
        {"names": ALARM_NAMES, "orders": ALARM_ORDERS},
    )
    return [LargeCustomer(*row[:5]) for row in rows], rows[0][5] if rows else 0


def canaries(store: Store) -> tuple[list[Canary], int, list[tuple[str, int]]]:
    """Customers with two user ids, or two customer numbers that one source gave; and by which rules they were joined.

    No rule makes them on purpose: numbers of one source are given to one person each.
    """
    rows = store.rows(
        f"""
        with active as (
          select a, b, source from links
          qualify bool_and(active) over (partition by least(a, b), greatest(a, b))
        ),
        touched as (
          select a as identifier, b as other, source from active union all select b, a, source from active
        ),
        numbers as (
          select d.customer, i.type, i.identifier, i.value, t.source, o.type as other_type
          from identifiers i join identities d using (identifier)
          join touched t using (identifier) join identifiers o on o.identifier = t.other
          where i.type in ('user_id', 'external_id')
        ),
        suspect as (
          select customer, type from (
            select customer, type, if(type = 'user_id', '', source) as source from numbers
            group by all having count(distinct identifier) > 1
          ) group by all
        ),
        told as (
          select customer, type, list_sort(list(distinct value)) as values,
            list_sort(list(distinct if(list_position($types, type) <= list_position($types, other_type),
              type || ' and ' || other_type, other_type || ' and ' || type))) as rules
          from numbers semi join suspect using (customer, type)
          group by all
        )
        select customer, (select {CALLED} from identities join identifiers using (identifier)
          where identities.customer = told.customer group by customer), type, values, rules
        from told order by len(values) desc, customer
        """,
        {"types": list(TYPES)},
    )
    by_rule: dict[str, int] = {}
    for *_, rules in rows:
        for rule in rules:
            by_rule[rule] = by_rule.get(rule, 0) + 1
    listed = [
        Canary(customer, called, type_, tuple(values), tuple(rules))
        for customer, called, type_, values, rules in rows[:LISTED]
    ]
    return listed, len(rows), sorted(by_rule.items(), key=lambda each: (-each[1], each[0]))


def refused(store: Store) -> tuple[list[RefusedCount], list[RefusedIdentifier]]:
    """What guards refused, counted by guard and type; and those that were linked most."""
    guards = {guard.code: guard for guard in GUARDS}
    counts = store.rows(
        "select guard, type, count(*) from refused_identifiers join identifiers using (identifier) group by all"
        " order by guard, count(*) desc, type"
    )
    rows = store.rows(
        f"""
        with ends as (select a as identifier, b as other from links union select b, a from links),
        most as (
          select identifier, guard, count(*) as linked_to from refused_identifiers join ends using (identifier)
          group by all order by linked_to desc, identifier limit {LISTED}
        )
        select identifier, type, value, guard, linked_to, customer
        from most join identifiers using (identifier) left join identities using (identifier)
        order by linked_to desc, identifier
        """
    )
    return (
        [RefusedCount(guards[code].name, guards[code].tells, type_, count) for code, type_, count in counts],
        [
            RefusedIdentifier(number, type_, value, guards[code].name, linked_to, customer)
            for number, type_, value, code, linked_to, customer in rows
        ],
    )
