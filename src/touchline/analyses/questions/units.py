"""Whose steps are put in order: a customer's, an account's, or those of one case. As a relation shaped like visits.

`unit` is a whole number: the customer's, that of the customer's main account, or a hash of the case's name (63 bits: among
a million of them two share a number once in twenty million workspaces).
"""

from __future__ import annotations

from typing import Final

UNITS: Final = ("customer", "account", "case")

UNIT_VISITS: Final = {
    "customer": "select v.customer as unit, v.* from visits v where {scope}",
    "account": """
select a.unit, v.*
from visits v join (select customer, account as unit from account_members where main) a on a.customer = v.customer
where {scope}
""",
    "case": """
select distinct c.unit, v.*
from visits v join cases c
  on c.customer = v.customer and c.touchpoint = v.touchpoint and c.time between v.time and v.ended
where {scope}
""",
}
"""Visits of a scope with the unit they count for."""

UNIT_EVENTS: Final = {
    "customer": "select v.customer as unit, v.* from ({events}) v where {scope}",
    "account": """
select a.unit, v.*
from ({events}) v join (select customer, account as unit from account_members where main) a on a.customer = v.customer
where {scope}
""",
    "case": """
select (hash(o.id) >> 1)::bigint as unit, v.*
from ({events}) v, unnest(v.objects) as named(o)
where o.type = 'case' and {scope}
""",
}

WITH: Final = {
    "case": """
cases as (
  select distinct i.customer, k.touchpoint, e.time, (hash(o.id) >> 1)::bigint as unit
  from events e join identities i on i.identifier = e.who join kind_touchpoints k on k.kind = e.kind,
    unnest(e.objects) as named(o)
  where o.type = 'case' and k.is_visit
)""",
}
"""What the relations of a unit are made with; goes behind WITH."""

EVENTS: Final = """
select i.customer, e.time, k.name, coalesce(list_position($channel_names, k.channel) - 1, $other_channel) as channel,
  coalesce(list_position($device_names, e.device) - 1, $unknown_device) as device, {intent} as intent,
  e.kind, k.page, k.label, k.source, e.campaign, e.properties, e.objects, e.session, e.value, e.currency, e.id
from events e join identities i on i.identifier = e.who join kinds k on k.kind = e.kind {journeys}
"""
"""Every event of somebody, with channel and device by position as visits have them."""

OF_THE_JOURNEY: Final = "asof left join visits j on j.customer = i.customer and j.time <= e.time"
"""Joined only where the scope restricts the intent: it costs a sort."""
