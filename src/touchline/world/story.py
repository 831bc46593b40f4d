"""What happens to the demo company's customers: every visit, order, ticket and answer, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from touchline.world import truth
from touchline.world.comments import comment
from touchline.world.people import Person, make_people

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
    """One tracked event in browser or app."""

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
    fulfilled: datetime
    late: bool
    refunded: datetime | None = None
    cancelled: datetime | None = None

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


def make_world(seed: int, customers: int) -> World:
    """Let the company live for `truth.DAYS` days. The same seed gives the same world."""
    rng = np.random.default_rng(seed)
    world = World(make_people(rng, customers, truth.SUBSCRIBES))
    teller = _Teller(world, rng)
    for person in world.people:
        teller.live(person)
    for each in (world.hits, world.orders, world.tickets, world.answers):
        each.sort(key=lambda fact: fact.time)
    for number, order in enumerate(world.orders):
        order.number = 1001 + number
    return world


class _Teller:
    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.begin = truth.END - timedelta(days=truth.DAYS)
        self.change = self.begin + timedelta(days=truth.CHANGE_DAY)
        self.feelings = {feeling.touchpoint: feeling for feeling in truth.FEELINGS}
        self.known = False
        self.entry = ENTRIES[0]
        self.now = self.begin
        self.person = world.people[0]

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def live(self, person: Person) -> None:
        self.person, self.known = person, False
        start = float(self.rng.uniform(0, truth.DAYS))
        for _ in range(1 + int(self.rng.poisson(0.55))):
            if start >= truth.DAYS - 0.5:
                return
            self.now = self.begin + timedelta(days=start)
            bought = self.shop()
            start += float(self.rng.exponential(38 if bought else 16)) + 0.8

    def shop(self) -> bool:
        shares = [share for *_, share in ENTRIES]
        self.entry = ENTRIES[int(self.rng.choice(len(ENTRIES), p=shares))]
        self.look_around()
        if not self.chance(truth.ADDS_TO_BASKET):
            return False
        product = int(self.rng.integers(len(PRODUCTS)))
        self.hit("Product Added", f"/products/{PRODUCTS[product][0].lower()}", product=product)
        if not self.chance(truth.SEES_BASKET):
            return False
        self.hit("Cart Viewed", "/cart", feels="Basket")
        if not self.chance(truth.CHECKS_OUT):
            return False
        if self.chance(0.3):
            self.wait(hours=float(self.rng.exponential(14)))
        self.hit("Checkout Started", "/checkout", feels="Checkout")
        return self.chance(truth.ENTERS_PAYMENT) and self.pay(product)

    def look_around(self) -> None:
        self.hit("Page Viewed", "/" if self.chance(0.6) else "/pages/spring-trails", feels="Home & landing page")
        if self.chance(0.28):
            self.hit(
                "Products Searched",
                "/search",
                feels="Search results",
                query=str(self.rng.choice(["jacket", "boots", "tent"])),
            )
        if self.chance(0.74):
            self.hit(
                "Product List Viewed",
                f"/collections/{PRODUCTS[int(self.rng.integers(10))][2]}",
                feels="Browse & filter",
            )
        for _ in range(1 + int(self.rng.poisson(0.9))):
            product = int(self.rng.integers(len(PRODUCTS)))
            self.hit(
                "Product Viewed", f"/products/{PRODUCTS[product][0].lower()}", feels="Product page", product=product
            )
        if self.chance(0.24):
            self.hit("Page Viewed", "/pages/size-guide", feels="Size & fit help")

    def pay(self, product: int) -> bool:
        self.hit("Payment Info Entered", "/checkout/payment", feels="Payment")
        while self.chance(truth.PAYMENT_DECLINED):
            if self.chance(truth.GIVES_UP_AFTER_DECLINE):
                return False
            self.hit("Payment Info Entered", "/checkout/payment")
        self.known = True
        self.order(product)
        return True

    def order(self, product: int) -> None:
        late = self.chance(truth.DELIVERED_LATE)
        lines = [(product, 1 + int(self.chance(0.12)))]
        if self.chance(0.35):
            lines.append((int(self.rng.integers(len(PRODUCTS))), 1))
        placed = self.now + timedelta(minutes=1)
        order = Order(
            0, self.person, placed, lines, placed + timedelta(days=float(self.rng.uniform(1, 3)) + 5 * late), late
        )
        self.world.orders.append(order)
        self.now = placed
        if self.chance(0.02):
            order.cancelled = placed + timedelta(hours=float(self.rng.uniform(1, 12)))
            order.fulfilled = truth.END + timedelta(days=99)
            return
        self.after_order(order)

    def after_order(self, order: Order) -> None:
        self.feel("Delivery", order.fulfilled + timedelta(days=2), order)
        if self.chance(truth.ASKS_FOR_HELP_WHEN_LATE if order.late else truth.ASKS_FOR_HELP):
            self.ask_for_help(order)
        if self.chance(truth.RETURNS):
            order.refunded = order.fulfilled + timedelta(days=float(self.rng.uniform(4, 16)))
            if self.chance(0.3):
                self.answer(
                    "step", "Return & refund", truth.RETURN_EXPERIENCE, 4, order.refunded + timedelta(days=1), order
                )
        if self.chance(truth.ANSWERS_NPS):
            self.answer("nps", "", truth.NPS_EXPERIENCE, 10, order.fulfilled + timedelta(days=7), order)
        if self.chance(truth.REVIEWS):
            self.answer("review", "Review", truth.REVIEW_EXPERIENCE, 4, order.fulfilled + timedelta(days=9), order)

    def ask_for_help(self, order: Order) -> None:
        asked = order.time + timedelta(days=float(self.rng.uniform(1, 9)))
        solved = asked + timedelta(hours=float(self.rng.exponential(20)) + 0.5)
        if solved > truth.END:
            return
        reopens = int(self.chance(0.14))
        rated = self.chance(0.3)
        ticket = Ticket(
            number=len(self.world.tickets) + 501, person=self.person, order=order, time=asked, solved=solved,
            via=str(self.rng.choice(["Mail", "Chat", "Voice", "Web form"], p=[0.44, 0.3, 0.14, 0.12])),
            subject="Where is my parcel?" if order.late else str(self.rng.choice(["Wrong size", "Change my address", "Invoice missing"])),
            reopens=reopens, replies=1 + int(self.rng.poisson(0.8)) + reopens,
            satisfaction=("Good" if self.chance(0.4) else "Bad") if rated else "Offered",
        )  # fmt: skip
        self.world.tickets.append(ticket)
        if self.chance(truth.ANSWERS_SUPPORT_SURVEY):
            self.answer("support", "Support contact", truth.SUPPORT_EXPERIENCE, 6, solved + timedelta(hours=20), order)

    def hit(self, name: str, path: str, *, feels: str = "", product: int = -1, query: str = "") -> None:
        source, medium, campaign, _ = self.entry
        first = name == "Page Viewed" and path in {"/", "/pages/spring-trails"}
        self.world.visitors.add(self.person.number)
        self.world.hits.append(
            WebHit(self.person, self.now, name, path, self.known, source if first else "", medium if first else "",
                   campaign if first else "", product, query)
        )  # fmt: skip
        if feels:
            self.feel(feels, self.now + timedelta(seconds=20), None)
        self.wait(hours=float(self.rng.exponential(0.02)) + 0.005)

    def wait(self, hours: float) -> None:
        self.now = min(self.now + timedelta(hours=hours), truth.END - timedelta(hours=1))

    def feel(self, touchpoint: str, when: datetime, order: Order | None) -> None:
        feeling = self.feelings[touchpoint]
        if self.chance(feeling.asked):
            self.answer("step", touchpoint, feeling.after if when >= self.change else feeling.before, 4, when, order)

    def answer(
        self, survey: str, touchpoint: str, experience: float, steps: int, when: datetime, order: Order | None
    ) -> None:
        """Draw an answer of 0..steps whose mean is exactly the planted experience (beta-binomial, so answers spread)."""
        if when > truth.END:
            return
        share = (experience + 100) / 200
        score = int(self.rng.binomial(steps, self.rng.beta(share * 3, (1 - share) * 3)))
        says = comment(self.rng, touchpoint or "Order", score / steps) if self.chance(0.55) else ""
        self.world.answers.append(
            Answer(self.person, when, survey, touchpoint, score, says, order, self.known or order is not None)
        )
