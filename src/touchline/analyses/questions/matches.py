"""Where the steps of a question occur: one row per visit or event that is any of them, in order, per unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchline.analyses.questions.reading import Reading, Relation
from touchline.analyses.rules.steps import Step
from touchline.engine.pointers import pointer_to
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.events.facade import CHANNELS, DEVICES

MOST_STEPS = 31
"""Steps are the bits of a 32-bit number."""

BITS = 63
"""Places of touchpoints that a number of SQL has bits for."""

NO_STEP = 2**32
"""Stands behind every step in the order of one moment."""


@dataclass(frozen=True)
class Tag:
    """One more column of the rows: SQL over visits and over events `v`; `joined` goes behind visits."""

    of_visits: str
    of_events: str
    joined: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    """What its `$names` stand for."""


@dataclass(frozen=True)
class Matched:
    """Rows in order of unit, then time, then the first of the steps they are; rows that are none stand last in their
    moment. Arrays of one length."""

    unit: NDArray[np.int64]
    time_us: NDArray[np.int64]
    """Microseconds since 1970, UTC."""
    mask: NDArray[np.int64]
    """Bit i is set where the row is step i."""
    tag: NDArray[np.int64]
    """Position in `tags`; empty where no tag was asked for."""
    tags: tuple[Any, ...] = ()
    """The values that occur; None is one of them where a row has none."""


@dataclass(frozen=True)
class Matches:
    """Find the rows of some steps; the part of an analysis begins with `matched(store, bucket)`."""

    visits: Relation
    events: Relation
    steps: tuple[Step, ...]
    tag: Tag | None = None
    others: bool = False
    """Also the rows that are no step: of visits where a step is a touchpoint, of events where one is an event."""
    of_customers: bool = False
    """Whether units are customers."""

    @classmethod
    def of(cls, reading: Reading, steps: Sequence[Step], *, tag: Tag | None = None, others: bool = False) -> Matches:
        """The steps of a reading."""
        return cls(reading.visits(), reading.events(), tuple(steps), tag, others, reading.unit == "customer")

    @property
    def lies_in_order(self) -> bool:
        """Whether the rows are customers' visits and nothing else: they can be fetched slice by slice."""
        only_visits = not any(step.is_event for step in self.steps)
        return self.of_customers and only_visits and not (self.tag and self.tag.joined)

    def matched(self, store: Store, bucket: Bucket, between: tuple[int, int] | None = None) -> Matched:
        """Look in one bucket, or in the part of it from one unit up to another, which is left out."""
        tables = [
            self._table(store, relation, bucket, between, wanted, of_events)
            for of_events, relation, wanted in (
                (False, self.visits, [(at, step) for at, step in enumerate(self.steps) if not step.is_event]),
                (True, self.events, [(at, step) for at, step in enumerate(self.steps) if step.is_event]),
            )
            if wanted
        ]
        unit, at = (_numbers(tables, name) for name in ("unit", "at"))
        masks = [self._mask(table) for table in tables]
        mask = masks[0] if len(masks) == 1 else np.concatenate(masks)
        tag, tags = _tags(tables) if self.tag else (np.empty(0, np.int64), ())
        order = _order(unit, at, mask)
        found = Matched(unit, at, mask, tag, tags)
        if order is None:
            return found
        return replace(
            found, unit=unit[order], time_us=at[order], mask=mask[order], tag=tag[order] if self.tag else tag
        )

    def _mask(self, table: pa.Table) -> NDArray[np.int64]:
        if "touchpoint" not in table.column_names:
            return _numbers([table], "mask")
        place = _numbers([table], "touchpoint")
        of_place = np.zeros(int(place.max(initial=0)) + 1, np.int64)
        for at, step in enumerate(self.steps):
            for touchpoint in step.touchpoints:
                if touchpoint < of_place.size:
                    of_place[touchpoint] |= 1 << at
        masks: NDArray[np.int64] = of_place[place]
        return masks

    def _table(
        self,
        store: Store,
        relation: Relation,
        bucket: Bucket,
        between: tuple[int, int] | None,
        wanted: Sequence[tuple[int, Step]],
        of_events: bool,
    ) -> pa.Table:
        values: dict[str, Any] = dict(relation.parameters)
        columns = ["v.unit", "v.time as at"]
        if of_events or any(step.conditions for _, step in wanted):
            conditions = [(at, condition(step, at, values)) for at, step in wanted]
            mask = " + ".join(f"case when {holds} then {1 << at} else 0 end" for at, holds in conditions)
            columns.append(f"({mask})::bigint as mask")
            any_of = " or ".join(f"({holds})" for _, holds in conditions)
        else:  # the engine hands over touchpoints several times as fast as it works out masks
            columns.append("v.touchpoint")
            places = sorted({each for _, step in wanted for each in step.touchpoints})
            any_of = is_among("v.touchpoint", places)
        joined = ""
        if self.tag is not None:
            columns.append(f"{self.tag.of_events if of_events else self.tag.of_visits} as tag")
            joined = "" if of_events else self.tag.joined
            values |= dict(self.tag.values)
        where = [bucket.holds("v.unit"), *([] if self.others else [f"({any_of})"])]
        if between is not None:
            where.append(f"v.unit >= {between[0]:d} and v.unit < {between[1]:d}")
        sql = relation.statement(
            f"select {', '.join(columns)} from {{relation}} v {joined} where {' and '.join(where)}"
        )
        return store.table(sql, used(sql, values))


