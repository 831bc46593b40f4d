"""Grouped sums: the shape of every question that looks at one row at a time."""

from __future__ import annotations

import re
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
        sql = self.sql.replace("{bucket}", bucket.holds(self.bucket_by))
        rows = store.rows(sql, used(sql, self.parameters))
        return {row[: self.keys]: row[self.keys :] for row in rows}

    def combine(self, parts: Sequence[Grouped]) -> Grouped:
        """Put the groups of all buckets together."""
        answer: Grouped = {}
        for part in parts:
            for key, figures in part.items():
                so_far = answer.get(key)
                answer[key] = figures if so_far is None else tuple(map(self.together, so_far, figures))
        return answer


def used(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return only those values that a text names: the engine refuses others."""
    named = set(re.findall(r"\$(\w+)", sql))
    return {name: value for name, value in values.items() if name in named}
