"""Write a large synthetic store in seconds: the events of a shop, put straight into the tables that intake fills."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from touchline.engine.store import Writer
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

EVENTS_PER_CUSTOMER = 20
EVENTS_PER_SESSION = 5
SLICE = 1_000_000
FIRST_DAY = np.datetime64("2026-01-01", "us")
DAYS = 180

KINDS = (  # name, channel, page, share
    ("Page Viewed", "web", "/", 0.12),
    ("Page Viewed", "web", "/pages/spring", 0.03),
    ("Products Searched", "web", "/search", 0.07),
    ("Product List Viewed", "web", "/collections/boots", 0.08),
    ("Product List Viewed", "app", None, 0.05),
    ("Product Viewed", "web", "/products/alpine", 0.18),
    ("Product Viewed", "app", None, 0.10),
    ("Page Viewed", "web", "/pages/size-guide", 0.02),
    ("Product Added", "web", "/products/alpine", 0.07),
    ("Cart Viewed", "web", "/cart", 0.05),
    ("Checkout Started", "web", "/checkout", 0.04),
    ("Payment Info Entered", "web", "/checkout/payment", 0.03),
    ("Order Completed", "web", None, 0.03),
    ("Order Fulfilled", "delivery", None, 0.03),
    ("Email Opened", "email", None, 0.03),
    ("Ticket Created", "email", None, 0.015),
    ("Live Chat Message Sent", "chat", None, 0.015),
    ("Order Refunded", "web", None, 0.006),
    ("Survey Answered", "email", None, 0.02),
    ("Review Posted", "review", None, 0.004),
    ("Loyalty Magazine Read", "email", None, 0.01),
)
ORDERED, REFUNDED = 12, 17
ASKED, REVIEWED = 18, 19


def make_workspace(folder: Path, events: int, seed: int = 1) -> Workspace:
    """Make a workspace with so many events of events / 20 customers, in the order of their time."""
    workspace = create_workspace(folder, Settings("Benchmark"), DEFAULT_JOURNEY_TOML)
    with workspace.store.transaction() as writer:
        _write_kinds(writer)
        _write_people(writer, _customers(events))
    for rows in event_slices(events, seed):
        with workspace.store.transaction() as writer:
            _write_events(writer, rows)
    workspace.store.checkpoint()
    return workspace


def event_slices(events: int, seed: int = 1) -> Iterator[dict[str, np.ndarray]]:
    """Give the events of a shop in the order of their time, a million at once."""
    random = np.random.default_rng(seed)
    slices = -(-events // SLICE)
    for number in range(slices):
        first = number * SLICE
        count = min(SLICE, events - first)
        yield _slice(random, first, count, _customers(events), number / slices, (number + 1) / slices)


def _customers(events: int) -> int:
    return max(events // EVENTS_PER_CUSTOMER, 1)


def add_events(workspace: Workspace, count: int, late_share: float, seed: int = 2) -> None:
    """Add events of known customers after the last day, some of them late: anywhere in the half year before."""
    random = np.random.default_rng(seed)
    first = int(workspace.store.value("select count(*) from events"))
    customers = int(workspace.store.value("select count(*) from identifiers where type = 'email'"))
    rows = _slice(random, first, count, customers, 1.0, 1.01)
    late = random.random(count) < late_share
    spread = (random.random(int(late.sum())) * DAYS * 86_400e6).astype(np.int64)
    rows["time"][late] = FIRST_DAY + spread.astype("timedelta64[us]")
    with workspace.store.transaction() as writer:
        _write_events(writer, rows)


def _write_kinds(writer: Writer) -> None:
    names, channels, pages, _ = zip(*KINDS, strict=True)
    rows = pa.table({"kind": np.arange(len(KINDS), dtype=np.int32), "name": names, "channel": channels, "page": pages})
    with writer.staged("rows", rows):
        writer.execute("insert into kinds select kind, name, channel, page, null, 'synthetic' from rows")


def _write_people(writer: Writer, customers: int) -> None:
    """Everybody has an e-mail address (odd numbers); every second one also a browser that is linked to it."""
    writer.execute(
        "insert into identifiers select 2 * i + 1, 'email', 'c' || i || '@example.org' from range(?) r(i)", [customers]
    )
    writer.execute(
        "insert into identifiers select 2 * i + 2, 'anonymous_id', 'b' || i from range(0, ?, 2) r(i)", [customers]
    )
    writer.execute(
        "insert into links select 2 * i + 1, 2 * i + 2, 'email and anonymous_id on one row', 'synthetic', 1, i,"
        " timestamp '2026-01-01', true from range(0, ?, 2) r(i)",
        [customers],
    )


def _slice(
    random: np.random.Generator, first: int, count: int, customers: int, begin: float, end: float
) -> dict[str, np.ndarray]:
    """Events of a part of the half year: sessions of a few steps, some minutes apart."""
    sessions = -(-count // EVENTS_PER_SESSION)
    session = np.sort(random.integers(0, sessions, count))
    person = random.integers(0, customers, sessions)[session]
    start = (begin + (end - begin) * random.random(sessions))[session] * DAYS * 86_400e6
    moment = (start + random.exponential(180e6, count) * (1 + np.arange(count) % EVENTS_PER_SESSION)).astype(np.int64)
    order = np.argsort(moment)
    kind = random.choice(len(KINDS), count, p=np.array([each[3] for each in KINDS]) / sum(each[3] for each in KINDS))
    by_browser = (person % 2 == 0) & (random.random(count) < 0.5)
    return {
        "number": np.arange(first, first + count),
        "time": (FIRST_DAY + moment[order].astype("timedelta64[us]")),
        "who": (2 * person + 1 + by_browser)[order].astype(np.int32),
        "kind": kind[order].astype(np.int32),
        "chance": random.random(count),
    }


def _write_events(writer: Writer, rows: dict[str, np.ndarray]) -> None:
    with writer.staged("rows", pa.table(rows)):
        writer.execute(
            f"""
            insert into events
            select nextval('event_seq'), md5_number('e' || number), time, time, who, kind,
              case when chance < 0.5 then 'desktop' when chance < 0.9 then 'mobile' end,
              case when chance < 0.1 then 'campaign ' || (number % 12) end,
              case when kind = {ASKED} then 'csat' when kind = {REVIEWED} then 'stars' end,
              case when kind = {ASKED} then 1 + number % 5 when kind = {REVIEWED} then 1 + number % 5 end,
              case when kind in ({ASKED}, {REVIEWED}) then 1 end,
              case when kind in ({ASKED}, {REVIEWED}) then 5 end,
              case when kind in ({ASKED}, {REVIEWED}) and chance < 0.5 then 'What I think about order ' || number end,
              null,
              case when kind = {ORDERED} then 10 + number % 90 when kind = {REFUNDED} then -(10 + number % 90) end,
              case when kind in ({ORDERED}, {REFUNDED}) then 'EUR' end,
              case when kind in ({ORDERED}, {REFUNDED}) then [{{'type': 'order', 'id': 'A' || number}}] end,
              null, null, 1, number
            from rows
            order by number
            """
        )
