"""Shops for tests: every order typed, or a few hundred customers who buy and leave as planned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Workspace
from touchline.events.facade import import_files

FIRST_DAY = date(2025, 1, 1)
Told = tuple[str, str, int, float | None, str, str]
"""(Event, customer, day from FIRST_DAY, amount, currency, order number)."""


def bring_in(workspace: Workspace, folder: Path, events: Iterable[Told]) -> None:
    """Import events as calls of Segment."""
    lines = []
    for number, (event, who, day, amount, currency, order) in enumerate(events):
        properties = {"order_id": order, "currency": currency or None}
        if amount is not None:
            properties["total"] = amount
        time = f"{FIRST_DAY + timedelta(days=day)}T10:00:{number % 60:02d}Z"
        call = {"type": "track", "event": event, "userId": who, "messageId": f"m{number}", "timestamp": time}
        lines.append(json.dumps({**call, "properties": properties}))
    file = folder / "calls.jsonl"
    file.write_text("\n".join(lines), "utf-8")
    import_files(workspace, [file], accept_proposals=True)
    bring_up_to_date(workspace)


def orders_of_a_shop(customers: int = 300, days: int = 540, seed: int = 5) -> list[Told]:
    """Orders of about 50 EUR: customers come over a year, buy every six weeks or so, and a third leave at each order."""
    random = np.random.default_rng(seed)
    told: list[Told] = []
    for who in range(customers):
        day, pace = float(random.uniform(0, 365)), float(random.gamma(2, 21))
        while day < days:
            amount = round(float(random.gamma(10, 5)), 2)
            told.append(("Order Completed", f"c{who}", int(day), amount, "EUR", f"o{who}-{int(day)}"))
            if random.random() < 0.33:
                break
            day += float(random.exponential(pace)) + 1
    return told
