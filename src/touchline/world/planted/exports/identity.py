"""By which names a planted customer is known: account, mailboxes, phone and browser."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from touchline.world.planted.people import People

PLACEHOLDER: Final = "none@none.example"
KIOSK: Final = "br-tasting-bar"


def user_id(person: int) -> str:
    """The account's number."""
    return f"c{person:06d}"


def phone(person: int) -> str:
    """The phone number of an order and of the account."""
    return f"+4916{person:09d}"


def mailbox(people: People, person: int, which: int) -> str:
    """One of the person's addresses, or the placeholder that a few type."""
    if people.no_mailbox[person]:
        return PLACEHOLDER
    return f"coffee{person:06d}.{'abc'[which % int(people.mailboxes[person])]}@mail.example"


def browsers(people: People, rng: np.random.Generator, person: NDArray[np.int64]) -> list[str]:
    """The browser of each visit: one's own or the household's, now and then the one at the tasting bar."""
    bar = people.at_kiosk[person] & (rng.random(len(person)) < 0.2)
    return [
        KIOSK if at_bar else f"br-{house:06d}"
        for at_bar, house in zip(bar.tolist(), people.household[person].tolist(), strict=True)
    ]
