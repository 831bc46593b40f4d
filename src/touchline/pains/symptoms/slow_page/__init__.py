"""Pages that were slow or jumpy for the visitor, as measured in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from touchline.pains.rules.rows import Flags, Floats, Found, Ints
from touchline.pains.symptoms.protocol import Looked, first_of_each

POOR = """
select i.customer::bigint as customer, epoch_us(e.time) as time,
  (list_contains([e.properties ->> '$.lcp_rating', e.properties ->> '$.inp_rating', e.properties ->> '$.cls_rating'],
    $poor))::double as value
from events e join kinds k using (kind) join identities i on i.identifier = e.who
where lower(k.name) = 'web vitals measured' and {bucket}
order by customer, value desc, time
"""


@dataclass(frozen=True)
class SlowPage:
    """Poor Core Web Vitals, by Google's thresholds as the browser rated them."""

    name: str = "slow_page"
    title: str = "Slow page"
    happened: str = "the page was slow or jumpy"
    tells: str = (
        "Bad: loading (LCP), responding (INP) or layout shift (CLS) was rated poor during the visit. Fine: all of them were "
        "measured and none was poor. Visits without a measurement are left out."
    )
    is_seen_by_all: bool = False
    is_experience: bool = True
    withholds: frozenset[str] = frozenset()
    is_score: bool = False

    def find(self, looked: Looked) -> Found:
        """Find the visits with a measurement; 1 where one was poor."""
        asked = looked.moments(POOR, {"poor": "poor"})
        return first_of_each(looked.visit_of(asked["customer"], asked["time"]), asked["value"].astype(float), looked)

    def is_bad(self, value: Floats, touchpoint: Ints) -> Flags:
        """Those rated poor."""
        return np.asarray(value > 0)


SYMPTOM = SlowPage()
