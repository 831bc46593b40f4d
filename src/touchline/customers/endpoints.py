"""Customers in the JSON API: who they are, what happened to them, and why their identifiers are thought to be theirs."""

from __future__ import annotations

from dataclasses import dataclass

from ninja import Body, Router

from touchline.api.errors import ApiError
from touchline.customers import facade
from touchline.customers.facade import Link
from touchline.engine.workspace import Workspace
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router()
LARGEST_NUMBER = 2**31 - 1


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


@ROUTER.get("/customers/{int:customer}/links", response=Links, tags=["Customers"], summary="Links of a customer")
def customer_links(request: WorkspaceRequest, customer: int) -> Links:
    """Every recorded link that touches an identifier of this customer, undone ones included, oldest first."""
    _known(request.workspace, customer)
    return Links(facade.links_of(request.workspace, customer))


@ROUTER.post("/links/undo", response=Switched, tags=["Customers"], summary="Undo a link")
def undo(request: WorkspaceRequest, ends: Body[LinkEnds]) -> Switched:
    """Switch a link off. The customers are then exactly what they would be without it, and stay so when a file repeats it."""
    _linked(request.workspace, ends)
    return _switched(facade.undo_link(request.workspace, ends.a, ends.b))


@ROUTER.post("/links/redo", response=Switched, tags=["Customers"], summary="Redo a link")
def redo(request: WorkspaceRequest, ends: Body[LinkEnds]) -> Switched:
    """Switch a link on again; the customers are then exactly what they were before it was undone."""
    _linked(request.workspace, ends)
    return _switched(facade.redo_link(request.workspace, ends.a, ends.b))


def _switched(done: facade.Resolution) -> Switched:
    return Switched([int(each) for each in done.changed])


def _known(workspace: Workspace, customer: int) -> None:
    if customer > LARGEST_NUMBER or not facade.identifiers_of(workspace, customer):
        raise ApiError("not_found", f"There is no customer #{customer}.")


def _linked(workspace: Workspace, ends: LinkEnds) -> None:
    sql = "select count(*) from links where (a = $a and b = $b) or (a = $b and b = $a)"
    if not workspace.store.value(sql, {"a": ends.a, "b": ends.b}):
        raise ApiError("not_found", f"There is no link between the identifiers {ends.a} and {ends.b}.")
