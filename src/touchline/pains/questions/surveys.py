"""Answers of people who were asked several things at one moment: the questions of one survey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from touchline.engine.question import Bucket, run
from touchline.engine.store import Store
from touchline.engine.sums import used
from touchline.engine.workspace import Workspace
from touchline.pains.rules.drivers import SurveyRows
from touchline.pains.rules.rows import concatenated
from touchline.segments.facade import Clause, Scope, compile_scope

ANSWERS: Final = """
select v.customer::bigint as customer, epoch_us(v.time) as time, v.source, v.experience::double as experience,
  coalesce(nullif(e.properties ->> '$.question', ''), v.metric, '') as question, coalesce(v.metric, '') as metric
from {placed} v join events e on e.id = v.event
where v.experience is not null and v.customer is not null and ({scope}) and {bucket}
qualify count(*) over (partition by v.customer, v.time, v.source) > 1
order by 1, 2, 3, question, e.id
"""
"""Sources give each scored question of a form an event of its own, all of one moment."""

PLACED: Final = "responses"
PLACED_WITH_INTENT: Final = """(
  select r.*, w.intent from responses r asof left join visits w on r.customer = w.customer and r.time >= w.time
)"""
"""An answer belongs to the journey of the visit before it."""
_TYPES: Final = {"customer": np.int64, "time": np.int64, "experience": np.float64}


@dataclass(frozen=True)
class _ReadSurveys:
    """The question."""

    placed: str
    clause: Clause
    """The scope, on `responses v`."""

    def part(self, store: Store, bucket: Bucket) -> SurveyRows:
        """Read one bucket."""
        text = ANSWERS.format(placed=self.placed, scope=self.clause.sql, bucket=bucket.holds("v.customer"))
        table = store.table(text, used(text, dict(self.clause.parameters)))
        columns: dict[str, Any] = {
            each.name: np.array(table.column(each.name).to_pylist(), dtype=_TYPES.get(each.name, object))
            for each in fields(SurveyRows)
        }
        return SurveyRows(**columns)

    def combine(self, parts: Sequence[SurveyRows]) -> SurveyRows:
        """Put all buckets together."""
        return concatenated(parts)


def survey_rows(workspace: Workspace, scope: Scope) -> SurveyRows:
    """The answers of a scope. Raises FilterError."""
    placed = PLACED_WITH_INTENT if scope.intent else PLACED
    return run(_ReadSurveys(placed, compile_scope(workspace, scope)), workspace.store)
