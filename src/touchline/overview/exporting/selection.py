"""The events of a scope as a log: read from the store bit by bit, in the shape the writers take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from touchline.engine.workspace import Workspace
from touchline.events.facade import StoredEvent, StoredIdentifier, StoredLink, StoredPoint
from touchline.segments.facade import Clause, Scope, compile_scope

CASES: Final = ("customer", "journey", "case", "order")
"""What one case of a log by case can be."""

_EVENTS = """
  select e.seq, e.id, k.source, k.name, e.time, k.channel, k.page, k.label, e.device, e.campaign, e.metric, e.score,
    e.score_min, e.score_max, e.text, e.language, e.value, e.currency, e.session, e.properties, e.objects, e.who, d.customer
  from events e join kinds k using (kind) left join identities d on d.identifier = e.who
"""
_COLUMNS = """
  v.id::varchar as id, v.source, v.name, v.time, v.channel, v.page, v.label, v.device, v.campaign, v.metric, v.score,
  v.score_min, v.score_max, v.text, v.language, v.value, v.currency, v.session, v.properties, v.objects,
  i.type as who_type, i.value as who_value, v.customer
"""
_POINTS = """
select v.id::varchar, k.source, k.name, v.time, k.channel, v.measure, v.amount, v.label
from (select *, null::integer as customer from series) v join kinds k using (kind)
where {clause} order by v.import_id, v.line, v.id
"""
_IDENTIFIERS = """
with chosen as (
  select i.identifier, i.type, i.value, d.customer
  from identifiers i left join identities d using (identifier)
  where {which}
)
select a.type, a.value, a.customer, b.type, b.value, l.reason, l.source, l.time, l.active
from chosen a left join (links l join chosen b on b.identifier = l.b) on l.a = a.identifier
order by a.identifier, l.time, l.b, l.reason
"""
_OF_OBJECT = """
      select v.*, o.id as case_id from ({events}) v, (select unnest(list_distinct(v.objects)) as o)
      where {clause} and o.type = '{case}'
"""
_BY_CASE: Final = {
    "customer": "select v.*, null as case_id from ({events}) v where {clause} and v.customer is not null",
    "journey": """
      select v.*, (j.journey + 1)::varchar as case_id from ({events}) v
      join (select customer, journey, min(time) as began, max(ended) as ended from visits group by all) j
        on j.customer = v.customer and v.time between j.began and j.ended
      where {clause}
    """,
    "case": _OF_OBJECT,
    "order": _OF_OBJECT,
}
_CASE_NAME: Final = {
    "customer": "i.type || ':' || i.value",
    "journey": "i.type || ':' || i.value || '/' || v.case_id",
    "case": "v.case_id",
    "order": "v.case_id",
}
"""A customer is called by the first identifier known of them, whose number is the customer's."""
OnProgress = Callable[[int, int], None]
"""(events written, events in all)."""


@dataclass(frozen=True)
class Selection:
    """An EventLog (events/exports/stored.py) of the events in a scope."""

    workspace: Workspace
    scope: Scope
    on_progress: OnProgress = lambda done, total: None

    @property
    def _clause(self) -> Clause:
        return compile_scope(self.workspace, replace(self.scope, channels=(), devices=(), intent=""))

    def count(self) -> int:
        """How many events there are."""
        clause = self._clause
        sql = f"select count(*) from ({_EVENTS}) v where {clause.sql}"
        return int(self.workspace.store.value(sql, dict(clause.parameters)))

    def event_names(self) -> list[str]:
        """Names of the events and counts, in alphabetical order."""
        clause = self._clause
        sql = f"select distinct v.name from ({_EVENTS}) v where {clause.sql}"
        found = {row[0] for row in self.workspace.store.rows(sql, dict(clause.parameters))}
        return sorted(found | {point.name for point in self.points()})

    def events(self) -> Iterator[StoredEvent]:
        """All events, in the order in which they were stored."""
        clause = self._clause
        return self._read(
            f'select {_COLUMNS}, null as "case" from ({_EVENTS}) v left join identifiers i on i.identifier = v.who '
            f"where {clause.sql} order by v.seq",
            clause,
        )

    def events_by_case(self, case: str) -> Iterator[StoredEvent]:
        """Events that belong to a case of this kind (one of CASES), sorted by case and time.

        An event of several cases is in each of them; one of none is left out. `who` is the same for all events of one
        customer: the identifier known first.
        """
        clause = self._clause
        chosen = _BY_CASE[case].format(events=_EVENTS, clause=clause.sql, case=case)
        return self._read(
            f'select {_COLUMNS}, {_CASE_NAME[case]} as "case" from ({chosen}) v '
            'left join identifiers i on i.identifier = v.customer order by "case", v.time, v.id',
            clause,
        )

    def points(self) -> Iterator[StoredPoint]:
        """Counts without people; none where the scope is about some people only."""
        if self.scope.filter.strip():
            return
        clause = self._clause
        rows = self.workspace.store.rows(_POINTS.format(clause=clause.sql), dict(clause.parameters))
        yield from (StoredPoint(int(id_), *others) for id_, *others in rows)

    def identifiers(self) -> Iterator[StoredIdentifier]:
        """Identifiers of the customers in the scope; all there are where it does not restrict."""
        clause = self._clause
        of_chosen = f"d.customer in (select v.customer from ({_EVENTS}) v where {clause.sql})"
        sql = _IDENTIFIERS.format(which="true" if clause.sql == "true" else of_chosen)
        rows = self.workspace.store.rows(sql, dict(clause.parameters))
        for (type_, value, customer), of_one in groupby(rows, key=lambda row: row[:3]):
            links = tuple(StoredLink((row[3], row[4]), *row[5:]) for row in of_one if row[3] is not None)
            yield StoredIdentifier((type_, value), customer, links)

    def objects(self) -> Iterator[tuple[str, str]]:
        """Objects the events touch, each once."""
        clause = self._clause
        sql = (
            f"select distinct o.type, o.id from (select unnest(v.objects) as o from ({_EVENTS}) v where {clause.sql}) "
            "order by all"
        )
        for batch in self.workspace.store.batches(sql, dict(clause.parameters)):
            yield from ((row["type"], row["id"]) for row in batch.to_pylist())

    def _read(self, sql: str, clause: Clause) -> Iterator[StoredEvent]:
        total, done = self.count(), 0
        for batch in self.workspace.store.batches(sql, dict(clause.parameters)):
            yield from map(_stored, batch.to_pylist())
            done += batch.num_rows
            self.on_progress(done, max(total, done))


def _stored(row: dict[str, Any]) -> StoredEvent:
    who_type, who_value = row.pop("who_type"), row.pop("who_value")
    return StoredEvent(
        **row
        | {
            "id": int(row["id"]),
            "objects": tuple((each["type"], each["id"]) for each in row["objects"] or ()),
            "who": (who_type, who_value) if who_type is not None else None,
        }
    )
