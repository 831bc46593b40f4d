"""How each client is set up, and the three legs it goes: one call at a time, in batches, and through a bad line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.clients.told import Call, every_kind, user

SINGLE, BATCHED, STREAM = "single", "batched", "stream"
LEGS = (SINGLE, BATCHED, STREAM)


@dataclass(frozen=True)
class Client:
    """One of the real clients. Options are those its users set; where none is named its own defaults hold."""

    name: str
    package: str
    module: str
    """Python: what is imported; Node: which of the two."""
    options: dict[str, dict[str, Any]]
    """For each leg."""


_QUICKLY = {"upload_interval": 0.1}
_BATCHES_OF_FIVE = {"upload_size": 5, **_QUICKLY}

CLIENTS = {
    client.name: client
    for client in (
        Client(
            "segment-python",
            "segment-analytics-python",
            "segment.analytics.client",
            {SINGLE: {"sync_mode": True}, BATCHED: {"gzip": True, **_QUICKLY}, STREAM: _BATCHES_OF_FIVE},
        ),
        Client(
            "rudder-python",
            "rudder-sdk-python",
            "rudderstack.analytics.client",
            {SINGLE: {"sync_mode": True, "gzip": False}, BATCHED: _QUICKLY, STREAM: _BATCHES_OF_FIVE},
        ),
        Client(
            "segment-node",
            "@segment/analytics-node",
            "segment",
            {
                SINGLE: {"maxEventsInBatch": 1},
                BATCHED: {"flushInterval": 100},
                STREAM: {"maxEventsInBatch": 5, "flushInterval": 100, "maxRetries": 10},
            },
        ),
        Client(
            "rudder-node",
            "@rudderstack/rudder-sdk-node",
            "rudder",
            {
                SINGLE: {"flushAt": 1, "gzip": False},
                BATCHED: {"flushInterval": 100},
                STREAM: {"flushAt": 5, "flushInterval": 100, "retryCount": 10},
            },
        ),
        Client(
            "segment-browser",
            "@segment/analytics-next",
            "",
            {
                SINGLE: {},
                BATCHED: {
                    "integrations": {
                        "Segment.io": {"deliveryStrategy": {"strategy": "batching", "config": {"timeout": 100}}}
                    }
                },
                STREAM: {},
            },
        ),
    )
}
BROWSER = CLIENTS["segment-browser"]


def leg_name(client: Client, leg: str) -> str:
    """What each call of a leg carries, so that it is known again in the store."""
    return f"{client.name} {leg}"


def streamed_call(client: Client) -> Call:
    """What is said again and again, each time with the next number."""
    properties = {"product_id": "tent", "leg": f"{leg_name(client, STREAM)} again"}
    return {"type": "track", "event": "Product Viewed", "userId": user(client.name), "properties": properties}


def plan(client: Client, key: str, calm: str, stormy: str) -> dict[str, Any]:
    """What a sender reads."""
    return {
        "module": client.module,
        "legs": [
            {
                "key": key,
                "host": stormy if leg == STREAM else calm,
                "options": client.options[leg],
                "calls": every_kind(client.name, leg_name(client, leg)),
                "stream": streamed_call(client) if leg == STREAM else None,
            }
            for leg in LEGS
        ],
    }
