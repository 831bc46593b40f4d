"""What others may do with journeys: the definition, and the measured map."""

from __future__ import annotations

from datetime import UTC, datetime

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.journeys.actions.definition import (
    DEFAULT_JOURNEY_TOML,
    adopt_unmapped,
    default_definition,
    load_definition,
    save_definition,
    save_definition_text,
)
from touchline.journeys.actions.proposing import propose_journey, save_proposal
from touchline.journeys.actions.refresh import Refreshed, refresh
from touchline.journeys.questions.coverage import Span, span
from touchline.journeys.questions.measured_map import measured_map, scope_of_days
from touchline.journeys.questions.numbers.opening import opened
from touchline.journeys.questions.slices import of_each_slice
from touchline.journeys.rules.assembly import unreadable_map
from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.journey_file import JourneyFileError
from touchline.journeys.rules.journey_map import (
    ChannelShare,
    ExperienceScore,
    Functional,
    JourneyMap,
    Neighbour,
    SourceScore,
    StageMeasures,
    TouchpointMeasures,
    Transition,
    Waiting,
)
from touchline.journeys.rules.map_pains import AmountAtStake, MapPain, MapPains, MomentHere, PainEvidence
from touchline.journeys.rules.map_parts import (
    HeadlineFigure,
    Money,
    Quote,
    ResearchNote,
    SeriesFigure,
    Share,
    Staleness,
    Unmapped,
    UnmappedKind,
)
from touchline.journeys.rules.planned import STAGE, Places, PlanError, PlannedOrder, PlannedStep, read_plan
from touchline.journeys.rules.proposal import Pin, Proposal, ProposalError
from touchline.kit.opened_number import Cell, Column, OpenedNumber, UnknownNumberError
from touchline.segments.facade import Scope

__all__ = [
    "DEFAULT_JOURNEY_TOML",
    "STAGE",
    "AmountAtStake",
    "Cell",
    "ChannelShare",
    "Column",
    "ExperienceScore",
    "Functional",
    "HeadlineFigure",
    "JourneyDefinition",
    "JourneyFileError",
    "JourneyMap",
    "MapPain",
    "MapPains",
    "MomentHere",
    "Money",
    "Neighbour",
    "OpenedNumber",
    "PainEvidence",
    "Pattern",
    "Pin",
    "Places",
    "PlanError",
    "PlannedOrder",
    "PlannedStep",
    "Proposal",
    "ProposalError",
    "Quote",
    "Refreshed",
    "ResearchNote",
    "SeriesFigure",
    "Share",
    "SourceScore",
    "Span",
    "Stage",
    "StageMeasures",
    "Staleness",
    "Touchpoint",
    "TouchpointMeasures",
    "Transition",
    "UnknownNumberError",
    "Unmapped",
    "UnmappedKind",
    "Waiting",
    "adopt_unmapped",
    "data_span",
    "default_definition",
    "filled_scope",
    "journey_map",
    "load_definition",
    "of_each_slice",
    "open_number",
    "propose_journey",
    "read_plan",
    "refresh",
    "refreshed_or_why_not",
    "save_definition",
    "save_definition_text",
    "save_proposal",
]


_maps: Memory[JourneyMap] = Memory()


def journey_map(workspace: Workspace, scope: Scope | None = None) -> JourneyMap:
    """Measure the journey of a scope; without a period the latest 90 days, or all data when they are short.

    Never fails for want of data: an empty store gives a map that says so, and so does a definition with a mistake.
    Raises FilterError when the scope's filter cannot be read.
    """
    asked = scope or Scope()
    try:
        definition = load_definition(workspace)
        refresh(workspace)
    except JourneyFileError as error:
        return unreadable_map(workspace.settings.name, str(error), datetime.now(UTC))
    return _maps.recall(workspace, (str(definition), asked), lambda: measured_map(workspace, definition, asked))


def refreshed_or_why_not(workspace: Workspace) -> str:
    """Bring visits up to date; returns a sentence where they stay as they were, '' otherwise."""
    try:
        refresh(workspace)
    except JourneyFileError as error:
        return f"Visits are as they were before: {error}"
    return ""


def filled_scope(workspace: Workspace, scope: Scope) -> Scope:
    """Return the scope with the days `journey_map` chooses where none are given."""
    return scope_of_days(scope, span(workspace.store))[0]


def data_span(workspace: Workspace) -> Span:
    """First and last moment of the data; None where there are none."""
    return span(workspace.store)


def open_number(
    workspace: Workspace, scope: Scope, measure: str, target: str = "", page: int = 1, per_page: int = 50
) -> OpenedNumber:
    """Open a number of the map: what it means, how it is computed, and one page (from 1) of the rows behind it.

    `measure` is the name of a field of the map; `target` is '' for the whole journey, a touchpoint's id, 'stage:' and a
    stage's id, or 'from>to' for a transition. `per_page` 0 gives all rows at once.
    Raises UnknownNumberError, JourneyFileError or FilterError, each with a sentence.
    """
    definition = load_definition(workspace)
    refresh(workspace)
    return opened(workspace, definition, scope, measure, target, (max(page, 1) - 1) * per_page, per_page)
