"""Scopes and filters as conditions on the store's tables. Every value is bound, none is written into the SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS, DEVICES
from touchline.segments.conditions.catalogue import condition
from touchline.segments.conditions.reading import unknown
from touchline.segments.rules.expression import And, Node, Not, Or
from touchline.segments.rules.parser import parse
from touchline.segments.rules.problem import FilterError
from touchline.segments.rules.scope import Scope


@dataclass(frozen=True)
class Clause:
    """A condition with the values of its `$names`; 'true' where nothing is restricted. Null only for a null customer."""

    sql: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class SavedFilter:
    """A filter the workspace keeps by name."""

    name: str
    expression: str
    saved: datetime


def compile_scope(workspace: Workspace, scope: Scope, *, names: str = "scope") -> Clause:
    """Restrict `visits v`, or any relation of that shape under that name, to a scope. Raises FilterError.

    `names` begins the name of every parameter: two clauses of one statement need two beginnings.
    """
    asked = _Asked(workspace, scope, names)
    parts = [
        *_period(scope, asked),
        *_listed(scope.channels, CHANNELS, "v.channel", "channel", asked),
        *_listed(scope.devices, DEVICES, "v.device", "device", asked),
    ]
    if scope.intent:
        parts.append(f"v.intent is not distinct from {asked.bind(scope.intent)}")
    if scope.filter.strip():
        parts.append(_members(parse(scope.filter), asked))
    return Clause(" and ".join(parts) or "true", asked.parameters)


def saved_filters(workspace: Workspace) -> list[SavedFilter]:
    """Return the filters kept by name, in alphabetical order."""
    rows = workspace.store.rows("select name, expression, saved from filters order by lower(name), name")
    return [SavedFilter(*row) for row in rows]


@dataclass
class _Asked:
    """What conditions may know; the store is asked only for what a filter really uses."""

    workspace: Workspace
    scope: Scope
    names: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        name = f"{self.names}_{len(self.parameters) + 1}"
        self.parameters[name] = value
        return f"${name}"

    @cached_property
    def until(self) -> datetime:
        if self.scope.end is not None:
            return _midnight_after(self.scope.end)
        latest = self.workspace.store.value("select max(time) from events")
        return latest + timedelta(microseconds=1) if latest else datetime(1970, 1, 1)  # noqa: DTZ001 times are naive UTC

    @cached_property
    def touchpoints(self) -> Mapping[str, int]:
        return dict(self.workspace.store.rows("select id, position from touchpoints order by position"))

    @cached_property
    def kept_segments(self) -> tuple[str, ...]:
        return tuple(row[0] for row in self.workspace.store.rows("select name from segments order by lower(name)"))

    @cached_property
    def traits(self) -> frozenset[str]:
        return frozenset(row[0] for row in self.workspace.store.rows("select distinct lower(key) from traits"))


def _period(scope: Scope, asked: _Asked) -> list[str]:
    if scope.start is not None and scope.end is not None and scope.start > scope.end:
        raise FilterError(f"The period ends ({scope.end}) before it starts ({scope.start}).")
    parts = []
    if scope.start is not None:
        parts.append(f"v.time >= {asked.bind(datetime.combine(scope.start, time.min))}")
    if scope.end is not None:
        parts.append(f"v.time < {asked.bind(_midnight_after(scope.end))}")
    return parts


def _midnight_after(day: date) -> datetime:
    if day.year >= MAXYEAR:
        raise FilterError(f"The period must end before the year {MAXYEAR}.")
    return datetime.combine(day + timedelta(days=1), time.min)


def _listed(given: tuple[str, ...], known: tuple[str, ...], column: str, what: str, asked: _Asked) -> list[str]:
    """Return the condition that a column holds one of the given names, which are stored by position."""
    if not given:
        return []
    for name in given:
        if name not in known:
            raise FilterError(unknown(what, name, known))
    return [f"{column} in ({', '.join(asked.bind(known.index(name)) for name in dict.fromkeys(given))})"]


def _members(node: Node, asked: _Asked) -> str:
    if isinstance(node, Not):
        return f"not {_members(node.part, asked)}"
    if isinstance(node, And | Or):
        joined = " and " if isinstance(node, And) else " or "
        return "(" + joined.join(_members(part, asked) for part in node.parts) + ")"
    found = condition(node).customers(asked)
    return f"(v.customer {'in' if found.listed else 'not in'} ({found.select_customers}))"
