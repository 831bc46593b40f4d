"""Write the demo company: its exports, as a shop has them, and the sealed truth beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from touchline.world import truth
from touchline.world.exports import mailchimp, parcels, segment, shopify, surveys, trustpilot, zendesk
from touchline.world.people import Person, make_people
from touchline.world.regulars import RegularsTeller
from touchline.world.story import World
from touchline.world.teller import Teller

NAME = "Alderway Outdoor"
FOLLOWED = timedelta(days=90)
"""How long after a trouble the truth looks for the next order."""


def make_world(seed: int, customers: int) -> World:
    """Let the company live for `truth.DAYS` days. The same seed gives the same world."""
    rng = np.random.default_rng(seed)
    world = World(make_people(rng, customers, truth.SUBSCRIBES))
    luck = np.random.default_rng([seed, 1])
    _tell(Teller(world, rng, luck), world.people)
    own = np.random.default_rng([seed, 2])
    regulars = make_people(own, int(customers * truth.REGULARS_PER_CUSTOMER), truth.SUBSCRIBES, first=customers)
    world.people.extend(regulars)
    _tell(RegularsTeller(world, own, luck), regulars)
    for each in (world.hits, world.orders, world.tickets, world.answers):
        each.sort(key=lambda fact: fact.time)
    for number, order in enumerate(world.orders):
        order.number = 1001 + number
    return world


def _tell(teller: Teller, people: Iterable[Person]) -> None:
    for person in tuple(people):
        teller.live(person)


def write_company(exports: Path, sealed: Path, *, seed: int = 1, customers: int = 6000) -> World:
    """Write every export into `exports` and the truth into `sealed`; both folders are made. Returns the world."""
    exports.mkdir(parents=True, exist_ok=True)
    sealed.mkdir(parents=True, exist_ok=True)
    world = make_world(seed, customers)
    for writer in (segment, parcels, shopify, zendesk, surveys, mailchimp, trustpilot):
        writer.write(world, exports)
    (sealed / "truth.json").write_text(json.dumps(_truth(world), indent=2), "utf-8")
    return world


def _truth(world: World) -> dict[str, object]:
    """Counts of what happened and the planted feelings; nothing of it is in the exports' own words."""
    buyers = {order.person.number for order in world.orders}
    return {
        "subscribers_nothing_joins": sum(
            person.subscribes and person.number in world.visitors - buyers for person in world.people
        ),
        "reviewers_nothing_joins": len(_reviewers(world, invited=False) - _reviewers(world, invited=True)),
        "visitors": len(world.visitors),
        "buyers": len(buyers),
        "orders": len(world.orders),
        "cancelled": sum(order.cancelled is not None for order in world.orders),
        "refunded": sum(order.refunded is not None and order.refunded <= truth.END for order in world.orders),
        "tickets": len(world.tickets),
        "reopened": sum(ticket.reopens > 0 for ticket in world.tickets),
        "answers": {
            survey: sum(answer.survey == survey for answer in world.answers)
            for survey in ("step", "nps", "support", "review")
        },
        "feelings": [asdict(feeling) for feeling in truth.FEELINGS],
        "support_experience": truth.SUPPORT_EXPERIENCE,
        "return_experience": truth.RETURN_EXPERIENCE,
        "review_experience": truth.REVIEW_EXPERIENCE,
        "nps_experience": truth.NPS_EXPERIENCE,
        "troubles": _troubles(world),
    }


def _troubles(world: World) -> dict[str, object]:
    """How often each trouble struck, and of those followed long enough, how many did not order because of it."""
    known = truth.END - FOLLOWED
    arrived = list(parcels.delivered(world))
    late = [order for order in arrived if order.late]
    orders: dict[int, list[datetime]] = {}
    for order in world.orders:
        orders.setdefault(order.person.number, []).append(order.time)
    declined = [(person.number, when) for person, when in world.declined if when <= known]
    stopped = sum(not any(when < order <= when + FOLLOWED for order in orders.get(who, ())) for who, when in declined)
    names = [hit.name for hit in world.hits]
    return {
        "declined": asdict(truth.DECLINED) | {
            "visits": len(world.declined), "events": names.count("Payment Failed"), "followed": len(declined), "lost": stopped,
        },
        "late": asdict(truth.LATE) | {
            "parcels": len(arrived), "visits": len(late),
            "followed": sum(order.delivered <= known for order in late),
            "lost": sum(order.drove_away for order in late if order.delivered <= known),
        },
        "stuck_filter": asdict(truth.STUCK_FILTER) | {"events": names.count("Dead Click Detected"), "lost": 0},
    }  # fmt: skip


def _reviewers(world: World, *, invited: bool) -> set[int]:
    """Who wrote reviews; one asked-for review joins the others of the same reviewer to the order."""
    return {
        answer.person.number
        for number, answer in enumerate(world.answers)
        if answer.survey == "review" and trustpilot.is_invited(number) is invited
    }
