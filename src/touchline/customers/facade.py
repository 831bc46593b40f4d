"""What others may do with customers: who is who, why, what is known about them, and which accounts they belong to."""

from __future__ import annotations

from datetime import UTC, datetime

from touchline.customers.actions.auditing import judge_pair
from touchline.customers.actions.resolving import Resolution, resolve
from touchline.customers.actions.switching import UnknownLinkError, redo_link, undo_link
from touchline.customers.questions import accounts as account_questions
from touchline.customers.questions.accounts import Account, Membership
from touchline.customers.questions.audit import audit, described, draw
from touchline.customers.questions.customer import (
    Timeline,
    customer_called,
    find_customers,
    latest_customers,
    timeline,
)
from touchline.customers.questions.identity_quality import identity_quality as measure
from touchline.customers.questions.links import Identifier, Link, identifiers_of, links_of
from touchline.customers.questions.search import Found, Search
from touchline.customers.questions.who import UnknownCustomerError, who_is
from touchline.customers.rules.quality import Audit, IdentityQuality, QualityError, SampledPair
from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Workspace

__all__ = [
    "Account",
    "Audit",
    "Found",
    "Identifier",
    "IdentityQuality",
    "Link",
    "Membership",
    "QualityError",
    "Resolution",
    "SampledPair",
    "Search",
    "Timeline",
    "UnknownCustomerError",
    "UnknownLinkError",
    "account",
    "accounts",
    "accounts_of",
    "audit_of",
    "customer_called",
    "find_customers",
    "identifiers_of",
    "identity_quality",
    "judge",
    "judged_pair",
    "latest_customers",
    "links_of",
    "members_of",
    "pairs_to_judge",
    "redo_link",
    "resolve",
    "this_month",
    "timeline",
    "undo_link",
    "who_is",
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


def identity_quality(workspace: Workspace, month: str = "") -> IdentityQuality:
    """How good identities are: sizes, alarms, canaries, what guards refused, the audit, and what hangs on weaker links.

    `month`, as '2026-03', is the one whose audit is asked for; '' is this one.
    """
    resolve(workspace)
    bring_up_to_date(workspace)
    return measure(workspace.store, month or this_month())


def pairs_to_judge(workspace: Workspace, month: str = "", limit: int = 1) -> list[SampledPair]:
    """The next pairs of the month's sample that nobody has judged yet."""
    resolve(workspace)
    _, drawn = draw(workspace.store, month or this_month())
    return [described(workspace.store, pair) for pair in [each for each in drawn if each.judgement is None][:limit]]


def judge(workspace: Workspace, key: str, judgement: str, month: str = "") -> SampledPair:
    """Say of a sampled pair 'same', 'different' or 'unknown'; again replaces it. Raises QualityError with a sentence."""
    return described(workspace.store, judge_pair(workspace, month or this_month(), key, judgement))


def audit_of(workspace: Workspace, month: str = "") -> Audit:
    """How far the audit of a month is, and what all months found."""
    resolve(workspace)
    return audit(workspace.store, month or this_month())


def judged_pair(workspace: Workspace, key: str, month: str = "") -> SampledPair | None:
    """A pair of the month's sample by its key; None where there is none, or none any longer."""
    _, drawn = draw(workspace.store, month or this_month())
    return next((described(workspace.store, pair) for pair in drawn if pair.key == key), None)


def this_month() -> str:
    """The month whose audit is open."""
    return f"{datetime.now(UTC):%Y-%m}"
