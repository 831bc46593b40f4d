"""Telling a list of contacts, as a CRM exports it, from a table of what happened: its rows are people, not moments."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf
from typing import Final

from touchline.events.mapping.roles import CUSTOMER_ROLES
from touchline.events.mapping.sample import Sample

CONTACTS_NAME: Final = "Profile Updated"
"""What a row of such a list becomes: facts about a customer."""
ROLES_OF_CONTACTS: Final = frozenset({"time", "clock", "account", "language", "key", *CUSTOMER_ROLES})
"""What a column of such a list can be; every other fact is a trait."""

_CRM_WORDS: Final = re.compile(
    r"\b(?:contact owner|lead (?:status|source|owner)|lifecycle stage|marketing contact status|associated compan(?:y|ies)"
    r"|contact status|member since|customer since|job title)\b"
)
_ONE_EACH: Final = 0.98
"""Share of different ones among the addresses: lists hold hardly anybody twice."""


def holds_contacts(columns: MappingOf[str, str], sample: Sample) -> bool:
    """Whether the table lists people: a CRM's words in its header, and every customer once.

    `columns` is role -> header. Orders and cases are moments, whatever else is told of the customer.
    """
    if columns.keys() & {"order", "case"}:
        return False
    if not any(_CRM_WORDS.search(shape.words) for shape in sample.shapes.values()):
        return False
    named = next((columns[role] for role in ("email", "external_id", "user_id", "phone") if role in columns), None)
    return named is not None and sample.shapes[named].uniqueness >= _ONE_EACH
