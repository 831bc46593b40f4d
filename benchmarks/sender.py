"""A client that sends calls as fast as it is answered, or so many a second, and notes how long each answer took."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from string import ascii_letters

import numpy as np
import uvloop

from benchmarks.measuring import Clock

MARK = b"@@@@@@@@@@@@"
"""Stands in each body where the number of the request goes, so that every message id is new."""
EVENT_BYTES = 1000
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Load:
    """What is sent."""

    host: str
    port: int
    token: str
    events_per_request: int
    """1: single track calls; more: batches."""
    connections: int
    seconds: float
    requests_per_second: float | None = None
    """None: the next request follows the answer at once."""
    salt: str = ""
    """Keeps message ids of several loads apart."""


@dataclass
class Answers:
    """What came back."""

    taken_ms: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def send(load: Load) -> tuple[Clock, dict[str, float]]:
    """Send for so many seconds; give answers a second, events a second and the 50th and 99th percentile of answer times (ms)."""
    uvloop.install()
    clock, answers = Clock(), Answers()
    with clock("sending"):
        asyncio.run(_send(load, answers))
    taken = np.array(answers.taken_ms)
    good = answers.statuses[200]
    found = {
        "requests_per_second": good / clock.seconds["sending"],
        "events_per_second": good * load.events_per_request / clock.seconds["sending"],
        "p50_ms": float(np.percentile(taken, 50)),
        "p99_ms": float(np.percentile(taken, 99)),
        "good": good,
        "others": sum(answers.statuses.values()) - good,
    }
    return clock, found


async def _send(load: Load, answers: Answers) -> None:
    requests = _requests(load)
    until = time.perf_counter() + load.seconds
    await asyncio.gather(
        *(_one_connection(load, answers, requests, number, until) for number in range(load.connections))
    )


async def _one_connection(load: Load, answers: Answers, requests: Iterator[bytes], number: int, until: float) -> None:
    reader, writer = await asyncio.open_connection(load.host, load.port)
    pause = load.connections / load.requests_per_second if load.requests_per_second else 0.0
    due = time.perf_counter() + pause * number / load.connections
    while (now := time.perf_counter()) < until:
        if pause and now < due:
            await asyncio.sleep(due - now)
        start = due if pause else time.perf_counter()  # from when it was to be sent: a late answer delays no clock
        writer.write(next(requests))
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length:
            await reader.readexactly(int(length.group(1)))
        answers.taken_ms.append(1000 * (time.perf_counter() - start))
        answers.statuses[int(head[9:12])] += 1
        due += pause
    writer.close()


def _requests(load: Load) -> Iterator[bytes]:
    many = load.events_per_request > 1
    calls = [_event(place) for place in range(load.events_per_request)]
    body = b'{"batch":[' + b",".join(calls) + b'],"sentAt":"2026-11-01T10:00:01Z"}' if many else calls[0]
    key = base64.b64encode(f"{load.token}:".encode())
    head = (
        f"POST /v1/{'batch' if many else 'track'} HTTP/1.1\r\nhost: {load.host}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\nauthorization: Basic "
    ).encode()
    whole = head + key + b"\r\n\r\n" + body
    number = 0
    while True:
        number += 1
        yield whole.replace(MARK, f"{load.salt:.4}{number:0{len(MARK) - len(load.salt[:4])}d}".encode())


def _event(place: int) -> bytes:
    """A page's call of about a kilobyte, as the browser's client sends it; a third of it is like no other."""
    random = Random(place)
    product = str(random.randrange(10_000))
    path = f"/products/{product}"
    call = {
        "type": "track",
        "event": "Product Viewed",
        "messageId": f"ajs-{MARK.decode()}-{place}",
        "anonymousId": f"visitor-{MARK.decode()}",
        "timestamp": f"2026-11-01T09:{random.randrange(60):02d}:{random.randrange(60):02d}.000Z",
        "context": {
            "library": {"name": "analytics.js", "version": "npm:next-1.84.3"},
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36",
            "page": {"path": path, "referrer": "", "search": "", "title": product, "url": f"https://shop.example{path}"},
            "locale": "en-GB",
            "timezone": "Europe/Berlin",
        },
        "properties": {"product_id": product, "price": random.randrange(9999) / 100, "currency": "EUR", "note": ""},
        "integrations": {},
    }  # fmt: skip
    note = "".join(random.choices(ascii_letters, k=EVENT_BYTES - len(json.dumps(call))))
    return json.dumps({**call, "properties": {**call["properties"], "note": note}}).encode()  # type: ignore[dict-item]
