"""What others may do with customers: who is who, why, what is known about them, and which accounts they belong to."""

from __future__ import annotations

from touchline.customers.actions.resolving import Resolution, resolve
from touchline.customers.actions.switching import UnknownLinkError, redo_link, undo_link
from touchline.customers.questions import accounts as account_questions
from touchline.customers.questions.accounts import Account, Membership
from touchline.customers.questions.links import Identifier, Link, identifiers_of, links_of
from touchline.engine.workspace import Workspace

__all__ = [
    "Account",
    "Identifier",
    "Link",
    "Membership",
    "Resolution",
    "UnknownLinkError",
    "account",
    "accounts",
    "accounts_of",
    "identifiers_of",
    "links_of",
    "members_of",
    "redo_link",
    "resolve",
    "undo_link",
]


def accounts(workspace: Workspace, search: str = "", offset: int = 0, limit: int = 50) -> tuple[list[Account], int]:
    """Accounts whose name or id holds a text, those with most members first; and how many there are in all."""
    return account_questions.accounts_page(workspace.store, search, offset, limit)


def account(workspace: Workspace, number: int) -> Account | None:
    """One account; None where there is no such number."""
    return account_questions.account(workspace.store, number)


def members_of(workspace: Workspace, number: int, offset: int = 0, limit: int = 50) -> list[Membership]:
    """Members of an account, the latest seen first, each with why they belong to it."""
    return account_questions.members_page(workspace.store, number, offset, limit)


def accounts_of(workspace: Workspace, customer: int) -> list[Membership]:
    """Accounts that a customer belongs to and why, the main one first."""
    return account_questions.accounts_of_customer(workspace.store, customer)
