"""The period of the figures, and its equal slices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from touchline.engine.workspace import Workspace
from touchline.metrics.rules import SLICES
from touchline.segments.facade import Clause, Scope, compile_scope

SPAN = """
select min(first), max(last) from (
  select min(time) as first, max(time) as last from events
  union all select min(time), max(ended) from visits
  union all select min(time), max(time) from responses
)
"""


@dataclass(frozen=True)
class Asked:
    """One period of a scope, compiled."""

    clause: Clause
    people: Clause
    """The same without its first day: whose visits up to the end of the period fit the scope."""
    start: datetime
    end: datetime
    """First moment after it."""
    data_until: datetime
    intent: bool
    """Whether the scope restricts the journeys' intent: answers then need their visit."""
    restricts: bool
    """Whether the scope restricts anything but the period."""

    @property
    def people_sql(self) -> str:
        """Condition on a `customer`: true where the scope leaves nobody out."""
        if not self.restricts:
            return "true"
        return f"customer in (select v.customer from visits v where {self.people.sql})"

    @property
    def parameters(self) -> dict[str, Any]:
        """Values for the clause and for `slice_of`."""
        return {
            **self.clause.parameters,
            **self.people.parameters,
            "start": self.start,
            "end": self.end,
            "data_until": self.data_until,
            "slices": SLICES,
        }


def periods(workspace: Workspace, scope: Scope) -> tuple[Asked, Asked | None] | None:
    """Compile the period and the comparison period; None where there are no data. Raises FilterError."""
    first, last = workspace.store.row(SPAN) or (None, None)
    if first is None or last is None:
        return None
    now = _compiled(workspace, scope, first.date(), last)
    before = _compiled(workspace, scope.comparison(), first.date(), last) if scope.compares else None
    return now, before


def slice_of(moment: str) -> str:
    """SQL of the slice, 0 to SLICES − 1, in which a moment of the period lies."""
    return f"floor($slices * epoch({moment} - $start::timestamp) / epoch($end::timestamp - $start::timestamp))::integer"


def _compiled(workspace: Workspace, scope: Scope, first: date, last: datetime) -> Asked:
    return Asked(
        clause=compile_scope(workspace, scope),
        people=compile_scope(workspace, replace(scope, start=None), names="people"),
        start=datetime.combine(scope.start or first, time.min),
        end=datetime.combine(scope.end or last.date(), time.min) + timedelta(days=1),
        data_until=last,
        intent=bool(scope.intent),
        restricts=bool(scope.channels or scope.devices or scope.intent or scope.filter.strip()),
    )
