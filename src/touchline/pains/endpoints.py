"""Pain points in the JSON API."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from touchline.api.errors import ApiError
from touchline.pains import facade
from touchline.pains.facade import Pain, Pains, UnknownPainError
from touchline.segments.facade import FilterError, Scope
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router()

Filter = Annotated[str, Query("", description="Which customers, in the filter language; computed before with it.")]


@ROUTER.get("/pains", response=Pains, tags=["Pain points"], summary="Pain points, ranked")
def pains(request: WorkspaceRequest, filter: Filter = "") -> Pains:  # noqa: A002 - the word of the command line and the page
    """What was computed last, with amounts by the assumptions of now. Where nothing was, computing begins: ask again."""
    scope = Scope(filter=filter)
    try:
        found = facade.kept_pains(request.workspace, scope)
        if found is None:
            progress = facade.begin_computing(request.workspace, scope)
            raise ApiError("not_found", f"Pain points are being computed ({progress.words}). Ask again in a minute.")
    except FilterError as problem:
        raise ApiError("invalid_request", str(problem)) from None
    return found


@ROUTER.get("/pains/{id}", response=Pain, tags=["Pain points"], summary="One pain point")
def pain(request: WorkspaceRequest, id: str) -> Pain:  # noqa: A002 - named so in the address
    """One pain of those computed last, with its evidence, checks and protocol."""
    try:
        return facade.pain(request.workspace, id)
    except UnknownPainError as problem:
        raise ApiError("not_found", str(problem)) from None
