"""The page that proposes a journey from the data: look, pin, rename, choose how many stages, and save."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from touchline.journeys import facade
from touchline.journeys.actions.proposing import KEPT_AS
from touchline.journeys.pages import of_readable_journey
from touchline.journeys.rules.asked_proposal import AskedProposal, read_proposal
from touchline.journeys.rules.proposal import MOST_STAGES, ProposalError
from touchline.ui.requests import WorkspaceRequest


@require_http_methods(["GET", "HEAD", "POST"])
@of_readable_journey
def propose(request: WorkspaceRequest) -> HttpResponse:
    """Show a proposal, again with what was pinned and renamed, or save it."""
    filled = request.POST if request.method == "POST" else request.GET
    asked = AskedProposal()
    try:
        asked = read_proposal(filled.dict())
        proposal = facade.propose_journey(request.workspace, asked.stages, asked.pins)
    except ProposalError as problem:
        return render(request, "journeys/propose.html", {"problem": str(problem), "asked": asked, "most": MOST_STAGES})
    if request.method == "POST" and "save" in request.POST:
        facade.save_proposal(request.workspace, proposal, asked.touchpoint_names, asked.stage_names)
        messages.success(request, f"Saved as the journey. What was there before is kept in the workspace as {KEPT_AS}.")
        return redirect("journey")
    stages = [
        {
            "number": number,
            "stage": stage,
            "name": asked.stage_names.get(number, stage.name),
            "touchpoints": [
                {
                    "placed": placed,
                    "name": asked.touchpoint_names.get(
                        placed.candidate.touchpoint.id, placed.candidate.touchpoint.name
                    ),
                    "pin": asked.pins.get(placed.candidate.touchpoint.id),
                }
                for placed in stage.touchpoints
            ],
        }
        for number, stage in enumerate(proposal.stages, 1)
    ]
    shown = {"proposal": proposal, "stages": stages, "asked": asked, "most": MOST_STAGES}
    return render(request, "journeys/propose.html", shown)
