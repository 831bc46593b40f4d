"""Write the demo company: its exports, as a shop has them, and the sealed truth beside them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from touchline.world import truth
from touchline.world.exports import mailchimp, segment, shopify, surveys, trustpilot, zendesk
from touchline.world.story import World, make_world

NAME = "Alderway Outdoor"


def write_company(exports: Path, sealed: Path, *, seed: int = 1, customers: int = 6000) -> World:
    """Write every export into `exports` and the truth into `sealed`; both folders are made. Returns the world."""
    exports.mkdir(parents=True, exist_ok=True)
    sealed.mkdir(parents=True, exist_ok=True)
    world = make_world(seed, customers)
    for writer in (segment, shopify, zendesk, surveys, mailchimp, trustpilot):
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
    }


def _reviewers(world: World, *, invited: bool) -> set[int]:
    """Who wrote reviews; one asked-for review joins the others of the same reviewer to the order."""
    return {
        answer.person.number
        for number, answer in enumerate(world.answers)
        if answer.survey == "review" and trustpilot.is_invited(number) is invited
    }
