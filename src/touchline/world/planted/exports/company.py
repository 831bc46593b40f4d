"""All files of the planted company, in one folder."""

from __future__ import annotations

from pathlib import Path

from touchline.world.planted.exports.answers import write_answers
from touchline.world.planted.exports.definition import journey_toml
from touchline.world.planted.exports.events import write_events
from touchline.world.planted.exports.orders import orders_of, write_orders
from touchline.world.planted.exports.tickets import write_tickets
from touchline.world.planted.world import PlantedWorld

NAME = "Kettle & Cup"


def write_planted_company(world: PlantedWorld, folder: Path) -> str:
    """Write the exports into a folder, which is made; returns the text of the journey.toml that fits them. No truth is written."""
    folder.mkdir(parents=True, exist_ok=True)
    orders = orders_of(world)
    write_orders(world, orders, folder / "orders_export.csv")
    write_events(world, orders, folder / "events.jsonl")
    write_tickets(world, folder / "tickets.csv")
    write_answers(world, folder / "typeform_step_feedback.csv", folder / "typeform_recommendation.csv")
    return journey_toml(world.plan)
