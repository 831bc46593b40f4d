"""What people entered, as it is kept."""

from __future__ import annotations

import json
from typing import Final

import msgspec

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import load_definition
from touchline.strategy.lenses.catalogue import all_lenses
from touchline.strategy.rules.answers import Answer, Area
from touchline.strategy.rules.areas import AREAS
from touchline.strategy.rules.decision import Decision
from touchline.strategy.rules.gap import Gap
from touchline.strategy.rules.problem import StrategyError
from touchline.strategy.rules.quarter import Quarter, quarter_named
from touchline.strategy.rules.resource import STAGE, Resource
from touchline.strategy.rules.snapshot import ClosedAudit, Snapshot

LATEST_SETTINGS: Final = """
select name, value from strategy_settings qualify row_number() over (partition by name order by number desc) = 1
"""
LATEST_ANSWERS: Final = """
select question, answer, note, who, set from strategy_answers
qualify row_number() over (partition by question order by number desc) = 1 order by question
"""
RESOURCES: Final = """
select resource, kind, name, owner, serves, cost_a_year, days_a_quarter, note from strategy_resources order by kind, name, resource
"""
GAPS: Final = """
select gap, evidence, place, what_is, should_be, owner, improvement, state, reason, opened, ended from strategy_gaps order by gap
"""
QUARTERS: Final = "select improvement, quarter from strategy_quarters"
AUDITS: Final = "select audit, closed, who, note, snapshot from strategy_audits order by audit desc"
DECISIONS: Final = "select decision, quarter, text, who, day from strategy_decisions order by day, decision"

TARGET: Final = "target"
LENS: Final = "lens:"
ON: Final = "on"


def target(workspace: Workspace) -> float | None:
    """The experience score that every touchpoint is to reach; None where none is set."""
    found = _settings(workspace).get(TARGET, "")
    return float(found) if found else None


def lenses_on(workspace: Workspace) -> tuple[Area, ...]:
    """Lenses that are switched on."""
    settings = _settings(workspace)
    return tuple(lens for lens in all_lenses() if settings.get(f"{LENS}{lens.name}") == ON)


def areas(workspace: Workspace) -> tuple[Area, ...]:
    """What is asked: our own areas, then lenses that are switched on."""
    return (*AREAS, *lenses_on(workspace))


def answers(workspace: Workspace) -> tuple[Answer, ...]:
    """The latest answer to each question that has one, of lenses that are off too."""
    rows = workspace.store.rows(LATEST_ANSWERS)
    return tuple(Answer(*row) for row in rows if row[1])


def resources(workspace: Workspace) -> tuple[Resource, ...]:
    """The inventory."""
    return tuple(
        Resource(number, kind, name, owner, tuple(json.loads(serves)), *rest)
        for number, kind, name, owner, serves, *rest in workspace.store.rows(RESOURCES)
    )


def resource(workspace: Workspace, number: int) -> Resource:
    """One line of the inventory. Raises StrategyError."""
    for each in resources(workspace):
        if each.number == number:
            return each
    raise StrategyError(f"There is no line {number} in the inventory.")


def places(workspace: Workspace) -> dict[str, str]:
    """What a resource may serve: ids of touchpoints and of stages, each with its name. Raises JourneyFileError."""
    definition = load_definition(workspace)
    stages = {f"{STAGE}{each.id}": f"Stage {each.name}" for each in definition.stages}
    return {each.id: each.name for each in definition.touchpoints} | stages


def gaps(workspace: Workspace) -> tuple[Gap, ...]:
    """Gaps that somebody decided about, the oldest first."""
    rows = workspace.store.rows(GAPS)
    return tuple(
        Gap(
            number,
            evidence,
            place,
            is_,
            should_be,
            owner,
            improvement,
            state,
            why,
            opened.date(),
            ended and ended.date(),
        )
        for number, evidence, place, is_, should_be, owner, improvement, state, why, opened, ended in rows
    )


def gap(workspace: Workspace, number: int) -> Gap:
    """One of them. Raises StrategyError."""
    for each in gaps(workspace):
        if each.number == number:
            return each
    raise StrategyError(f"There is no gap {number}.")


def quarters(workspace: Workspace) -> dict[int, Quarter]:
    """The quarter of each improvement that has one."""
    return {number: quarter_named(written) for number, written in workspace.store.rows(QUARTERS)}


def audits(workspace: Workspace) -> tuple[ClosedAudit, ...]:
    """Closed audits, the latest first."""
    return tuple(
        ClosedAudit(number, closed, who, note, msgspec.json.decode(snapshot, type=Snapshot))
        for number, closed, who, note, snapshot in workspace.store.rows(AUDITS)
    )


def decisions(workspace: Workspace) -> tuple[Decision, ...]:
    """Decisions of all quarters, in the order of their days."""
    return tuple(
        Decision(number, quarter_named(quarter), text, who, day)
        for number, quarter, text, who, day in workspace.store.rows(DECISIONS)
    )


def _settings(workspace: Workspace) -> dict[str, str]:
    return dict(workspace.store.rows(LATEST_SETTINGS))
