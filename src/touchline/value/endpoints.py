"""Value in the JSON API."""

from __future__ import annotations

from ninja import Router

from touchline.ui.requests import WorkspaceRequest
from touchline.value import facade
from touchline.value.facade import ValueReport

ROUTER = Router()


@ROUTER.get("/value", response=ValueReport, tags=["Value"], summary="What customers are worth")
def value(request: WorkspaceRequest) -> ValueReport:
    """What customers are worth by the assumptions in force, who lapsed, how long they go on buying, what contracts tell, and how
    well all of it was forecast; a sentence where that cannot be said. As `touchline value --json` prints it.
    """
    return facade.value_report(request.workspace)
