"""Find customers by anything that names them: an e-mail address, a number of any kind, a browser's id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from touchline.customers.questions.links import Identifier
from touchline.customers.rules.timeline import NAMING, TYPE_NAMES, name_of
from touchline.engine.store import Store
from touchline.events.facade import spellings_of

MOST_FOUND: Final = 50
LATEST_SHOWN: Final = 20
FEWEST_DIGITS: Final = 7
"""Of a phone number that is looked for by its end: the country and the zero in front may be missing."""
DIGITS_COMPARED: Final = 9
_LONGEST_TEXT: Final = 200

_EXACT: Final = """
select i.customer, n.identifier, n.type, n.value
from identifiers n join identities i using (identifier)
where (n.type, n.value) in (select unnest($types), unnest($values)) or n.identifier = $number
"""
_NUMBER: Final = """
select i.customer, n.identifier, n.type, n.value
from identifiers n join identities i using (identifier) where n.identifier = $number
"""
_SAME_END: Final = """
select i.customer, n.identifier, n.type, n.value
from identifiers n join identities i using (identifier)
where n.type = 'phone' and ends_with(n.value, $digits)
"""
_BEGINNING: Final = """
select i.customer, n.identifier, n.type, n.value
from identifiers n join identities i using (identifier)
where starts_with(lower(n.value), lower($text))
order by n.value, n.identifier limit $most
"""
_SEEN: Final = """
select customer, max(ended), count(*) from visits where list_contains($customers, customer) group by customer
"""
_NAMES: Final = """
select i.customer, n.type, n.value from identities i join identifiers n using (identifier)
where list_contains($customers, i.customer) and list_contains($types, n.type) order by i.identifier
"""
_LATEST: Final = "select customer from visits order by ended desc limit 1000"


@dataclass(frozen=True)
class Found:
    """One customer that was found, or that was seen lately."""

    customer: int
    name: str
    """What people would call them."""
    matched: tuple[Identifier, ...]
    """The identifiers by which they were found."""
    last_seen: datetime | None
    visits: int


@dataclass(frozen=True)
class Search:
    """What a search found."""

    text: str
    customers: tuple[Found, ...]
    how: str
    """'exact', 'phone' (the same last digits), 'beginning', or '' where nothing was found."""
    is_cut: bool
    """Whether there are more than are given."""
    looked_for: str
    """In words: what the text was taken for."""


def search(store: Store, text: str) -> Search:
    """Find customers by the whole identifier, else by the end of a phone number, else by how an identifier begins.

    #12 is also the customer of that number, 12 only where nothing else is called so.
    """
    asked = text.strip()[:_LONGEST_TEXT]
    if not asked:
        return Search("", (), "", is_cut=False, looked_for="")
    spellings = spellings_of(asked)
    number = re.fullmatch(r"#?([0-9]{1,9})", asked)
    known = {"number": int(number[1])} if number else {}
    marked = known["number"] if asked.startswith("#") and known else None
    for how, sql, parameters in (
        ("exact", _EXACT, {"types": list(spellings), "values": list(spellings.values()), "number": marked}),
        ("exact", _NUMBER, known),
        ("phone", _SAME_END, _digits(spellings)),
        ("beginning", _BEGINNING, {"text": asked, "most": 4 * MOST_FOUND}),
    ):
        rows = store.rows(sql, parameters) if parameters else []
        if rows:
            customers = list(dict.fromkeys(row[0] for row in rows))
            found = _described(store, customers[:MOST_FOUND], rows)
            return Search(asked, found, how, len(customers) > MOST_FOUND, _in_words(spellings))
    return Search(asked, (), "", is_cut=False, looked_for=_in_words(spellings))


def seen_lately(store: Store) -> tuple[Found, ...]:
    """The customers with the latest visits."""
    customers = list(dict.fromkeys(row[0] for row in store.rows(_LATEST)))[:LATEST_SHOWN]
    return _described(store, customers, [])


def _described(store: Store, customers: list[int], matches: list[tuple[Any, ...]]) -> tuple[Found, ...]:
    seen = {row[0]: row[1:] for row in store.rows(_SEEN, {"customers": customers})}
    names: dict[int, dict[str, str]] = {}
    for customer, type_, value in store.rows(_NAMES, {"customers": customers, "types": list(NAMING)}):
        names.setdefault(customer, {}).setdefault(type_, value)
    found = [
        Found(
            customer,
            name_of(customer, names.get(customer, {}), {}),
            tuple(Identifier(*row[1:]) for row in matches if row[0] == customer),
            *seen.get(customer, (None, 0)),
        )
        for customer in customers
    ]
    return tuple(sorted(found, key=lambda each: each.last_seen.isoformat() if each.last_seen else "", reverse=True))


def _digits(spellings: dict[str, str]) -> dict[str, str]:
    digits = spellings.get("phone", "").lstrip("+0")
    return {"digits": digits[-DIGITS_COMPARED:]} if len(digits) >= FEWEST_DIGITS else {}


def _in_words(spellings: dict[str, str]) -> str:
    """'an e-mail address, a user id or an order number'."""
    *rest, last = [TYPE_NAMES[type_] for type_ in spellings] or ["an identifier"]
    return f"{', '.join(rest)} or {last}" if rest else last
