"""What others may do with customers: who is who, why, and what is known about them."""

from __future__ import annotations

from touchline.customers.actions.resolving import Resolution, redo_link, resolve, undo_link
from touchline.customers.questions.links import Identifier, Link, identifiers_of, links_of

__all__ = [
    "Identifier",
    "Link",
    "Resolution",
    "identifiers_of",
    "links_of",
    "redo_link",
    "resolve",
    "undo_link",
]
