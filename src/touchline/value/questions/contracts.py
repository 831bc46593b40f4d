"""Which contracts began and ended when, and what they pay a month."""

from __future__ import annotations

import numpy as np

from touchline.engine.workspace import Workspace
from touchline.events.facade import UNDATED
from touchline.value.rules.contracts import Contracts

TOLD = """
with told as (
  select i.customer, e.time, lower(k.name) = 'contract started' as begins, e.value, coalesce(e.currency, '') as currency,
    coalesce(e.properties ->> '$.contract_id', '') as number
  from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where lower(k.name) in ('contract started', 'contract ended') and e.time <> $undated
),
begun as (
  select customer, number, min(time) as started, arg_min(value, time) as monthly, arg_min(currency, time) as currency
  from told where begins group by all
)
select (epoch_us(started) // 86400000000)::bigint as started,
  (epoch_us(min(told.time)) // 86400000000)::double as ended, monthly::double as monthly, begun.currency
from begun left join told on told.customer = begun.customer and told.number = begun.number and not begins and time >= started
group by begun.customer, begun.number, started, monthly, begun.currency
order by started, begun.customer, begun.number
"""
"""A contract ends at the first end after its start; one that is renewed in time has no end."""

LAST = "select (epoch_us(max(time)) // 86400000000)::bigint from events where time <> ?"


def contracts(workspace: Workspace) -> Contracts:
    """Every contract there is."""
    undated = UNDATED.replace(tzinfo=None)
    found = workspace.store.columns(TOLD, {"undated": undated})
    return Contracts(
        started=np.asarray(found["started"], dtype=np.int64),
        ended=np.ma.filled(found["ended"].astype(np.float64), np.nan),
        monthly=np.ma.filled(found["monthly"].astype(np.float64), np.nan),
        currency=np.asarray(found["currency"]).astype(str),
        until=int(workspace.store.value(LAST, [undated]) or 0),
    )
