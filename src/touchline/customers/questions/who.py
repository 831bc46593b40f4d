"""Who a customer is: every identifier, every known fact, and what to call them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.customers.questions.links import Identifier, identifiers_of
from touchline.customers.rules.timeline import name_of
from touchline.engine.workspace import Workspace


class UnknownCustomerError(LookupError):
    """There is no such customer; the message is a sentence for the user."""


@dataclass(frozen=True)
class Trait:
    """The latest known fact under a key."""

    key: str
    value: str
    time: datetime


@dataclass(frozen=True)
class Who:
    """A customer by name."""

    customer: int
    name: str
    """What people would call them: a name that is known, else the clearest identifier."""
    identifiers: tuple[Identifier, ...]
    traits: tuple[Trait, ...]

    @property
    def numbers(self) -> list[int]:
        """Their identifiers' numbers: what events know of them."""
        return [each.number for each in self.identifiers]


def who_is(workspace: Workspace, number: int) -> Who:
    """Return the customer whom an identifier's number belongs to today: a customer's own number is one of those.

    Raises UnknownCustomerError.
    """
    store = workspace.store
    customer = (
        None if number > 2**31 - 1 else store.value("select customer from identities where identifier = ?", [number])
    )
    if customer is None:
        raise UnknownCustomerError(f"There is no customer #{number}.")
    identifiers = tuple(identifiers_of(workspace, customer))
    rows = store.rows("select key, value, time from traits where customer = ? order by key", [customer])
    traits = tuple(Trait(*row) for row in rows)
    first_of_type = {each.type: each.value for each in reversed(identifiers)}
    return Who(
        customer, name_of(customer, first_of_type, {each.key: each.value for each in traits}), identifiers, traits
    )
