"""Bodies by the thousand that nobody who means well sends: no fault of ours, no good event lost, storing goes on."""

from __future__ import annotations

import json
import logging
from collections import Counter
from pathlib import Path

import pytest
from tests.hostile.collecting_world import collecting_world
from tests.hostile.described_bodies import described_bodies
from tests.hostile.hostile_bodies import Hostile, hostile_bodies

from touchline.collection.receiver.description import description
from touchline.collection.rules.problems import EVENT_PROBLEMS, REQUEST_PROBLEMS
from touchline.journeys.facade import journey_map, refresh

REFUSED = {kind.status for kind in REQUEST_PROBLEMS.values() if kind.status < 500}


def receive_all(folder: Path, requests: list[Hostile]) -> str:
    """Send everything to a new workspace and look at what became of it; give a sentence about it."""
    good = [each for request in requests for each in request.good]
    with collecting_world(folder) as world:
        answers = world.send(requests)
        world.settle()

        faults = [
            (request.maker, status, request.body[:300], answer[:300])
            for request, (status, answer) in zip(requests, answers, strict=True)
            if status not in (200, 204) and status not in REFUSED
        ]
        assert faults == []
        unkept = [
            (request.maker, status, request.body[:300], answer[:300])
            for request, (status, answer) in zip(requests, answers, strict=True)
            if request.good and status != 200
        ]
        assert unkept == []
        stored = world.stored()
        assert [each for each in good if each not in stored] == []
        assert set(stored.values()) == {1}
        assert world.collector.journal.waiting()[0] == 0
        codes = dict(world.workspace.store.rows("select code, count(*) from rejections group by 1"))
        assert codes.keys() <= EVENT_PROBLEMS.keys()
        for status, answer in answers:
            assert status == 204 or isinstance(json.loads(answer), dict)

        refresh(world.workspace)
        journey_map(world.workspace)
        events = world.workspace.store.value("select count(*) from events")
    statuses = Counter(status for status, _ in answers)
    return (
        f"{len(requests):,} hostile bodies: answers {dict(sorted(statuses.items()))}, {events:,} events stored,"
        f" {sum(codes.values()):,} kept as rejected, {len(good):,} good ones among them found once each"
    )


def test_some_hundred_hostile_bodies(tmp_path, caplog):
    with caplog.at_level(logging.ERROR, "django.touchline"):
        print(receive_all(tmp_path, [*hostile_bodies(1, 450), *described_bodies(description(), 1, 50)]))

    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.verify
def test_ten_thousand_hostile_bodies(tmp_path):
    requests = [*described_bodies(description(), 2, 2_500), *hostile_bodies(2, 10_000)]

    print("\n" + receive_all(tmp_path, requests))
    assert len(requests) >= 10_000
