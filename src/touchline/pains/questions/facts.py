"""What a computation reads from the store, in parts per bucket of customers: visits, dated facts, and what symptoms found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import pyarrow as pa

from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.events.facade import UNDATED
from touchline.journeys.facade import JourneyDefinition
from touchline.pains.rules.rows import (
    AnswerRows,
    Found,
    Moments,
    TraitRows,
    VisitRows,
    chosen,
    concatenated,
    in_order,
)
from touchline.pains.symptoms.protocol import Looked, SymptomKind
from touchline.segments.facade import Clause

VISITS: Final = """
select v.customer::bigint as customer, epoch_us(v.time) as time, epoch_us(v.ended) as ended,
  v.touchpoint::bigint as touchpoint, v.journey::bigint as journey, v.channel::bigint as channel,
  v.device::bigint as device, ({scope}) as counted
from visits v where {bucket}
order by v.customer, v.time, v.ended, v.touchpoint, v.first_event
"""

ORDER_NAMES: Final = ("order completed", "purchase")
CONTACT_NAMES: Final = ("ticket created", "live chat conversation started")
ACT_NAMES: Final = ("case opened", "order refunded", "payment refunded")
"""What a company does for customers whose visit went badly."""

ORDERS: Final = """
select v.customer::bigint as customer, epoch_us(min(e.time)) as time, max(e.value)::double as value
from events e join identities v on v.identifier = e.who join kinds k using (kind)
where list_contains($names, lower(k.name)) and {bucket}
group by v.customer, coalesce(list_filter(e.objects, lambda o: o.type = 'order')[1].id, e.time::varchar)
order by 1, 2, 3
"""
"""Several events of one order, or of one moment, are one order."""

NAMED: Final = """
select distinct v.customer::bigint as customer, epoch_us(e.time) as time, 1.0::double as value
from events e join identities v on v.identifier = e.who join kinds k using (kind)
where list_contains($names, lower(k.name)) and {bucket}
order by 1, 2
"""

TRAITS: Final = """
with facts as (
  select v.customer, e.time, e.id, unnest(map_entries(try_cast(e.properties as json)::map(varchar, json))) as fact
  from events e join identities v on v.identifier = e.who join kinds k using (kind)
  where k.name = 'Profile Updated' and e.time <> $undated and {bucket}
)
select customer::bigint as customer, epoch_us(time) as time, lower(fact.key) as key, fact.value ->> '$' as value
from facts where fact.value is not null and length(fact.value ->> '$') <= $longest
order by customer, time, id, key
"""
LONGEST_TRAIT: Final = 40
"""Characters: longer ones are texts, not facts that customers share."""
_NO_TIME: Final = UNDATED.replace(tzinfo=None)
"""Of facts from files without times: they tell how customers were when the file was written, so they were known before no visit."""

ANSWERS: Final = """
select v.customer::bigint as customer, epoch_us(v.time) as time, v.touchpoint::bigint as touchpoint, v.experience
from responses v
where v.experience is not null and v.customer is not null and v.touchpoint is not null and {bucket}
order by v.customer, v.time, v.event
"""


@dataclass(frozen=True)
class Facts:
    """Everything one computation is made of."""

    visits: VisitRows
    orders: Moments
    contacts: Moments
    acts: Moments
    traits: TraitRows
    answers: AnswerRows
    found: Mapping[str, Found]
    """By name of the symptom's kind."""


@dataclass(frozen=True)
class ReadFacts:
    """The question: everything about the customers of a bucket, in the order of customers and time."""

    definition: JourneyDefinition
    clause: Clause
    """The scope, on `visits v`."""
    symptoms: tuple[SymptomKind, ...]
    data_until: int
    """Microseconds since 1970."""

    def part(self, store: Store, bucket: Bucket) -> Facts:
        """Read one bucket."""
        sql = VISITS.replace("{scope}", self.clause.sql)
        visits = _read(VisitRows, store, bucket, sql, self.clause.parameters)
        looked = Looked(store, bucket, self.definition, visits, self.data_until)
        return Facts(
            visits=visits,
            orders=_read(Moments, store, bucket, ORDERS, {"names": list(ORDER_NAMES)}),
            contacts=_read(Moments, store, bucket, NAMED, {"names": list(CONTACT_NAMES)}),
            acts=_read(Moments, store, bucket, NAMED, {"names": list(ACT_NAMES)}),
            traits=_read(TraitRows, store, bucket, TRAITS, {"longest": LONGEST_TRAIT, "undated": _NO_TIME}),
            answers=_read(AnswerRows, store, bucket, ANSWERS, {}),
            found={kind.name: kind.find(looked) for kind in self.symptoms},
        )

    def combine(self, parts: Sequence[Facts]) -> Facts:
        """Put all buckets together, in the order of customers."""
        together = concatenated([part.visits for part in parts])
        order = np.argsort(together.customer, kind="stable")
        new_place = np.empty(len(order), np.int64)
        new_place[order] = np.arange(len(order))
        before = np.cumsum([0, *(len(part.visits) for part in parts)])
        found = {}
        for kind in self.symptoms:
            columns = concatenated([part.found[kind.name] for part in parts])
            offset = np.repeat(before[:-1], [len(part.found[kind.name].visit) for part in parts])
            visit = new_place[columns.visit + offset]
            rows = Found(visit, columns.value, columns.known)
            found[kind.name] = chosen(rows, np.argsort(visit, kind="stable"))
        return Facts(
            visits=chosen(together, order),
            orders=in_order(concatenated([part.orders for part in parts])),
            contacts=in_order(concatenated([part.contacts for part in parts])),
            acts=in_order(concatenated([part.acts for part in parts])),
            traits=in_order(concatenated([part.traits for part in parts])),
            answers=in_order(concatenated([part.answers for part in parts])),
            found=found,
        )


def _read(type_: Any, store: Store, bucket: Bucket, sql: str, parameters: Mapping[str, Any]) -> Any:
    text = sql.replace("{bucket}", bucket.holds("v.customer"))
    table = store.table(text, used(text, dict(parameters)))
    return type_(**{each.name: _array(table.column(each.name)) for each in fields(type_)})


def _array(column: pa.ChunkedArray[Any]) -> Any:
    return column.to_numpy() if len(column) else np.empty(0, _DTYPES.get(str(column.type), np.dtype(object)))


_DTYPES = {"int64": np.dtype(np.int64), "double": np.dtype(float), "bool": np.dtype(bool)}
