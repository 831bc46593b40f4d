"""The stream that tells open pages of news, from the server's side."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from touchline.engine.announcing import EVENTS, STOPPING, announce
from touchline.engine.workspace import Settings, create_workspace
from touchline.ui import live

NEWS = b"event: events\ndata: new\n\n"


@pytest.fixture
def workspace(tmp_path):
    made = create_workspace(tmp_path / "workspace", Settings("Fernhill Outdoor"), "")
    yield made
    made.close()


async def heard(workspace, seen: str, announcements: int) -> list[bytes]:
    """What a page is told by a stream during which so much is announced, until the server stops."""
    said: list[bytes] = []
    told = asyncio.Event()

    async def receive():
        await asyncio.Event().wait()

    async def send(message):
        if body := message.get("body"):
            said.append(body)
            told.set()

    page = asyncio.create_task(live.stream(workspace, seen, receive, send))
    await told.wait()
    for _ in range(announcements):
        announce(workspace, EVENTS)
    while len(said) < 2 and (announcements or seen != "0"):
        await asyncio.sleep(0)
    announce(workspace, STOPPING)
    await asyncio.wait_for(page, 10)
    return said


def listened(workspace, seen: str, announcements: int) -> list[bytes]:
    with ThreadPoolExecutor(max_workers=1) as thread:  # Playwright leaves a loop running in the thread of the tests
        return thread.submit(asyncio.run, asyncio.wait_for(heard(workspace, seen, announcements), 20)).result()


def test_a_page_hears_of_events_once_however_many_arrive(workspace, monkeypatch):
    monkeypatch.setattr(live, "QUIET_SECONDS", 0.0)

    assert listened(workspace, "0", 0) == [b"retry: 2000\n\n"]
    assert listened(workspace, "0", 3) == [b"retry: 2000\n\n", b"id: 3\n" + NEWS]


@pytest.mark.parametrize("seen", ["", "1", "7", "\xff"])
def test_what_was_missed_before_the_stream_began_is_told_at_once(workspace, monkeypatch, seen):
    monkeypatch.setattr(live, "QUIET_SECONDS", 0.0)
    announce(workspace, EVENTS)
    announce(workspace, EVENTS)

    assert listened(workspace, seen, 0) == [b"retry: 2000\n\n", b"id: 2\n" + NEWS]


def test_a_browser_that_comes_again_says_what_it_heard_last():
    again = {"query_string": b"seen=3", "headers": [(b"last-event-id", b"5")]}

    assert live.seen_by(again) == "5"
    assert live.seen_by({**again, "headers": []}) == "3"
    assert live.seen_by({"query_string": b"", "headers": []}) == ""
