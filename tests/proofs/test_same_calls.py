"""The same calls again, later, shuffled, by another key, from a file: the store counts each once, and reports stay the same."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.hostile.collecting_world import CollectingWorld, collecting_world
from tests.hostile.hostile_bodies import Hostile

from touchline.analyses.facade import answered, usual_question
from touchline.collection.facade import make_write_key
from touchline.collection.rules.steady_clock import SteadyClock
from touchline.events.facade import import_files
from touchline.journeys.facade import journey_map

NOW = 1_793_600_000.0
"""2 November 2026."""
SENT = "2026-11-02T06:13:20Z"
"""The same moment."""
STEPS = ("Product Viewed", "Product Added", "Order Completed")
HOUR, DAY = 3600.0, 86_400.0


def calls(customers: int = 40) -> list[dict[str, Any]]:
    """Visits of customers of whom every second goes on to the next step, the last ones at the end of October."""
    found = []
    for customer in range(customers):
        for place, step in enumerate(STEPS[: 1 + customer % 3]):
            found.append(
                {
                    "type": "track", "event": step, "userId": f"u{customer}", "messageId": f"m{customer}-{place}",
                    "originalTimestamp": f"2026-10-{1 + customer % 28:02}T10:{place:02}:00Z",
                    "context": {"page": {"path": f"/{place}"}},
                    "properties": {"order_id": f"{customer}", "total": 10} if place == 2 else {},
                }
            )  # fmt: skip
    return found


def at(world: CollectingWorld, seconds: float) -> None:
    """Let the collector's clock stand at a moment."""
    world.collector.receiver._clock = SteadyClock(lambda: seconds, lambda: 0.0)


def send(world: CollectingWorld, told: Sequence[dict[str, Any]], batch: int = 50, sent: str = SENT) -> None:
    """Send in batches; all are taken."""
    bodies = [
        Hostile("/v1/batch", json.dumps({"batch": told[start : start + batch], "sentAt": sent}).encode())
        for start in range(0, len(told), batch)
    ]
    assert [answer for answer in world.send(bodies) if answer != (200, b'{"success":true}')] == []


def events(world: CollectingWorld) -> int:
    return int(world.workspace.store.value("select count(*) from events"))


def reports(world: CollectingWorld) -> tuple[object, object]:
    """The map of all time and a funnel."""
    world.settle()
    question = usual_question(
        world.workspace, "funnel", {"steps": [f"event:{step}" for step in STEPS], "period": ["all"]}
    )
    measured = replace(journey_map(world.workspace), computed=datetime(2026, 11, 2, tzinfo=UTC))
    return measured, answered(world.workspace, question).answer


def test_the_same_calls_count_once_hours_and_days_later_by_any_key_and_from_a_file(tmp_path: Path) -> None:
    told = calls()
    with collecting_world(tmp_path) as world:
        for later in (0.0, 1.0, 23 * HOUR, 8 * DAY):
            at(world, NOW + later)
            send(world, told)
            world.settle()
            assert events(world) == len(told)

        _, world.token = make_write_key(world.workspace, "Another site")
        send(world, told)
        world.settle()
        assert events(world) == len(told)

        (tmp_path / "calls.jsonl").write_text("\n".join(json.dumps(call) for call in told), "utf-8")
        import_files(world.workspace, [tmp_path / "calls.jsonl"], accept_proposals=True)
        assert events(world) == len(told)
        counted = world.workspace.store.row(
            "select sum(imported), sum(skipped) from imports where source = 'collected'"
        )
        assert counted == (len(told), 4 * len(told))


def test_shuffled_and_late_calls_give_the_same_map_and_funnel(tmp_path: Path) -> None:
    told = calls()
    (tmp_path / "ordered").mkdir()
    (tmp_path / "shuffled").mkdir()
    with collecting_world(tmp_path / "ordered") as world:
        at(world, NOW)
        send(world, told)
        ordered = reports(world)
    random.Random(4).shuffle(told)
    with collecting_world(tmp_path / "shuffled") as world:
        for part in (told[:20], told[20:50], told[50:]):
            at(world, NOW)
            send(world, part, batch=7)
            reports(world)  # what was asked before the rest came changes nothing
        assert reports(world) == ordered


def test_a_device_three_days_ahead_is_set_right(tmp_path: Path) -> None:
    ahead = {**calls(1)[0], "originalTimestamp": "2026-11-05T06:12:20Z"}
    with collecting_world(tmp_path) as world:
        at(world, NOW)
        send(world, [ahead], sent="2026-11-05T06:13:20Z")
        send(world, [{**ahead, "messageId": "m-2"}], sent="")
        world.settle()

        times = [str(time_) for (time_,) in world.workspace.store.rows("select time from events order by time")]
        assert times == ["2026-11-02 06:12:20", "2026-11-02 06:13:20"]  # not later than it was received


def test_who_is_who_told_after_the_fact_changes_past_reports(tmp_path: Path) -> None:
    visit = {"type": "track", "event": "Product Viewed", "messageId": "v", "anonymousId": "browser-1",
             "originalTimestamp": "2026-10-01T10:00:00Z", "context": {"page": {"path": "/0"}}}  # fmt: skip
    order = {"type": "track", "event": "Order Completed", "messageId": "o", "userId": "ada",
             "originalTimestamp": "2026-10-01T10:05:00Z"}  # fmt: skip
    with collecting_world(tmp_path) as world:
        at(world, NOW)
        send(world, [visit, order])
        world.settle()
        before = journey_map(world.workspace)
        at(world, NOW + DAY)
        send(world, [{"type": "identify", "messageId": "i", "userId": "ada", "anonymousId": "browser-1"}])
        world.settle()
        after = journey_map(world.workspace)

    assert (before.customers, after.customers) == (2, 1)


def test_while_the_clock_is_not_believed_nothing_is_taken(tmp_path: Path) -> None:
    wall, counted = [NOW], [0.0]
    told = [json.dumps({"type": "track", "event": "x", "userId": "1", "messageId": f"m{each}"}) for each in range(6)]
    requests = [Hostile("/v1/track", each.encode()) for each in told]
    with collecting_world(tmp_path) as world:
        world.collector.receiver._clock = SteadyClock(lambda: wall[0], lambda: counted[0])
        statuses = []
        for request, (wall_, counted_) in zip(
            requests,
            [(NOW, 0), (NOW + DAY, 1), (NOW + 2, 2), (NOW - DAY, 3), (NOW - DAY + 59, 62), (NOW - DAY + 60, 63)],
            strict=True,
        ):
            wall[0], counted[0] = wall_, counted_
            statuses.append(world.send([request])[0][0])
        world.settle()

        assert statuses == [200, 503, 200, 503, 503, 200]
        assert events(world) == 3


@pytest.mark.verify
def test_a_hundred_thousand_calls_sent_twice(tmp_path: Path) -> None:
    told = [
        {"type": "track", "event": "x", "userId": f"u{each % 999}", "messageId": f"m{each}"} for each in range(100_000)
    ]
    begun = time.monotonic()
    with collecting_world(tmp_path) as world:
        for _ in range(2):
            send(world, told, batch=2_000)
            world.settle()
            while world.collector.journal.waiting()[0]:
                world.settle()
            random.Random(1).shuffle(told)
            assert events(world) == len(told)
    print(
        f"\n{len(told):,} calls sent twice, shuffled the second time, in {time.monotonic() - begun:.0f} s: stored once"
    )
