"""Questions about answers: scores in sums, and what customers wrote."""

from __future__ import annotations

from typing import Any

from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.sums import Sums
from touchline.journeys.questions.asked import Asked
from touchline.journeys.rules.counts import AnswerSums, TextFound
from touchline.segments.facade import Clause

TEXTS_PER_TOUCHPOINT = 200
"""A typical text is found among this many: the same ones every time, whatever order they came in."""

SHORTEST_TEXT = 20
"""Characters: 'ok' and 'very good' say nothing about a touchpoint."""

PLACED = "(select *, null::varchar as intent from responses)"
PLACED_WITH_INTENT = """(
  select r.*, w.intent from responses r asof left join visits w on r.customer = w.customer and r.time >= w.time
)"""
"""An answer's intent is that of the visit before it."""

SUMS = """
select v.touchpoint, v.channel, v.metric, v.source,
  count(*), sum(v.experience), sum(v.experience * v.experience), sum(v.score)
from {placed} v
where v.experience is not null and v.metric is not null and {scope} and {bucket}
group by v.touchpoint, v.channel, v.metric, v.source
"""

NUMBER = "select count(*) from {placed} v where {scope}"

TEXTS = """
select v.touchpoint, v.text, v.source, coalesce(v.metric, ''), v.score, v.time, coalesce(v.language, '')
from {placed} v
where v.touchpoint is not null and length(v.text) >= $shortest and {scope}
qualify row_number() over (partition by v.touchpoint order by hash(v.event), v.event) <= $most
order by v.touchpoint, v.event
"""


def answer_sums(store: Store, asked: Asked, clause: Clause | None, buckets: int = 1) -> tuple[AnswerSums, ...]:
    """Scores given in a scope, by touchpoint, channel, metric and source; nothing without a clause."""
    if clause is None:
        return ()
    found = run(Sums(placed(SUMS, asked, clause), 4, dict(clause.parameters)), store, buckets)
    return tuple(AnswerSums(*key, *figures) for key, figures in sorted(found.items(), key=repr))


def response_count(store: Store, asked: Asked) -> int:
    """How many answers and texts the scope holds."""
    return int(store.value(placed(NUMBER, asked, asked.scope), dict(asked.scope.parameters)) or 0)


def texts(store: Store, asked: Asked) -> tuple[TextFound, ...]:
    """A fixed sample of what customers wrote at each touchpoint."""
    values: dict[str, Any] = {**asked.scope.parameters, "shortest": SHORTEST_TEXT, "most": TEXTS_PER_TOUCHPOINT}
    return tuple(TextFound(*row) for row in store.rows(placed(TEXTS, asked, asked.scope), values))


def placed(sql: str, asked: Asked, clause: Clause) -> str:
    """Put the answers and the scope into a text."""
    return sql.replace("{placed}", relation(asked)).replace("{scope}", clause.sql)


def relation(asked: Asked) -> str:
    """The answers as a relation shaped like visits, so that a scope can restrict them."""
    return PLACED_WITH_INTENT if asked.intent else PLACED
