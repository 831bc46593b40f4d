"""Which identifiers must not join people: the limits, and the reasons that are kept for those a guard refused.

The limits follow Segment's identity resolution (one user id, five of every other kind) and its order of priority.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STRONG: Final = ("user_id", "email", "phone", "external_id")
ATTACHING: Final = ("order_id", "case_id")
ANONYMOUS: Final = ("anonymous_id",)
TYPES: Final = (*STRONG, *ATTACHING, *ANONYMOUS)
"""From the highest priority to the lowest; an identifier's type is kept as its position here."""

MAX_PARTNERS: Final = 5
"""An identifier seen with more than this many of one strong type (a call centre's phone, a shared mailbox) joins none of them."""
MAX_DEVICES: Final = 15
"""A mailbox, phone, customer number, order or case seen on more than this many browsers (a till) attaches none of them."""
MAX_PER_CUSTOMER: Final = {"user_id": 1, "email": 5, "phone": 5, "external_id": 5}
"""What one customer may hold after its rows were joined."""
MAX_PER_ORDER: Final = {"user_id": 1, "email": 5, "phone": 5, "external_id": 1}
"""What the people may hold together whom an order or case joins: weaker evidence, so a customer number counts as an account."""

NOBODY: Final = -1
"""The customer of a browser that more people used than one household has: what happened there cannot be anybody's."""

ALLOWED: Final = 0
CROWD: Final = 1
TILL: Final = 2
CONFLICT: Final = 3
SHARED_DEVICE: Final = 4
PUBLIC_DEVICE: Final = 5


@dataclass(frozen=True)
class Guard:
    """Why an identifier was not used to join people."""

    code: int
    name: str
    tells: str


GUARDS: Final = (
    Guard(CROWD, "crowd", f"seen with more than {MAX_PARTNERS} user ids, mailboxes, phones or customer numbers"),
    Guard(TILL, "till", f"seen on more than {MAX_DEVICES} browsers"),
    Guard(CONFLICT, "conflict", "would put two accounts, or too many names of one kind, into one customer"),
    Guard(SHARED_DEVICE, "shared device", "a browser that met more than one customer"),
    Guard(
        PUBLIC_DEVICE,
        "public device",
        f"a browser that met more than {MAX_PARTNERS} customers; its visits are nobody's",
    ),
)
"""In the order in which they are asked."""
