"""Where the steps of a question occur: one row per visit or event that is any of them, in order, per unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchline.analyses.questions.reading import Reading, Relation
from touchline.analyses.rules.steps import Step
from touchline.engine.question import Bucket
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.events.facade import CHANNELS, DEVICES

MOST_STEPS = 31
"""Steps are the bits of a 32-bit number."""


@dataclass(frozen=True)
class Matched:
    """Rows in order of unit, then time, then mask: three arrays of one length."""

    unit: NDArray[np.int64]
    time_us: NDArray[np.int64]
    """Microseconds since 1970, UTC."""
    mask: NDArray[np.int64]
    """Bit i is set where the row is step i."""


@dataclass(frozen=True)
class Matches:
    """Find the rows of some steps; the part of an analysis begins with `matched(store, bucket)`."""

    visits: Relation
    events: Relation
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, reading: Reading, steps: Sequence[Step]) -> Matches:
        """The steps of a reading."""
        return cls(reading.visits(), reading.events(), tuple(steps))

    def matched(self, store: Store, bucket: Bucket) -> Matched:
        """Look in one bucket."""
        tables = [
            _table(store, relation, bucket, wanted)
            for relation, wanted in (
                (self.visits, [(at, step) for at, step in enumerate(self.steps) if not step.is_event]),
                (self.events, [(at, step) for at, step in enumerate(self.steps) if step.is_event]),
            )
            if wanted
        ]
        columns = [
            np.concatenate([table.column(name).to_numpy() for table in tables]) for name in ("unit", "at", "mask")
        ]
        unit, at, mask = (column.astype(np.int64, copy=False) for column in columns)
        order = np.lexsort((mask, at, unit))
        return Matched(unit[order], at[order], mask[order])


def _table(store: Store, relation: Relation, bucket: Bucket, wanted: Sequence[tuple[int, Step]]) -> pa.Table:
    values: dict[str, Any] = dict(relation.parameters)
    conditions = [(at, condition(step, at, values)) for at, step in wanted]
    mask = " + ".join(f"case when {holds} then {1 << at} else 0 end" for at, holds in conditions)
    any_of = " or ".join(f"({holds})" for _, holds in conditions)
    sql = relation.statement(
        f"select v.unit, epoch_us(v.time) as at, ({mask})::bigint as mask "
        f"from {{relation}} v where ({any_of}) and {bucket.holds('v.unit')}"
    )
    return store.table(sql, used(sql, values))


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
            values[name], values[f"{name}_path"] = value, f'$."{key}"'
            parts.append(f"lower(json_extract_string(v.properties, ${name}_path)) = lower(${name})")
    return " and ".join(parts)
