"""Collecting in the JSON API: who may send, and the log of what was rejected. Tokens are never given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from ninja import Body, Query, Router

from touchline.api.errors import ApiError
from touchline.api.paging import Limit, Offset
from touchline.collection import facade
from touchline.collection.facade import HookInUse, KeyInUse, Redriven, Rejection, RejectionError, RejectionFilter
from touchline.collection.rules.problems import EVENT_PROBLEMS
from touchline.collection.rules.redriving import in_words
from touchline.engine.workspace import Workspace
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router(tags=["Collecting"])
LARGEST_NUMBER = 2**63 - 1
MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class Keys:
    """Every write key, revoked ones too."""

    keys: list[KeyInUse]
    """In the order in which they were made."""


@dataclass(frozen=True)
class Hooks:
    """Every webhook, closed ones too."""

    webhooks: list[HookInUse]
    """In the order in which they were made."""


@dataclass(frozen=True)
class Rejections:
    """One page of the log."""

    rejections: list[Rejection]
    """The latest first."""
    total: int
    """On all pages."""
    offset: int
    limit: int


@dataclass(frozen=True)
class Wanted:
    """Which rejected events are meant, of those that wait; what is left out means any."""

    code: str | None = None
    key: int | None = None
    """Number of a write key."""
    contains: str | None = None
    """Part of the content, the reason or the message id."""
    since: date | None = None
    """Received on this day (UTC) or later."""
    until: date | None = None
    """Received on this day (UTC) or earlier."""


@dataclass(frozen=True)
class Correction:
    """What is sent again."""

    content: str | None = None
    """The event as it should have been, as JSON in a text; null: as it came."""


@dataclass(frozen=True)
class Retried:
    """What became of one that was sent again."""

    outcome: str
    """'stored', 'known' (in the store already), 'no event' or 'refused' (rejected again; it waits on)."""
    code: str
    """Of what is wrong with it now; '' where nothing is."""
    sentence: str


@dataclass(frozen=True)
class AllRetried:
    """What became of several that were sent again."""

    outcomes: dict[str, int]
    """Outcome -> events."""
    sentence: str


@dataclass(frozen=True)
class Dismissed:
    """How many were taken off the list of those that wait."""

    dismissed: int


@ROUTER.get("/write-keys", response=Keys, summary="Write keys")
def write_keys(request: WorkspaceRequest) -> Keys:
    """Who may send, and what has come by each key. Tokens are known by their last characters only."""
    return Keys(facade.keys_in_use(request.workspace.store, datetime.now(UTC).replace(tzinfo=None)))


@ROUTER.get("/webhooks", response=Hooks, summary="Webhooks")
def webhooks(request: WorkspaceRequest) -> Hooks:
    """Whose servers may send, and what has come by each. Addresses are never given, secrets by their last characters only."""
    return Hooks(facade.hooks_in_use(request.workspace.store, datetime.now(UTC).replace(tzinfo=None)))


@ROUTER.get("/rejections", response=Rejections, summary="Rejected events")
def rejections(
    request: WorkspaceRequest,
    code: Annotated[str | None, Query(None, description="Only those with this problem.")] = None,
    key: Annotated[int | None, Query(None, description="Only those that came by the write key of this number.")] = None,
    contains: Annotated[
        str | None, Query(None, max_length=200, description="Part of the content, the reason or the message id.")
    ] = None,
    since: Annotated[date | None, Query(None, description="Received on this day (UTC) or later.")] = None,
    until: Annotated[date | None, Query(None, description="Received on this day (UTC) or earlier.")] = None,
    resolved: Annotated[bool, Query(False, description="Those too that were stored or dismissed since.")] = False,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Rejections:
    """Events that could not be stored as they came, whole, with the reason."""
    which = _filter(Wanted(code, key, contains, since, until), waiting=not resolved)
    store = request.workspace.store
    found = facade.rejections(store, which, offset, limit)
    return Rejections(found, facade.count_rejections(store, which), offset, limit)


@ROUTER.get("/rejections/{int:number}", response=Rejection, summary="One rejected event")
def one_rejection(request: WorkspaceRequest, number: int) -> Rejection:
    """The event with its reason, and what became of it since."""
    return _known(request.workspace, number)


@ROUTER.post("/rejections/{int:number}/retry", response=Retried, summary="Send a rejected event again")
def retry(request: WorkspaceRequest, number: int, correction: Body[Correction]) -> Retried:
    """Judge it by today's rules, as it came or as corrected, and store it at the time at which it came.

    What is in the store already is not counted twice. A correction that is still rejected is kept with its new reason.
    """
    _known(request.workspace, number)
    try:
        done = facade.redrive(request.workspace, number, correction.content)
    except RejectionError as problem:
        raise ApiError("invalid_request", str(problem)) from None
    return Retried(done.outcome, done.code, done.sentence)


@ROUTER.post("/rejections/{int:number}/dismiss", response=Dismissed, summary="Dismiss a rejected event")
def dismiss(request: WorkspaceRequest, number: int) -> Dismissed:
    """Take it off the list of those that wait: nothing is done about it."""
    _known(request.workspace, number)
    try:
        facade.dismiss(request.workspace, number)
    except RejectionError as problem:
        raise ApiError("invalid_request", str(problem)) from None
    return Dismissed(1)


@ROUTER.post("/rejections/retry", response=AllRetried, summary="Send rejected events again")
def retry_all(request: WorkspaceRequest, wanted: Body[Wanted]) -> AllRetried:
    """Send again, as they came, all that wait and are meant; of more than 10,000 the latest."""
    done: list[Redriven] = facade.redrive_all(request.workspace, _filter(wanted), MOST_AT_ONCE)
    return AllRetried(dict(Counter(each.outcome for each in done)), in_words(done))


@ROUTER.post("/rejections/dismiss", response=Dismissed, summary="Dismiss rejected events")
def dismiss_all(request: WorkspaceRequest, wanted: Body[Wanted]) -> Dismissed:
    """Take all that wait and are meant off the list."""
    return Dismissed(facade.dismiss_all(request.workspace, _filter(wanted)))


def _filter(wanted: Wanted, *, waiting: bool = True) -> RejectionFilter:
    if wanted.code is not None and wanted.code not in EVENT_PROBLEMS:
        raise ApiError("invalid_request", f"code: expected one of {', '.join(EVENT_PROBLEMS)}.")
    since = datetime.combine(wanted.since, time()) if wanted.since else None
    until = None
    if wanted.until is not None and wanted.until < date.max:  # after the last day of all there is none
        until = datetime.combine(wanted.until + timedelta(days=1), time())
    return RejectionFilter(wanted.code, wanted.key, wanted.contains, since, until, waiting)


def _known(workspace: Workspace, number: int) -> Rejection:
    found = facade.rejection(workspace.store, number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise ApiError("not_found", f"There is no rejected event {number}.")
    return found
