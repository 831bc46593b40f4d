"""Choosing which column has which role: the surest pairs first, each column once, and what then makes no sense dropped."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from typing import Final

from touchline.events.mapping.contacts import ROLES_OF_CONTACTS, holds_contacts
from touchline.events.mapping.evidence import ACCEPTED_FROM, Candidate, candidate
from touchline.events.mapping.roles import CUSTOMER_ROLES, OBJECT_ROLES, ROLES
from touchline.events.mapping.sample import Sample
from touchline.events.mapping.words import ID_WORDS

_SHARED_ORDERS: Final = 0.02
"""Share of numbers with two customers from which on the column is no order number but a store, a batch or a day."""

_NAME_BESIDE_ORDERS: Final = 0.6
"""A 'status' or 'type' beside an order or a score tells about it; only a column that says 'event' names what happened."""


def choose(sample: Sample) -> dict[str, Candidate]:
    """Give each role at most one column and each column at most one role."""
    candidates = [candidate(role, shape) for role in ROLES for shape in sample.shapes.values()]
    accepted = [found for found in candidates if found.confidence >= ACCEPTED_FROM]
    if not any(found.role == "quantity" for found in accepted):
        accepted = [found for found in accepted if found.role != "unit_price"]
    chosen: dict[str, Candidate] = {}
    taken: set[str] = set()
    for found in sorted(accepted, key=lambda found: (-found.confidence, not _says_id(found, sample))):
        if found.role not in chosen and found.column not in taken:
            chosen[found.role] = found
            taken.add(found.column)
    if holds_contacts({role: found.column for role, found in chosen.items()}, sample):
        return {role: found for role, found in chosen.items() if role in ROLES_OF_CONTACTS}
    senseless = _senseless(chosen, sample)
    return {role: found for role, found in chosen.items() if role not in senseless}


def _says_id(found: Candidate, sample: Sample) -> bool:
    """Of two columns that are as likely, 'Company ID' is the account and 'Company' its name."""
    return found.role in OBJECT_ROLES and ID_WORDS.search(sample.shapes[found.column].words) is not None


def _senseless(chosen: MappingOf[str, Candidate], sample: Sample) -> set[str]:
    """Roles that mean nothing beside the others."""
    dropped: set[str] = set()
    if "value" in chosen:
        dropped |= {"quantity", "unit_price"}
    elif "unit_price" not in chosen:
        dropped |= {"quantity", "currency"}
    if chosen.keys() & {"order", "score"} and "name" in chosen and chosen["name"].confidence < _NAME_BESIDE_ORDERS:
        dropped.add("name")
    if "clock" in chosen and not _dates_only(chosen, sample):
        dropped.add("clock")
    if "order" in chosen and _shared_by_customers(chosen, sample):
        dropped.add("order")
    return dropped


def _dates_only(chosen: MappingOf[str, Candidate], sample: Sample) -> bool:
    """Whether the time column leaves the time of day to another column."""
    return "time" in chosen and all(":" not in cell for cell in sample.shapes[chosen["time"].column].cells)


def _shared_by_customers(chosen: MappingOf[str, Candidate], sample: Sample) -> bool:
    customer = next((chosen[role].column for role in CUSTOMER_ROLES if role in chosen), None)
    if customer is None:
        return False
    owners = sample.values_per(chosen["order"].column, customer)
    shared = sum(len(customers) > 1 for customers in owners.values())
    return shared > _SHARED_ORDERS * len(owners)
