"""Texts that do harm where they are pasted instead of bound, escaped or neutralised; and a workspace full of them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, refresh

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "{{7*7}}{% include 'x' %}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "'; drop table events; --",
    '" or 1=1 --',
    "%s {0} $1 ? *",
    "a\\",
    "\u202eevil\u202c",
    "\x07\x1b[31m",
    "a[b=c]",
    "$.x",
    "*",
    "~/~",
    "%%{init: {}}%%",
    "L" * 10_000,
)
NAMES = ("Page Viewed", "Product Viewed", "Product Added", "Order Completed")
CUSTOMERS = 2 * len(HOSTILE)
BEGINS = datetime.fromisoformat("2026-03-01T09:00:00+00:00")


def _call(customer: int, place: int, name: str) -> str:
    def hostile(more: int) -> str:
        return HOSTILE[(customer + place + more) % len(HOSTILE)]

    return json.dumps(
        {
            "type": "track", "event": name, "userId": f"u{customer}", "messageId": f"m{customer}-{place}",
            "timestamp": (BEGINS + timedelta(days=customer % 20, minutes=place)).isoformat(),
            "properties": {hostile(1): hostile(2), "path": f"/{hostile(3)}", "name": hostile(4)},
            "context": {"campaign": {"name": hostile(5), "source": hostile(6)}},
        }
    )  # fmt: skip


def make_hostile_workspace(folder: Path) -> Path:
    """Import hostile calls into a new workspace below the folder, and return where it is, closed."""
    calls = [
        _call(customer, place, name)
        for customer in range(CUSTOMERS)
        for place, name in enumerate((*NAMES, HOSTILE[customer % len(HOSTILE)]))
    ]
    (folder / "calls.jsonl").write_text("\n".join(calls) + "\n", "utf-8")
    workspace = create_workspace(folder / "w", Settings(HOSTILE[0]), DEFAULT_JOURNEY_TOML)
    import_files(workspace, [folder / "calls.jsonl"], accept_proposals=True)
    refresh(workspace)
    workspace.close()
    return folder / "w"
