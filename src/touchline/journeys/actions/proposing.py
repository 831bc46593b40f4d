"""Propose a journey from the data, and make it the definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.journeys.actions.definition import default_definition, keep_definition, load_definition, save_definition
from touchline.journeys.actions.refresh import refresh
from touchline.journeys.questions.moves_of_kinds import find_candidates, moves_of_kinds
from touchline.journeys.rules.definition import JourneyDefinition, Stage
from touchline.journeys.rules.editing import new_id
from touchline.journeys.rules.planned import STAGE, without
from touchline.journeys.rules.proposal import MOST_STAGES, USUAL_STAGES, Pin, Proposal, ProposalError, propose

KEPT_AS = "journey-before-proposal.toml"

_proposals: Memory[Proposal] = Memory()


def propose_journey(
    workspace: Workspace, stages: int = USUAL_STAGES, pins: Mapping[str, Pin] | None = None
) -> Proposal:
    """Order what customers do by its trophic level and cut the order into stages. Raises ProposalError."""
    if not 1 <= stages <= MOST_STAGES:
        raise ProposalError(f"{stages} stages were asked for; expected 1 to {MOST_STAGES}.")
    definition = load_definition(workspace)
    refresh(workspace)
    asked = (str(definition), stages, tuple(sorted((pins or {}).items(), key=lambda each: each[0])))
    return _proposals.recall(workspace, asked, lambda: _propose(workspace, definition, stages, pins or {}))


def _propose(workspace: Workspace, definition: JourneyDefinition, stages: int, pins: Mapping[str, Pin]) -> Proposal:
    store = workspace.store
    found = find_candidates(store, definition)
    names = {each.id: each.name for each in (*default_definition().stages, *definition.stages)}
    proposal = propose(found.candidates, moves_of_kinds(store, definition, found), stages, pins, names)
    seen = {each.touchpoint.id for each in found.candidates}
    unused = tuple(each.name for each in definition.touchpoints if each.id not in seen and each.name not in found.rare)
    return replace(proposal, left_out=(*proposal.left_out, *found.rare), unused=unused)


def save_proposal(
    workspace: Workspace,
    proposal: Proposal,
    touchpoint_names: Mapping[str, str] | None = None,
    stage_names: Mapping[int, str] | None = None,
) -> JourneyDefinition:
    """Make a proposal the journey definition; what was there before is kept as journey-before-proposal.toml.

    `touchpoint_names` by id and `stage_names` by number, from 1, replace the proposed ones. Touchpoints that never occur
    are left behind, and with them what the planned order says of them.
    """
    before = load_definition(workspace)
    stages: list[Stage] = []
    touchpoints = []
    for number, proposed in enumerate(proposal.stages, 1):
        if not proposed.touchpoints:
            continue
        name = (stage_names or {}).get(number, proposed.name)
        stage = Stage(new_id(name, (each.id for each in stages)), name)
        stages.append(stage)
        for placed in proposed.touchpoints:
            touchpoint = placed.candidate.touchpoint
            called = (touchpoint_names or {}).get(touchpoint.id, touchpoint.name)
            touchpoints.append(replace(touchpoint, name=called, stage=stage.id))
    planned = before.planned
    gone = {each.id for each in before.touchpoints} - {each.id for each in touchpoints}
    kept_stages = {each.id for each in stages}
    for name in [*gone, *(STAGE + each.id for each in before.stages if each.id not in kept_stages)]:
        planned = without(planned, name)
    after = replace(before, stages=tuple(stages), touchpoints=tuple(touchpoints), planned=planned)
    keep_definition(workspace, KEPT_AS)
    save_definition(workspace, after)
    return after
