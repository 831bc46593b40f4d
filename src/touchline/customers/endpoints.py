"""Customers in the JSON API: who they are, what happened to them, and why their identifiers are thought to be theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Annotated

from ninja import Body, Query, Router

from touchline.api.errors import ApiError
from touchline.api.paging import Limit, Offset
from touchline.customers import facade
from touchline.customers.facade import (
    Account,
    Found,
    IdentityQuality,
    Link,
    Membership,
    Resolution,
    Timeline,
    UnknownCustomerError,
    UnknownLinkError,
)
from touchline.customers.forms import LARGEST_NUMBER
from touchline.customers.topics import TOPICS
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router()


@dataclass(frozen=True)
class Customers:
    """Customers that were found."""

    customers: tuple[Found, ...]
    """Those seen last first."""
    how: str
    """'exact', 'phone' (the same last digits) or 'beginning' (of an identifier); '' without a search, or nobody found."""
    is_cut: bool
    """Whether more were found than are given."""


@dataclass(frozen=True)
class Links:
    """Why identifiers are thought to name one customer."""

    links: list[Link]


@dataclass(frozen=True)
class LinkEnds:
    """A link, named by the numbers of the two identifiers it joins, in any order."""

    a: int
    b: int


@dataclass(frozen=True)
class Switched:
    """What undoing or redoing a link changed."""

    changed: list[int]
    """Customers, old and new, whose identifiers are not the same as before."""


@dataclass(frozen=True)
class Accounts:
    """One page of accounts."""

    accounts: list[Account]
    total: int
    """On all pages."""
    offset: int
    limit: int


@dataclass(frozen=True)
class AccountWithMembers:
    """An account and one page of its members."""

    account: Account
    members: list[Membership]
    """The latest seen first."""
    offset: int
    limit: int


@ROUTER.get("/customers", response=Customers, tags=["Customers"], summary="Find customers")
def customers(
    request: WorkspaceRequest,
    search: Annotated[
        str, Query("", max_length=200, description="Anything that names them; '' gives those seen last.")
    ] = "",
) -> Customers:
    """Customers with that identifier: the whole of it, else the same last digits of a phone number, else its beginning."""
    if not search.strip():
        return Customers(facade.latest_customers(request.workspace), "", is_cut=False)
    found = facade.find_customers(request.workspace, search)
    return Customers(found.customers, found.how, found.is_cut)


@ROUTER.get("/customers/{int:customer}", response=Timeline, tags=["Customers"], summary="One customer's timeline")
def customer_timeline(
    request: WorkspaceRequest,
    customer: int,
    channel: Annotated[str, Query("", description="Only entries of this channel of the vocabulary.")] = "",
    about: Annotated[str, Query("", description=f"Only entries about one of: {', '.join(TOPICS)}.")] = "",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Timeline:
    """One customer across channels and devices: who they are, how they stand, and one page of entries, newest first.

    The number of any identifier leads to the customer it belongs to today, so numbers from before a merge go on working.
    """
    _one_of("channel", channel, CHANNELS)
    _one_of("about", about, TOPICS)
    try:
        return facade.timeline(request.workspace, customer, channel, about, offset, limit)
    except UnknownCustomerError as problem:
        raise ApiError("not_found", str(problem)) from None


@ROUTER.get("/customers/{int:customer}/links", response=Links, tags=["Customers"], summary="Links of a customer")
def customer_links(request: WorkspaceRequest, customer: int) -> Links:
    """Every recorded link that touches an identifier of this customer, undone ones included, oldest first."""
    try:
        who = facade.who_is(request.workspace, customer)
    except UnknownCustomerError as problem:
        raise ApiError("not_found", str(problem)) from None
    return Links(facade.links_of(request.workspace, who.customer))


@ROUTER.post("/links/undo", response=Switched, tags=["Customers"], summary="Undo a link")
def undo(request: WorkspaceRequest, ends: Body[LinkEnds]) -> Switched:
    """Switch a link off. The customers are then exactly what they would be without it, and stay so when a file repeats it."""
    return _switched(request, ends, facade.undo_link)


@ROUTER.post("/links/redo", response=Switched, tags=["Customers"], summary="Redo a link")
def redo(request: WorkspaceRequest, ends: Body[LinkEnds]) -> Switched:
    """Switch a link on again; the customers are then exactly what they were before it was undone."""
    return _switched(request, ends, facade.redo_link)


@ROUTER.get("/accounts", response=Accounts, tags=["Accounts"], summary="Find accounts")
def accounts(
    request: WorkspaceRequest,
    search: Annotated[str, Query("", max_length=200, description="Part of the name or id; '' gives all.")] = "",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Accounts:
    """Organisations that customers belong to, those with most members first."""
    facade.resolve(request.workspace)
    found, total = facade.accounts(request.workspace, search, offset, limit)
    return Accounts(found, total, offset, limit)


@ROUTER.get("/accounts/{int:account}", response=AccountWithMembers, tags=["Accounts"], summary="One account")
def account(request: WorkspaceRequest, account: int, offset: Offset = 0, limit: Limit = 50) -> AccountWithMembers:
    """An organisation and its members, each with why they belong to it."""
    facade.resolve(request.workspace)
    found = facade.account(request.workspace, account) if account <= LARGEST_NUMBER else None
    if found is None:
        raise ApiError("not_found", f"There is no account #{account}.")
    return AccountWithMembers(found, facade.members_of(request.workspace, account, offset, limit), offset, limit)


@ROUTER.get("/identity", response=IdentityQuality, tags=["Customers"], summary="Quality of identities")
def identity(
    request: WorkspaceRequest,
    month: Annotated[
        str, Query("", pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", description="Whose audit, as 2026-03; '' is this one.")
    ] = "",
) -> IdentityQuality:
    """How many joins are wrong, what hangs on the weaker links, which customers are suspicious, and what guards refused."""
    return facade.identity_quality(request.workspace, month)


def _switched(
    request: WorkspaceRequest, ends: LinkEnds, switch: Callable[[Workspace, int, int], Resolution]
) -> Switched:
    if not all(0 < end <= LARGEST_NUMBER for end in (ends.a, ends.b)):
        raise ApiError("not_found", f"There is no link between the identifiers {ends.a} and {ends.b}.")
    try:
        done = switch(request.workspace, ends.a, ends.b)
    except UnknownLinkError as problem:
        raise ApiError("not_found", str(problem)) from None
    return Switched([int(each) for each in done.changed])


def _one_of(name: str, value: str, known: Collection[str]) -> None:
    if value and value not in known:
        raise ApiError("invalid_request", f"{name} is {value!r}; expected one of {', '.join(known)}.")
