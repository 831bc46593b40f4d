"""orders_export.csv as Shopify writes it: the orders of the story, and those from before it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from touchline.world.exports.rows import write_csv
from touchline.world.exports.shopify import ORDER_HEADER
from touchline.world.planted.exports.identity import mailbox, phone
from touchline.world.planted.exports.moments import moments, spaced
from touchline.world.planted.people import REGIONS, People
from touchline.world.planted.truth import MEAN_ORDER_EUR

if TYPE_CHECKING:
    from touchline.world.planted.world import PlantedWorld

FIRST_NUMBER = 10_001
SPREAD = 0.35
"""Of the logarithm of an order's value; its mean stays what it is."""


@dataclass(frozen=True)
class Orders:
    """One entry per order, in order of time."""

    person: NDArray[np.int64]
    day: NDArray[np.float64]
    total_eur: NDArray[np.float64]
    journey: NDArray[np.int64]
    """That it begins; −1 for those from before the story."""

    def __len__(self) -> int:
        return len(self.person)


def orders_of(world: PlantedWorld) -> Orders:
    """All orders. Those from before the story add up to what each customer had spent."""
    rng = np.random.default_rng([world.plan.seed, 2])
    people, journeys = world.people, world.life.journeys
    past = np.repeat(np.arange(len(people)), people.past_orders)
    each = (people.past_spend / np.maximum(people.past_orders, 1))[past]
    began = np.flatnonzero(journeys.after_order)
    person = np.concatenate([past, journeys.person[began]])
    day = np.concatenate([people.enters[past] - rng.uniform(100, 700, len(past)), journeys.begins[began]])
    drawn = MEAN_ORDER_EUR * np.exp(SPREAD * rng.standard_normal(len(began)) - SPREAD**2 / 2)
    journey = np.concatenate([np.full(len(past), -1), began])
    in_time = np.argsort(day, kind="stable")
    return Orders(person[in_time], day[in_time], np.round(np.concatenate([each, drawn]), 2)[in_time], journey[in_time])


def write_orders(world: PlantedWorld, orders: Orders, path: Path) -> None:
    """Write one row per order; a few customers type a placeholder for an e-mail address."""
    people, times = world.people, spaced(moments(orders.day))
    rows = zip(orders.person.tolist(), times, orders.total_eur.tolist(), strict=True)
    write_csv(path, ORDER_HEADER, (_row(people, number, *each) for number, each in enumerate(rows)))


def _row(people: People, number: int, person: int, time: str, total: float) -> dict[str, object]:
    at = f"{time} +0000"
    return {
        "Name": f"#{FIRST_NUMBER + number}", "Email": mailbox(people, person, number), "Financial Status": "paid",
        "Paid at": at, "Fulfillment Status": "fulfilled", "Currency": "EUR", "Subtotal": f"{total:.2f}", "Shipping": "0.00",
        "Total": f"{total:.2f}", "Created at": at, "Lineitem quantity": 1, "Lineitem name": "Coffee, 1 kg",
        "Lineitem price": f"{total:.2f}", "Lineitem sku": "COFFEE-1", "Shipping Province": REGIONS[people.region[person]],
        "Shipping Country": "DE", "Billing Country": "DE", "Phone": phone(person), "Source": "web",
    }  # fmt: skip
