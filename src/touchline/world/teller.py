"""Tells what happens to one customer after another, from chance and from what is planted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np

from touchline.world import truth
from touchline.world.comments import comment
from touchline.world.people import Person
from touchline.world.story import ENTRIES, PRODUCTS, Answer, Order, Ticket, WebHit, World


class Teller:
    """Tells of people who come when they need something.

    `luck` decides what goes wrong on pages and on the road, apart from `rng`: another trouble leaves all else as it is.
    """

    def __init__(self, world: World, rng: np.random.Generator, luck: np.random.Generator) -> None:
        self.world, self.rng, self.luck = world, rng, luck
        self.begin = truth.END - timedelta(days=truth.DAYS)
        self.change = self.begin + timedelta(days=truth.CHANGE_DAY)
        self.feelings = {feeling.touchpoint: feeling for feeling in truth.FEELINGS}
        self.known = False
        self.entry = ENTRIES[0]
        self.now = self.begin
        self.person = world.people[0]

    def chance(self, probability: float) -> bool:
        """Throw a die."""
        return bool(self.rng.random() < probability)

    def live(self, person: Person) -> None:
        """Let a person come, and come again."""
        self.person, self.known = person, False
        start = float(self.rng.uniform(0, truth.DAYS))
        for _ in range(1 + int(self.rng.poisson(0.55))):
            if start >= truth.DAYS - 0.5:
                return
            self.now = self.begin + timedelta(days=start)
            bought = self.shop()
            start += float(self.rng.exponential(38 if bought else 16)) + 0.8

    def shop(self) -> bool:
        """One time in the shop; whether it ended with an order."""
        shares = [share for *_, share in ENTRIES]
        self.entry = ENTRIES[int(self.rng.choice(len(ENTRIES), p=shares))]
        self.look_around()
        if not self.chance(truth.ADDS_TO_BASKET):
            return False
        product = self.any_product()
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
        """Before anything is put into the basket."""
        self.hit("Page Viewed", "/" if self.chance(0.6) else "/pages/spring-trails", feels="Home & landing page")
        if self.chance(0.28):
            self.hit(
                "Products Searched",
                "/search",
                feels="Search results",
                query=str(self.rng.choice(["jacket", "boots", "tent"])),
            )
        if self.chance(0.74):
            self.browse()
        for _ in range(1 + int(self.rng.poisson(0.9))):
            self.look_at(self.any_product())
        if self.chance(0.24):
            self.hit("Page Viewed", "/pages/size-guide", feels="Size & fit help")

    def any_product(self) -> int:
        """Position among the products."""
        return int(self.rng.integers(len(PRODUCTS)))

    def browse(self) -> None:
        """Filter a list. The filter that does not react annoys many and keeps nobody from anything."""
        path, asked = f"/collections/{PRODUCTS[self.any_product()][2]}", len(self.world.answers)
        opened = self.hit("Product List Viewed", path, feels="Browse & filter")
        is_stuck = bool(self.luck.random() < truth.STUCK_FILTER.share)
        if is_stuck:
            self.notice("Dead Click Detected", path, opened + timedelta(seconds=4))
        self.tell_of(truth.STUCK_FILTER, asked, was_hit=is_stuck)

    def look_at(self, product: int) -> None:
        """Open a product's page."""
        self.hit("Product Viewed", f"/products/{PRODUCTS[product][0].lower()}", feels="Product page", product=product)

    def pay(self, product: int) -> bool:
        """Pay, perhaps at the second try; whether that ended with an order."""
        path, asked = "/checkout/payment", len(self.world.answers)
        tried = self.hit("Payment Info Entered", path, feels="Payment")
        is_declined = self.chance(truth.DECLINED.share)
        self.tell_of(truth.DECLINED, asked, was_hit=is_declined)
        if is_declined:
            self.world.declined.append((self.person, tried))
        while is_declined:
            self.notice("Payment Failed", path, tried + timedelta(seconds=3))
            if self.chance(truth.GIVES_UP_AFTER_DECLINE):
                return False
            tried = self.hit("Payment Info Entered", path)
            is_declined = self.chance(truth.DECLINED.share)
        self.known = True
        self.order(product)
        return True

    def order(self, product: int) -> None:
        """Place an order and let everything follow from it."""
        late = self.chance(truth.LATE.share)
        lines = [(product, 1 + int(self.chance(0.12)))]
        if self.chance(0.35):
            lines.append((self.any_product(), 1))
        placed = self.now + timedelta(minutes=1)
        order = self.parcel(placed, lines, late=late)
        self.world.orders.append(order)
        self.now = placed
        if self.chance(0.02):
            order.cancelled = placed + timedelta(hours=float(self.rng.uniform(1, 12)))
            order.fulfilled = order.delivered = truth.END + timedelta(days=99)
            return
        self.after_order(order)

    def parcel(self, placed: datetime, lines: list[tuple[int, int]], *, late: bool) -> Order:
        """An order on its way. Some articles take long, so that how long a parcel took does not tell whether it was late."""
        longer = min(int(self.luck.exponential(truth.LONGER_PROMISED_DAYS)), truth.LONGEST_PROMISED_DAYS)
        promised = truth.SHORTEST_PROMISED_DAYS + longer
        days = promised + (float(self.luck.uniform(1, 4)) if late else -float(self.luck.uniform(0, 1.5)))
        delivered = placed + timedelta(days=days)
        fulfilled = delivered - timedelta(days=float(self.luck.uniform(0.4, 1.2)))
        return Order(
            0, self.person, placed, lines, (placed + timedelta(days=promised)).date(), fulfilled, delivered, late
        )

    def after_order(self, order: Order) -> None:
        """Delivery, help, a return, surveys, a review."""
        asked = len(self.world.answers)
        self.feel("Delivery", order.delivered + timedelta(hours=20), order)
        self.tell_of(truth.LATE, asked, was_hit=order.late)
        if self.chance(truth.ASKS_FOR_HELP_WHEN_LATE if order.late else truth.ASKS_FOR_HELP):
            self.ask_for_help(order)
        if self.chance(truth.RETURNS):
            order.refunded = order.delivered + timedelta(days=float(self.rng.uniform(3, 15)))
            if self.chance(0.3):
                self.answer(
                    "step", "Return & refund", truth.RETURN_EXPERIENCE, 4, order.refunded + timedelta(days=1), order
                )
        if self.chance(truth.ANSWERS_NPS):
            self.answer("nps", "", truth.NPS_EXPERIENCE, 10, order.delivered + timedelta(days=6), order)
        if self.chance(truth.REVIEWS):
            self.answer("review", "Review", truth.REVIEW_EXPERIENCE, 4, order.delivered + timedelta(days=8), order)

    def ask_for_help(self, order: Order) -> None:
        """Open a ticket about an order."""
        waited = order.delivered - order.time if order.late else timedelta(0)
        asked = order.time + max(timedelta(days=float(self.rng.uniform(1, 9))), waited - timedelta(hours=18))
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

    def hit(self, name: str, path: str, *, feels: str = "", product: int = -1, query: str = "") -> datetime:
        """One contact; returns when it was. `feels` is the touchpoint about which some are asked then."""
        source, medium, campaign, _ = self.entry
        first = name == "Page Viewed" and path in {"/", "/pages/spring-trails"}
        self.world.visitors.add(self.person.number)
        when = self.now
        self.world.hits.append(
            WebHit(self.person, when, name, path, self.known, source if first else "", medium if first else "",
                   campaign if first else "", product, query)
        )  # fmt: skip
        if feels:
            self.feel(feels, when + timedelta(seconds=20), None)
        self.wait(hours=float(self.rng.exponential(0.02)) + 0.005)
        return when

    def notice(self, name: str, path: str, when: datetime) -> None:
        """A sign of trouble, as the SDK sends it; no contact of its own."""
        self.world.hits.append(WebHit(self.person, when, name, path, self.known))

    def wait(self, hours: float) -> None:
        """Let time pass, but not beyond the end of the files."""
        self.now = min(self.now + timedelta(hours=hours), truth.END - timedelta(hours=1))

    def feel(self, touchpoint: str, when: datetime, order: Order | None) -> None:
        """Some answer how it was."""
        if self.chance(self.feelings[touchpoint].asked):
            self.answer("step", touchpoint, self.planted(touchpoint, when), 4, when, order)

    def planted(self, touchpoint: str, when: datetime) -> float:
        """The mean experience at a touchpoint at that time."""
        feeling = self.feelings[touchpoint]
        return feeling.after if when >= self.change else feeling.before

    def tell_of(self, trouble: truth.Trouble, asked: int, *, was_hit: bool) -> None:
        """Let the answers from position `asked` on know of the trouble; the mean over all visits stays what is planted."""
        for at in range(asked, len(self.world.answers)):
            answer = self.world.answers[at]
            mean = self.planted(answer.touchpoint, answer.time)
            score = drawn_score(self.luck, mean + trouble.gap * (trouble.share - was_hit), 4)
            says = comment(self.luck, answer.touchpoint, score / 4) if answer.text else ""
            self.world.answers[at] = replace(answer, score=score, text=says)

    def answer(
        self, survey: str, touchpoint: str, experience: float, steps: int, when: datetime, order: Order | None
    ) -> None:
        """Draw an answer of 0..steps whose mean is exactly the planted experience."""
        if when > truth.END:
            return
        score = drawn_score(self.rng, experience, steps)
        says = comment(self.rng, touchpoint or "Order", score / steps) if self.chance(0.55) else ""
        self.world.answers.append(
            Answer(self.person, when, survey, touchpoint, score, says, order, self.known or order is not None)
        )


def drawn_score(rng: np.random.Generator, experience: float, steps: int) -> int:
    """A score of 0..steps with this mean experience (−100..+100): beta-binomial, so answers spread."""
    share = (experience + 100) / 200
    return int(rng.binomial(steps, rng.beta(share * 3, (1 - share) * 3)))
