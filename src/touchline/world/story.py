"""What happened to the demo company's customers, in memory: every contact, order, parcel, ticket and answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from touchline.world.people import Person

PRODUCTS = (
    ("ALP-JKT-01", "Ridge shell jacket", "jackets", 189.0), ("ALP-JKT-02", "Fen down jacket", "jackets", 229.0),
    ("ALP-BOO-01", "Moor hiking boot", "boots", 159.0), ("ALP-BOO-02", "Scree trail shoe", "boots", 119.0),
    ("ALP-PCK-01", "Tarn 28 backpack", "backpacks", 99.0), ("ALP-PCK-02", "Tarn 45 backpack", "backpacks", 139.0),
    ("ALP-BAS-01", "Merino base layer", "base-layers", 69.0), ("ALP-SOC-01", "Wool hiking socks", "base-layers", 19.0),
    ("ALP-TNT-01", "Cirque two-person tent", "tents", 329.0), ("ALP-BOT-01", "Steel bottle", "accessories", 25.0),
)  # fmt: skip
ENTRIES = (("instagram", "social", "spring-trails", 0.26), ("google", "organic", "", 0.34),
           ("newsletter", "email", "weekly-letter", 0.14), ("", "", "", 0.26))  # fmt: skip


@dataclass(frozen=True)
class WebHit:
    """One tracked event in browser or app: a contact, or a sign of trouble that the SDK noticed."""

    person: Person
    time: datetime
    name: str
    path: str
    known: bool
    """Whether the person was logged in."""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    product: int = -1
    query: str = ""


@dataclass
class Order:
    """One order and what became of it."""

    number: int
    person: Person
    time: datetime
    lines: list[tuple[int, int]]
    """(product, quantity)"""
    promised: date
    """The day by which the shop said it would be there."""
    fulfilled: datetime
    delivered: datetime
    late: bool
    """Whether it was delivered after the day that was promised."""
    refunded: datetime | None = None
    cancelled: datetime | None = None
    drove_away: bool = False
    """Whether it came late and the customer never came back because of that."""

    @property
    def subtotal(self) -> float:
        """Sum of the lines in euros, before shipping."""
        return sum(PRODUCTS[product][3] * quantity for product, quantity in self.lines)


@dataclass(frozen=True)
class Ticket:
    """One support conversation."""

    number: int
    person: Person
    order: Order
    time: datetime
    solved: datetime
    via: str
    subject: str
    reopens: int
    replies: int
    satisfaction: str


@dataclass(frozen=True)
class Answer:
    """One answered survey question."""

    person: Person
    time: datetime
    survey: str
    """'step', 'nps', 'support' or 'review'."""
    touchpoint: str
    score: int
    text: str
    order: Order | None
    known: bool


@dataclass
class World:
    """Everything that happened."""

    people: list[Person]
    hits: list[WebHit] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    visitors: set[int] = field(default_factory=set)
    declined: list[tuple[Person, datetime]] = field(default_factory=list)
    """Visits to the payment page in which a payment was declined."""
