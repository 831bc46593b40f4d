"""Pain points in the JSON API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router

from touchline.api.errors import ApiError
from touchline.pains import facade
from touchline.pains.facade import Pain, Pains, UnknownPainError
from touchline.segments.facade import FilterError, Scope
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router()

Start = Annotated[date | None, Query(None, description="First day of the visits; all data where no day is given.")]
End = Annotated[date | None, Query(None, description="Last day of the visits, inclusive.")]
Channel = Annotated[list[str] | None, Query(None, description="Only visits by this channel; may be repeated.")]
Device = Annotated[list[str] | None, Query(None, description="Only visits on this device; may be repeated.")]
Intent = Annotated[str, Query("", description="Journeys that began with this campaign or touchpoint id.")]
Filter = Annotated[str, Query("", description="Which customers, in the filter language.")]


@ROUTER.get("/pains", response=Pains, tags=["Pain points"], summary="Pain points, ranked")
def pains(
    request: WorkspaceRequest,
    start: Start = None,
    end: End = None,
    channel: Channel = None,
    device: Device = None,
    intent: Intent = "",
    filter: Filter = "",  # noqa: A002 - the word of the command line and the page
) -> Pains:
    """What was computed last of these visits, with amounts by the assumptions of now. Where nothing was, computing begins:
    ask again.
    """
    return _found(request, _scope(start, end, channel, device, intent, filter))


@ROUTER.get("/pains/{id}", response=Pain, tags=["Pain points"], summary="One pain point")
def pain(
    request: WorkspaceRequest,
    id: str,  # noqa: A002 - named so in the address
    start: Start = None,
    end: End = None,
    channel: Channel = None,
    device: Device = None,
    intent: Intent = "",
    filter: Filter = "",  # noqa: A002
) -> Pain:
    """One pain of those computed last of these visits: its evidence, who suffers, its checks and its protocol."""
    try:
        return facade.pain(request.workspace, id, _scope(start, end, channel, device, intent, filter))
    except UnknownPainError as problem:
        raise ApiError("not_found", str(problem)) from None


def _scope(
    start: date | None, end: date | None, channel: list[str] | None, device: list[str] | None, intent: str, filter_: str
) -> Scope:
    return Scope(start, end, None, None, tuple(channel or ()), tuple(device or ()), intent, filter_)


def _found(request: WorkspaceRequest, scope: Scope) -> Pains:
    found = facade.kept_pains(request.workspace, scope)
    if found is not None:
        return found
    try:
        progress = facade.begin_computing(request.workspace, scope)
    except FilterError as problem:
        raise ApiError("invalid_request", str(problem)) from None
    raise ApiError("not_found", f"Pain points are being computed ({progress.words}). Ask again in a minute.")
