"""While events arrive the latest answer is given at once, and a new one is made behind it."""

from __future__ import annotations

import threading

import pytest

from touchline.engine.announcing import EVENTS, listen
from touchline.engine.lately import Lately
from touchline.engine.workspace import Settings, Workspace, create_workspace


@pytest.fixture
def workspace(tmp_path):
    made = create_workspace(tmp_path / "workspace", Settings("Fernhill Outdoor"), "")
    yield made
    made.close()


def commit(workspace: Workspace, value: str, *, by_itself: bool) -> None:
    with workspace.store.transaction(by_itself=by_itself) as writer:
        writer.set_meta("told", value)


class Told:
    """Answers with what the store says, and counts how often it was asked."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.times = workspace, 0
        self.lately: Lately[str | None] = Lately()

    def __call__(self) -> str | None:
        return self.lately.recall(self.workspace, "told", self._answer)

    def _answer(self) -> str | None:
        self.times += 1
        return self.workspace.store.meta("told")


def test_what_somebody_changed_is_seen_at_the_next_look(workspace):
    told = Told(workspace)
    commit(workspace, "one", by_itself=False)
    assert (told(), told(), told.times) == ("one", "one", 1)
    commit(workspace, "two", by_itself=False)
    assert (told(), told.times) == ("two", 2)


def test_what_arrives_by_itself_is_seen_soon_and_announced(workspace):
    told = Told(workspace)
    news = threading.Event()
    listen(workspace, EVENTS, news.set)
    commit(workspace, "one", by_itself=True)
    assert told() == "one"

    commit(workspace, "two", by_itself=True)
    deadline = threading.Event()
    for _ in range(500):
        assert told() in ("one", "two")  # never waits
        if news.is_set():
            break
        deadline.wait(0.01)
    assert told() == "two"
    times = told.times
    assert (told(), told.times) == ("two", times)


def test_one_look_soon_after_a_slow_answer_is_enough_to_see_the_next(workspace):
    told = Told(workspace)
    slow, news = threading.Event(), threading.Event()
    commit(workspace, "one", by_itself=True)
    assert told.lately.recall(workspace, "slow", lambda: slow.wait(0.05) or workspace.store.meta("told")) == "one"
    commit(workspace, "two", by_itself=True)
    listen(workspace, EVENTS, news.set)

    assert told.lately.recall(workspace, "slow", lambda: workspace.store.meta("told")) == "one"

    assert news.wait(20)
    assert told.lately.recall(workspace, "slow", lambda: workspace.store.meta("told")) == "two"


def test_an_answer_is_never_older_than_a_minute(workspace, monkeypatch):
    told = Told(workspace)
    monkeypatch.setattr("touchline.engine.lately.MOST_AGE_SECONDS", -1.0)
    commit(workspace, "one", by_itself=True)
    assert told() == "one"
    commit(workspace, "two", by_itself=True)
    assert told() == "two"
