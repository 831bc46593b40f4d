"""A small shop: twelve customers see a product and begin to check out, two pay; a film belongs to no touchpoint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.events.facade import import_files

CALLS = ("Product Viewed", "Checkout Started", "Film Watched")


@pytest.fixture
def shop(page_workspace: Workspace, tmp_path: Path) -> Workspace:
    """`page_workspace` with 38 events of May 2026, one customer on each day from the 1st."""
    calls = [
        {
            "type": "track",
            "event": event,
            "userId": f"u{customer}",
            "messageId": f"{customer}-{position}",
            "context": {"page": {"path": "/shop"}},
            "timestamp": f"2026-05-{customer + 1:02d}T10:{position:02d}:00Z",
        }
        for customer in range(12)
        for position, event in enumerate((*CALLS, "Payment Info Entered") if customer < 2 else CALLS)
    ]
    file = tmp_path / "calls.jsonl"
    file.write_text("\n".join(json.dumps(call) for call in calls), "utf-8")
    (report,) = import_files(page_workspace, [file], accept_proposals=True)
    assert (report.imported, report.quarantined) == (38, 0)
    return page_workspace
