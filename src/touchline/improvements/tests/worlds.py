"""Small shops in which weeks have passed: customers of twelve regions pay and say how it was, and some regions are helped.

Every week each region has the same number of payments, each answered with a CSAT score. What regions score strays from
week to week by a fixed pattern.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from touchline.engine.workspace import Workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import refresh

LAUNCH = date(2026, 6, 1)
"""A Monday."""
WEEKS_BEFORE = 26
REGIONS = tuple(f"Region {letter}" for letter in "ABCDEFGHIJKL")
ANSWERS = 5
"""Of each region and week: with scores 1 to 5, so many steps of one point move the region's mean by 0.2."""

Steps = Callable[[int, int], int]
"""Region and week → how many of its five scores are one point higher than 3."""


def usual_steps(region: int, week: int) -> int:
    """One, two or three of five, by a digest: as irregular as chance, and the same on every run."""
    return 1 + sha256(f"{region}/{week}".encode()).digest()[0] % 3


def helped(regions: Iterable[int], more: int = 2, usual: Steps = usual_steps) -> Steps:
    """The same, but from the launch on more of the scores are higher in some regions."""
    some = set(regions)
    return lambda region, week: usual(region, week) + (more if region in some and week >= 0 else 0)


def calls(steps: Steps, weeks: range, regions: int = len(REGIONS), start: date = LAUNCH) -> Iterator[dict[str, Any]]:
    """What a site would have sent: who lives where, payments, and answers a minute later."""
    for region in range(regions):
        for one in range(ANSWERS):
            who = f"u{region}-{one}"
            yield _call("identify", who, f"{who}-i", _moment(start, weeks[0], one), traits={"region": REGIONS[region]})
            for week in weeks:
                at = _moment(start, week, one)
                score = 4 if one < steps(region, week) else 3
                yield _call("track", who, f"{who}-{week}-p", at, event="Payment Info Entered")
                told = {"score": score, "metric": "csat"}
                later = at + timedelta(minutes=1)
                yield _call("track", who, f"{who}-{week}-s", later, event="Survey Answered", properties=told)


def bring(workspace: Workspace, folder: Path, sent: Iterable[dict[str, Any]], name: str = "calls.jsonl") -> None:
    """Import calls."""
    file = folder / name
    file.write_text("\n".join(map(json.dumps, sent)), "utf-8")
    import_files(workspace, [file], accept_proposals=True)
    refresh(workspace)


def _moment(start: date, week: int, one: int) -> datetime:
    return datetime.combine(start, datetime.min.time()) + timedelta(weeks=week, days=one, hours=10)


def _call(kind: str, who: str, message: str, at: datetime, **more: Any) -> dict[str, Any]:
    channel = {"context": {"page": {"path": "/payment"}}}
    return {"type": kind, "userId": who, "messageId": message, "timestamp": at.isoformat() + "Z", **channel, **more}


def low_scores(weeks: range, start: date, helped_regions: Iterable[int] = ()) -> Iterator[dict[str, Any]]:
    """The same shop, where two of five payments end in the lowest score and every basket in the highest.

    From week 0 on only one of ten does in the regions that are helped.
    """
    some = set(helped_regions)
    for region in range(len(REGIONS)):
        for one in range(ANSWERS):
            who = f"u{region}-{one}"
            yield _call("identify", who, f"{who}-i", _moment(start, weeks[0], one), traits={"region": REGIONS[region]})
            for week in weeks:
                at = _moment(start, week, one)
                chance = sha256(f"{who}/{week}".encode()).digest()[0] / 255
                is_low = chance < (0.1 if week >= 0 and region in some else 0.4)
                yield from _scored(who, week, at - timedelta(hours=3), "Cart Viewed", 5)
                yield from _scored(who, week, at, "Payment Info Entered", 1 if is_low else 5)


def _scored(who: str, week: int, at: datetime, event: str, score: int) -> Iterator[dict[str, Any]]:
    told = {"score": score, "metric": "csat"}
    yield _call("track", who, f"{who}-{week}-{event}", at, event=event)
    later = at + timedelta(minutes=1)
    yield _call("track", who, f"{who}-{week}-{event}-s", later, event="Survey Answered", properties=told)
