"""Deliveries that came later than was promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, Flags, Floats, Found, Ints
from touchline.pains.symptoms.protocol import Looked, first_of_each

PROMISES: Final = (
    "promised",
    "promised_at",
    "promised_by",
    "promised_date",
    "promised_for",
    "promised_delivery",
    "promised_delivery_at",
    "promised_delivery_date",
    "delivery_promised",
    "delivery_promised_at",
    "estimated_delivery",
    "estimated_delivery_at",
    "estimated_delivery_date",
    "expected_delivery",
    "expected_delivery_at",
    "expected_delivery_date",
)
"""Properties of an order's events, of its delivery or of what came before, that say when it was to arrive."""
PROMISING: Final = ("order completed", "order updated", "order fulfilled", "order delivered")
DAY_WRITTEN: Final = 10
"""Characters of a promise that names a day only ('2026-03-05'): it is kept until that day ends."""

DELIVERED = """
with told as (
  select i.customer, e.time, lower(k.name) as name, e.properties,
    list_filter(e.objects, lambda o: o.type = 'order')[1].id as number
  from events e join kinds k using (kind) join identities i on i.identifier = e.who
  where list_contains($promising, lower(k.name)) and {bucket}
),
promised as (
  select customer, number, arg_min(promise, (time, promise)) as promise
  from (
    select customer, number, time,
      list_filter(list_transform($promises, lambda key: properties ->> ('$.' || key)), lambda p: p is not null)[1] as promise
    from told where properties is not null and number is not null
  )
  where try_cast(promise as timestamp) is not null
  group by customer, number
)
select t.customer::bigint as customer, epoch_us(t.time) as time, epoch_us(try_cast(p.promise as timestamp)) as due,
  (length(p.promise) <= $day_written) as is_day
from told t join promised p on p.customer = t.customer and p.number = t.number
where t.name = 'order delivered'
order by all
"""


@dataclass(frozen=True)
class BrokenPromise:
    """Delivered after the moment that was promised first."""

    name: str = "broken_promise"
    title: str = "Broken promise"
    happened: str = "it arrived later than promised"
    tells: str = (
        "Bad: the order was delivered after the time promised first (a day promised lasts until it ends). Fine: delivered in "
        "time. Orders without a promise or a delivery are left out; what follows counts from the delivery on."
    )
    is_seen_by_all: bool = False
    is_experience: bool = True
    withholds: frozenset[str] = frozenset()
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits in which a promised order arrived; the value is how late, in seconds."""
        asked = looked.moments(
            DELIVERED,
            {"promising": list(PROMISING), "promises": list(PROMISES), "day_written": DAY_WRITTEN},
        )
        due = asked["due"] + asked["is_day"] * MICROSECONDS_PER_DAY
        late = (asked["time"] - due) / 1e6
        return first_of_each(looked.visit_of(asked["customer"], asked["time"]), late, looked, asked["time"])

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those that came late."""
        return np.asarray(value > 0)


SYMPTOM = BrokenPromise()
