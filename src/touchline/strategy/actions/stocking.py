"""Keeping the inventory."""

from __future__ import annotations

import json
from dataclasses import replace

from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace
from touchline.strategy.questions import kept
from touchline.strategy.rules.problem import StrategyError
from touchline.strategy.rules.resource import Resource, checked, from_csv

INSERT = "insert into strategy_resources values (?, ?, ?, ?, ?, ?, ?, ?)"
DELETE = "delete from strategy_resources where resource = ?"


def add_resource(workspace: Workspace, resource: Resource) -> Resource:
    """Put a line into the inventory. Raises StrategyError, JourneyFileError."""
    found = checked(resource, kept.places(workspace))
    with workspace.store.transaction() as writer:
        return _added(writer, found)


def change_resource(workspace: Workspace, resource: Resource) -> Resource:
    """Keep a line as it is given. Raises StrategyError, JourneyFileError."""
    kept.resource(workspace, resource.number)
    found = checked(resource, kept.places(workspace))
    with workspace.store.transaction() as writer:
        writer.execute(DELETE, [found.number])
        _write(writer, found)
    return found


def remove_resource(workspace: Workspace, number: int) -> None:
    """Take a line out. Raises StrategyError."""
    kept.resource(workspace, number)
    with workspace.store.transaction() as writer:
        writer.execute(DELETE, [number])


def import_resources(workspace: Workspace, table: str) -> int:
    """Take in a CSV table; a line of the same kind and name is replaced. Returns how many. Raises StrategyError."""
    found = list(from_csv(table, kept.places(workspace)))
    if not found:
        raise StrategyError("The table has no line below its head.")
    known = {(each.kind, each.name.casefold()): each.number for each in kept.resources(workspace)}
    with workspace.store.transaction() as writer:
        for each in found:
            number = known.get((each.kind, each.name.casefold()))
            if number is None:
                known[each.kind, each.name.casefold()] = _added(writer, each).number
            else:
                writer.execute(DELETE, [number])
                _write(writer, replace(each, number=number))
    return len(found)


def _added(writer: Writer, resource: Resource) -> Resource:
    number = int(writer.value("select nextval('strategy_resource_seq')::integer"))
    added = replace(resource, number=number)
    _write(writer, added)
    return added


def _write(writer: Writer, each: Resource) -> None:
    serves = json.dumps(each.serves)
    amounts = (each.cost_a_year, each.days_a_quarter)
    writer.execute(INSERT, [each.number, each.kind, each.name, each.owner, serves, *amounts, each.note])
