"""What customers did since they met an experiment, or a touchpoint: one row per customer, counted only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np

from touchline.collection.facade import EXPOSED
from touchline.engine.question import Bucket, run
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.experiments.rules.outcomes import Outcomes

BEFORE_DAYS: Final = 28
"""How far back is looked for what a customer did before: four of every weekday."""
_ORDER_KINDS: Final = "select kind from kinds where lower(name) in ('order completed', 'purchase')"

_EXPOSED: Final = """
select i.customer, e.time, e.properties ->> '$.variation_id' as arm
from events e join identities i on i.identifier = e.who
where e.kind in (select kind from kinds where name = $exposed)
  and e.properties ->> '$.experiment_id' = $experiment
  and e.time >= $started and e.time < $stopped and {bucket_of_i}
"""
UNITS: Final = f"""
select customer, arg_min(arm, (time, arm)) as arm, min(time) as since, count(distinct arm) > 1 as crossed
from ({_EXPOSED}) where list_contains($arms, arm) group by customer
"""
"""The first arm stays, whatever came later: pages of one customer may have met both before they were known as one."""

VISITORS: Final = """
select v.customer, 'before' as arm, min(v.time) as since, false as crossed
from visits v
where ($touchpoint is null or v.touchpoint = $touchpoint) and v.time >= $started and v.time < $stopped and {bucket_of_v}
group by v.customer
"""
"""Who would have met it, and when."""

_OUTCOMES: Final = """
with units as materialized ({units}),
orders as (
  select u.customer, u.since, min(e.time) as time, max(e.value) as value
  from units u join identities i using (customer) join events e on e.who = i.identifier
  where e.kind in ({order_kinds}) and (e.currency is null or e.value is null or e.currency = $currency)
  group by u.customer, u.since, coalesce(list_filter(e.objects, lambda o: o.type = 'order')[1].id, e.time::varchar)
),
bought as (
  select customer,
    count(*) filter (where time > since and time <= since + to_days($days)) as orders,
    coalesce(sum(value) filter (where time > since and time <= since + to_days($days)), 0)::double as revenue,
    count(*) filter (where time <= since and time > since - to_days($before)) as orders_before,
    coalesce(sum(value) filter (where time <= since and time > since - to_days($before)), 0)::double as revenue_before
  from orders group by customer
),
answered as (
  select u.customer, count(*) as answers, sum(r.experience) as experience
  from units u join responses r using (customer)
  where r.experience is not null and r.time > u.since and r.time <= u.since + to_days($days)
  group by u.customer
),
reached as (
  select distinct u.customer
  from units u join visits v using (customer)
  where v.touchpoint = $reached and v.time > u.since and v.time <= u.since + to_days($days)
)
select u.customer, u.arm, u.since, u.crossed,
  coalesce(b.orders, 0) as orders, coalesce(b.revenue, 0) as revenue,
  coalesce(b.orders_before, 0) as orders_before, coalesce(b.revenue_before, 0) as revenue_before,
  coalesce(a.answers, 0) as answers, coalesce(a.experience, 0)::double as experience,
  r.customer is not null as reached
from units u left join bought b using (customer) left join answered a using (customer) left join reached r using (customer)
order by u.since, u.customer
"""

CURRENCY: Final = f"""
select currency from events where kind in ({_ORDER_KINDS}) and value is not null and currency is not null
group by currency order by count(*) desc, currency limit 1
"""
STRANGE_ARMS: Final = f"""
select count(distinct customer) from ({_EXPOSED}) where arm is null or not list_contains($arms, arm)
"""


@dataclass(frozen=True)
class OutcomesQuestion:
    """Outcomes of the customers that `units` gives, in parts that see the customers of one bucket."""

    units: str
    parameters: dict[str, Any]

    def part(self, store: Store, bucket: Bucket) -> dict[str, Any]:
        """Ask for one bucket."""
        units = self.units.replace("{bucket_of_i}", bucket.holds("i.customer"))
        units = units.replace("{bucket_of_v}", bucket.holds("v.customer"))
        sql = _OUTCOMES.replace("{units}", units).replace("{order_kinds}", _ORDER_KINDS)
        return store.columns(sql, used(sql, self.parameters))

    def combine(self, parts: Sequence[dict[str, Any]]) -> Outcomes:
        """Put the customers of all buckets together."""
        together = {name: np.concatenate([np.asarray(part[name]) for part in parts]) for name in parts[0]}
        order = np.lexsort((together["customer"], together["since"]))
        kept: dict[str, Any] = {"customer": np.int64, "arm": object, "since": "datetime64[us]", "crossed": np.bool_}
        return Outcomes(**{name: values[order].astype(kept.get(name, np.float64)) for name, values in together.items()})


@dataclass(frozen=True)
class Period:
    """From when to when customers count."""

    start: datetime
    end: datetime


def outcomes_since_exposure(
    store: Store, experiment: str, arms: Sequence[str], period: Period, days: int, reached: int | None, buckets: int = 1
) -> Outcomes:
    """Count what each customer did within `days` after they first met the experiment."""
    return run(
        OutcomesQuestion(
            UNITS, _parameters(store, period, days, reached) | {"experiment": experiment, "arms": list(arms)}
        ),
        store,
        buckets,
    )


def outcomes_of_visitors(
    store: Store, touchpoint: int | None, period: Period, days: int, reached: int | None, buckets: int = 1
) -> Outcomes:
    """Count what each visitor of a touchpoint (None: of any) did within `days` after their first visit in the period."""
    parameters = _parameters(store, period, days, reached) | {"touchpoint": touchpoint}
    return run(OutcomesQuestion(VISITORS, parameters), store, buckets)


def currency_of_orders(store: Store) -> str:
    """The currency of most orders, '' where none is known. Amounts of other currencies are left out."""
    return str(store.value(CURRENCY) or "")


def customers_in_strange_arms(store: Store, experiment: str, arms: Sequence[str], period: Period) -> int:
    """Customers said to have met an arm that the experiment does not have."""
    sql = STRANGE_ARMS.replace("{bucket_of_i}", "true")
    values = {
        "exposed": EXPOSED,
        "experiment": experiment,
        "arms": list(arms),
        "started": period.start,
        "stopped": period.end,
    }
    return int(store.value(sql, used(sql, values)) or 0)


def _parameters(store: Store, period: Period, days: int, reached: int | None) -> dict[str, Any]:
    return {
        "exposed": EXPOSED,
        "started": period.start,
        "stopped": period.end,
        "days": days,
        "before": BEFORE_DAYS,
        "reached": reached,
        "currency": currency_of_orders(store),
    }
