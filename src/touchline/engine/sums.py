"""Grouped sums: the shape of every question that looks at one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import add
from typing import Any, TypeAlias

from touchline.engine.question import Bucket
from touchline.engine.store import Store

Grouped: TypeAlias = dict[tuple[Any, ...], tuple[Any, ...]]


@dataclass(frozen=True)
class Sums:
    """Rows of one SQL text: the first `keys` columns name the group, the others add up over buckets."""

    sql: str
    """Holds {bucket} where the condition on customers belongs."""
    keys: int
    parameters: dict[str, Any]
    bucket_by: str = "v.customer"
    """The customer column of the text; any other whole number where no customer is counted."""
    together: Callable[[Any, Any], Any] = field(default=add)
    """How two buckets' figures of one group become one: added, or the larger."""

    def part(self, store: Store, bucket: Bucket) -> Grouped:
        """Ask for one bucket."""
        rows = store.rows(self.sql.replace("{bucket}", bucket.holds(self.bucket_by)), self.parameters)
        return {row[: self.keys]: row[self.keys :] for row in rows}

    def combine(self, parts: Sequence[Grouped]) -> Grouped:
        """Put the groups of all buckets together."""
        answer: Grouped = {}
        for part in parts:
            for key, figures in part.items():
                so_far = answer.get(key)
                answer[key] = figures if so_far is None else tuple(map(self.together, so_far, figures))
        return answer