def _numbers(tables: Sequence[pa.Table], name: str) -> NDArray[np.int64]:
    """A column without nulls. `to_numpy` would copy once more, and load pandas where it is installed."""
    chunks = [chunk for table in tables for chunk in table.column(name).chunks]
    numbers = [np.from_dlpack(each.view(pa.int64()) if pa.types.is_timestamp(each.type) else each) for each in chunks]
    return np.concatenate([np.empty(0, np.int64), *numbers], dtype=np.int64)


def _tags(tables: Sequence[pa.Table]) -> tuple[NDArray[np.int64], tuple[Any, ...]]:
    """Number the values that occur; whole numbers, such as the positions of channels, number themselves."""
    values: Any = pa.concat_tables([table.select(["tag"]) for table in tables]).column("tag").combine_chunks()
    if pa.types.is_integer(values.type) and not values.null_count:
        numbers = values.to_numpy()
        return numbers, tuple(range(int(numbers.max(initial=-1)) + 1))
    coded = values.dictionary_encode(null_encoding="encode")
    return coded.indices.to_numpy().astype(np.int64), tuple(coded.dictionary.to_pylist())


def _order(unit: NDArray[np.int64], at: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The order in which rows are counted; None where they stand in it already, as visits usually do."""
    same_unit = unit[1:] == unit[:-1]
    stands = (unit[1:] > unit[:-1]) | (same_unit & (at[1:] > at[:-1]))
    if bool(stands.all()):
        return None
    rank = np.where(mask == 0, NO_STEP, mask & -mask)
    same_rank = rank[1:] == rank[:-1]
    in_rank = (rank[1:] > rank[:-1]) | (same_rank & (mask[1:] >= mask[:-1]))
    if bool((stands | (same_unit & (at[1:] == at[:-1]) & in_rank)).all()):
        return None
    return np.lexsort((mask, rank, at, unit))


def is_among(column: str, places: Sequence[int]) -> str:
    """SQL that a column holds one of these places: a shift for all of them costs half of a comparison with each."""
    if max(places, default=0) >= BITS:
        return f"{column} in ({', '.join(map(str, places))})"
    return f"(({sum(1 << each for each in places)}::bigint >> {column}) & 1) = 1"


def condition(step: Step, number: int, values: dict[str, Any]) -> str:
    """SQL that a row of `v` is this step; what the user wrote is bound in `values` under names with this number."""
    if step.is_event:
        values[f"names_{number}"] = list(step.names)
        parts = [f"list_contains($names_{number}, v.name)"]
    else:
        parts = [f"v.touchpoint in ({', '.join(str(each) for each in step.touchpoints)})"]
    for place, (key, value) in enumerate(step.conditions):
        name = f"step_{number}_{place}"
        if key == "channel":
            values[name] = CHANNELS.index(value) if value in CHANNELS else -1
            parts.append(f"v.channel = ${name}")
        elif key == "device":
            values[name] = DEVICES.index(value) if value in DEVICES else -1
            parts.append(f"v.device = ${name}")
        elif key in ("campaign", "source", "label", "page"):
            values[name] = value
            parts.append(f"lower(v.{key}) = lower(${name})")
        else:
            values[name], values[f"{name}_path"] = value, pointer_to(key)
            parts.append(f"lower(json_extract_string(v.properties, ${name}_path)) = lower(${name})")
    return " and ".join(parts)
