"""What the object types of a log are to us, by their names."""

from __future__ import annotations

from functools import cache
from typing import Final

from touchline.events.mapping.words import words_of

CUSTOMER: Final = "customer"
_NAMES: Final = {
    CUSTOMER: "customer client user member person guest patient citizen applicant shopper buyer consumer contact kunde klant cliente",
    "order": "order purchase bestellung commande pedido bestelling",
    "case": "case ticket incident request complaint claim application conversation dossier vorgang",
    "account": "account company companies organisation organization",
    "product": "product article sku produkt artikel",
    "campaign": "campaign kampagne",
    "survey": "survey questionnaire",
    "review": "review",
}
_KIND_OF: Final = {word: kind for kind, words in _NAMES.items() for word in words.split()}
_FURTHER: Final = frozenset({"sales", "customer", "purchase", "shop", "web", "support", "service", "end", "crm", "id"})
"""Words before the one that says the kind, as in 'sales order' or 'support ticket'."""


@cache
def kind_of(type_: str | None) -> str | None:
    """Return CUSTOMER, one of vocabulary.OBJECT_TYPES, or None for a type that is none of ours."""
    *before, last = words_of(type_ or "").split() or [""]
    if not set(before) <= _FURTHER:
        return None
    return _KIND_OF.get(last) or _KIND_OF.get(last.removesuffix("s")) or _KIND_OF.get(last.removesuffix("es"))
