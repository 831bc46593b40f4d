"""One customer whole: who they are and why, how they stand, and what happened, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchline.customers.questions.accounts import Membership, accounts_of_customer
from touchline.customers.questions.links import Link, links_of
from touchline.customers.questions.search import Found, Search, search, seen_lately
from touchline.customers.questions.standing import Standing, standing_of
from touchline.customers.questions.timeline import timeline_page
from touchline.customers.questions.who import UnknownCustomerError, Who, who_is
from touchline.customers.rules.timeline import TimelinePage
from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Workspace

SEVERAL_NAMED: Final = 5


@dataclass(frozen=True)
class Timeline:
    """One customer across channels and devices."""

    who: Who
    standing: Standing
    page: TimelinePage
    links: tuple[Link, ...]
    """Why the identifiers are thought to be theirs; undone ones too, oldest first."""
    accounts: tuple[Membership, ...]
    """Organisations they belong to, the main one first."""
    notes: tuple[str, ...]
    """What could not be brought up to date, in sentences."""


def timeline(
    workspace: Workspace, number: int, channel: str = "", topic: str = "", offset: int = 0, limit: int = 50
) -> Timeline:
    """Return the customer whom an identifier's number belongs to, with up to `limit` entries from `offset` on.

    `channel` is one of the vocabulary, `topic` one of TOPICS; '' is every channel, and all topics but mere facts. Raises
    UnknownCustomerError.
    """
    return told_as_derived(workspace, number, bring_up_to_date(workspace), channel, topic, offset, limit)


def told_as_derived(
    workspace: Workspace, number: int, notes: tuple[str, ...], channel: str, topic: str, offset: int, limit: int
) -> Timeline:
    """Return the same from the tables as they are, with `notes` on why they are not newer."""
    who = who_is(workspace, number)
    store = workspace.store
    page, seen = timeline_page(store, who, channel, topic, offset, limit)
    return Timeline(
        who=who,
        standing=standing_of(store, who, seen),
        page=page,
        links=tuple(links_of(workspace, who.customer)),
        accounts=tuple(accounts_of_customer(store, who.customer)),
        notes=notes,
    )


def find_customers(workspace: Workspace, text: str) -> Search:
    """Find customers by anything that names them: the whole of it first, then the beginning of it."""
    bring_up_to_date(workspace)
    return search(workspace.store, text)


def customer_called(workspace: Workspace, text: str) -> int:
    """Return the one customer whom a text names. Raises UnknownCustomerError where it names none, or several."""
    found = find_customers(workspace, text)
    if len(found.customers) == 1:
        return found.customers[0].customer
    if not found.customers:
        raise UnknownCustomerError(f"Nobody is known as {text!r}.")
    several = ", ".join(f"#{each.customer} ({each.name})" for each in found.customers[:SEVERAL_NAMED])
    raise UnknownCustomerError(f"{text!r} names several customers: {several}. Name one by its number.")


def latest_customers(workspace: Workspace) -> tuple[Found, ...]:
    """The customers who were seen last."""
    bring_up_to_date(workspace)
    return seen_lately(workspace.store)
