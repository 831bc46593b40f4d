"""A small shop in which one thing goes wrong and costs orders, out of typed events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import JourneyDefinition, Pattern, Stage, Touchpoint, save_definition

START = datetime(2025, 1, 6)  # noqa: DTZ001 - times of the store are naive UTC


@dataclass(frozen=True)
class Happened:
    """One event, as it would be typed into a table."""

    who: int
    day: float
    """Days since START."""
    name: str
    channel: str = "web"
    order: str | None = None
    score: float | None = None
    text: str | None = None
    value: float | None = None
    properties: str | None = None


Make = Callable[[Sequence[Happened]], Workspace]

TOUCHPOINTS = (
    ("help", "Help pages", "service", "Page Viewed"),
    ("support", "Support", "service", "Ticket Created"),
    ("checkout", "Checkout", "buying", "Checkout Started"),
    ("basket", "Basket", "buying", "Cart Viewed"),
    ("order", "Order", "buying", "Order Completed"),
    ("delivery", "Delivery", "service", "Order Delivered"),
)


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """A workspace of these events."""
    made: list[Workspace] = []
    folder = tmp_path_factory.mktemp("pains")

    def make_one(events: Sequence[Happened]) -> Workspace:
        workspace = create_workspace(folder / f"shop-{len(made)}", Settings("Shop", currency="EUR"), "")
        made.append(workspace)
        _store(workspace, events)
        stages = (Stage("buying", "Buying"), Stage("service", "Service"))
        touchpoints = tuple(
            Touchpoint(id_, name, stage, (Pattern(event=(event,)),)) for id_, name, stage, event in TOUCHPOINTS
        )
        save_definition(workspace, JourneyDefinition("Buying", stages, touchpoints, gap_days=30))
        return workspace

    yield make_one
    for workspace in made:
        workspace.close()


def shop(customers: int, *, loss: float, hidden: bool = False, seed: int = 1) -> list[Happened]:
    """Customers who order, come to the checkout (a script fails for a third) and the basket, and order again or do not.

    Without a failure 70 of 100 order again; a failure takes `loss` away. `hidden`: half of the customers are of a kind that
    no event tells; they meet three times as many failures and order half as often, before and after.
    """
    rng = np.random.default_rng(seed)
    events: list[Happened] = []
    for who in range(1, customers + 1):
        unlucky = hidden and rng.random() < 0.5
        enters = float(rng.uniform(0, 60))
        ordered = [order for order in range(4) if rng.random() < (0.35 if unlucky else 0.7)]
        events += [
            Happened(who, enters + 40 * at, "Order Completed", order=f"{who}-{at}", value=50.0) for at in ordered
        ]
        visit = enters + 160
        events.append(Happened(who, visit, "Checkout Started"))
        events.append(Happened(who, visit + 2, "Cart Viewed"))
        fails = rng.random() < ((0.6 if unlucky else 0.2) if hidden else 0.33)
        if fails:
            events.append(Happened(who, visit + 0.001, "Script Error Occurred"))
        if rng.random() < 0.06:
            events.append(Happened(who, visit + 2.001, "Script Error Occurred"))
        if rng.random() < (0.35 if unlucky else 0.7) - loss * fails:
            events.append(Happened(who, visit + 20, "Order Completed", order=f"{who}-z", value=50.0))
        events.append(Happened(who, 360, "Page Viewed"))
    return events


def _store(workspace: Workspace, events: Sequence[Happened]) -> None:
    people = sorted({each.who for each in events})
    kinds = sorted({(each.name, each.channel) for each in events})
    number = {kind: at for at, kind in enumerate(kinds)}
    with workspace.store.transaction() as writer:
        names = pa.table({"n": pa.array(people, pa.int32()), "v": [f"c{who}" for who in people]})
        with writer.staged("people", names):
            writer.execute("insert into identifiers select n, 'user_id', v from people")
        for at, (name, channel) in enumerate(kinds):
            writer.execute("insert into kinds values (?, ?, ?, null, null, 'test')", [at, name, channel])
        rows = pa.Table.from_pylist([_row(at, each, number) for at, each in enumerate(events, 1)], SCHEMA)
        with writer.staged("rows", rows):
            columns = ", ".join(name for name in SCHEMA.names if name != "order_id")
            objects = "case when order_id is null then null else [{'type': 'order', 'id': order_id}] end"
            writer.execute(f"insert into events ({columns}, objects) select {columns}, {objects} from rows")


SCHEMA = pa.schema(
    {
        "seq": pa.int64(), "id": pa.int64(), "time": pa.timestamp("us"), "received": pa.timestamp("us"), "who": pa.int32(),
        "kind": pa.int32(), "metric": pa.string(), "score": pa.float64(), "score_min": pa.float64(), "score_max": pa.float64(),
        "text": pa.string(), "value": pa.float64(), "currency": pa.string(), "properties": pa.string(),
        "import_id": pa.int32(), "line": pa.int64(), "order_id": pa.string(),
    }
)  # fmt: skip


def _row(at: int, each: Happened, number: dict[tuple[str, str], int]) -> dict[str, Any]:
    moment = START + timedelta(days=each.day)
    scored = each.score is not None
    return {
        "seq": at, "id": at, "time": moment, "received": moment, "who": each.who, "kind": number[each.name, each.channel],
        "metric": "csat" if scored else None, "score": each.score, "score_min": 1.0 if scored else None,
        "score_max": 5.0 if scored else None, "text": each.text, "value": each.value,
        "currency": None if each.value is None else "EUR", "properties": each.properties, "import_id": 1, "line": at,
        "order_id": each.order,
    }  # fmt: skip
