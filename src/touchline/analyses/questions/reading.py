"""What an analysis reads from: the relations of its scope and unit, the steps there are, and where parts are asked.

Everything an analysis counts goes through `Reading.ask`, so that its parts can run elsewhere, each on its own bucket.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from touchline.analyses.questions.units import EVENTS, OF_THE_JOURNEY, UNIT_EVENTS, UNIT_VISITS, WITH
from touchline.analyses.rules.steps import Known, Step, read_step
from touchline.engine.question import Question, run
from touchline.engine.remembering import Memory
from touchline.engine.store import Store
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS, DEVICES
from touchline.journeys.facade import JourneyDefinition
from touchline.segments.facade import Clause, Scope, compile_scope

Part = TypeVar("Part")
Found = TypeVar("Found")

MOST_PROPERTIES = 200

NAMES = """
select k.name, count(*) from events e join kinds k on k.kind = e.kind where e.who is not null group by k.name
"""
VISITED = "select touchpoint, count(*) from visits group by touchpoint"
PROPERTIES = """
select distinct unnest(json_keys(properties)) as key
from (select properties from events where properties is not null and properties <> '{}' using sample 10000 rows
      (reservoir, 7))
order by key limit $most
"""


@dataclass(frozen=True)
class Relation:
    """A relation in SQL with the values of its `$names`. Stands behind `from` as `({relation.sql}) v`."""

    sql: str
    parameters: Mapping[str, Any]
    common: str = ""
    """What goes behind `with` at the start of the statement; '' for nothing."""

    def statement(self, sql: str) -> str:
        """A statement over this relation: `sql` names it `{relation}`."""
        text = sql.replace("{relation}", f"({self.sql})")
        return f"with {self.common} {text}" if self.common else text


@dataclass(frozen=True)
class Reading:
    """What one question reads from."""

    workspace: Workspace
    definition: JourneyDefinition
    scope: Scope
    """With its days filled in."""
    clause: Clause
    """The scope as a condition on `visits v`."""
    unit: str
    """One of units.UNITS."""
    known: Known
    data_until: datetime
    """Time of the last event, UTC."""
    narrowed: Clause | None = None
    """What a breakdown asks besides the scope; a part of `clause`."""
    buckets: int = 1
    elsewhere: Callable[[Question[Any, Any], Store], Any] | None = field(default=None, compare=False)
    """Asks a question's parts in other processes; None: here."""
    beside: Reading | None = field(default=None, compare=False)
    """The other group, where two are compared: what is listed for one is then listed for both."""

    def ask(self, question: Question[Part, Found]) -> Found:
        """Answer a question in buckets; the answer is the same for every number of them."""
        if self.elsewhere is not None:
            answered: Found = self.elsewhere(question, self.workspace.store)
            return answered
        return run(question, self.workspace.store, self.buckets)

    def within(self, scope: Scope) -> Reading:
        """Read another scope of the same people: a breakdown narrows it as it narrows this one."""
        clause = compile_scope(self.workspace, scope, names="other_scope")
        if self.narrowed is not None:
            both = {**clause.parameters, **self.narrowed.parameters}
            clause = Clause(f"{clause.sql} and {self.narrowed.sql}", both)
        return replace(self, scope=scope, clause=clause)

    def step(self, text: str, parameter: str = "steps") -> Step:
        """Read one step. Raises QuestionError."""
        return read_step(text, self.known, parameter)

    def steps(self, texts: Sequence[str], parameter: str = "steps") -> tuple[Step, ...]:
        """Read steps. Raises QuestionError."""
        return tuple(read_step(text, self.known, parameter) for text in texts)

    def visits(self) -> Relation:
        """Visits of the scope: `unit` and every column of the store's visits."""
        sql = UNIT_VISITS[self.unit].replace("{scope}", self.clause.sql)
        return Relation(sql, dict(self.clause.parameters), WITH.get(self.unit, ""))

    def events(self) -> Relation:
        """Events of the scope, of somebody: `unit`, customer, time, name, channel, device (by position), intent, kind, page,
        label, source, campaign, properties (JSON), objects, session, value, currency, id."""
        by_intent = bool(self.scope.intent)
        inner = EVENTS.replace("{intent}", "j.intent" if by_intent else "null").replace(
            "{journeys}", OF_THE_JOURNEY if by_intent else ""
        )
        sql = UNIT_EVENTS[self.unit].replace("{events}", inner).replace("{scope}", self.clause.sql)
        values = {
            **self.clause.parameters,
            "channel_names": list(CHANNELS),
            "other_channel": CHANNELS.index("other"),
            "device_names": list(DEVICES),
            "unknown_device": DEVICES.index("unknown"),
        }
        return Relation(sql, values)


_known: Memory[Known] = Memory()


def what_is_known(workspace: Workspace, definition: JourneyDefinition) -> Known:
    """What there is to ask about, remembered until the data change."""
    return _known.recall(workspace, str(definition), lambda: _look(workspace.store, definition))


def _look(store: Store, definition: JourneyDefinition) -> Known:
    return Known(
        touchpoints=tuple((each.id, each.name, each.stage) for each in definition.touchpoints),
        stages=tuple((each.id, each.name) for each in definition.stages),
        visits=dict(store.rows(VISITED)),
        events=dict(store.rows(NAMES)),
        properties=tuple(row[0] for row in store.rows(PROPERTIES, {"most": MOST_PROPERTIES})),
        channels=CHANNELS,
        devices=DEVICES,
    )
