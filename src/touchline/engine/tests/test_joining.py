from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from touchline.engine import joining
from touchline.engine.joining import OWNER_FILE, Owner, ask_owner
from touchline.engine.store import StoreInUseError


def test_a_request_is_answered_in_frames_by_the_owner(tmp_path: Path) -> None:
    def repeat(request, send, _stop) -> None:
        for word in request["words"]:
            send({"out": word})
        send({"exit": 0})

    owner = Owner(tmp_path, repeat)
    owner.start()
    try:
        frames = list(ask_owner(tmp_path, {"words": ["one", "two"]}))
    finally:
        owner.stop()

    assert frames == [{"out": "one"}, {"out": "two"}, {"exit": 0}]
    assert not (tmp_path / OWNER_FILE).exists()


def test_the_secret_is_readable_by_its_user_only(tmp_path: Path) -> None:
    owner = Owner(tmp_path, lambda request, send, stop: None)
    owner.start()

    assert stat.S_IMODE((tmp_path / OWNER_FILE).stat().st_mode) == 0o600
    owner.stop()


def test_the_asker_can_stop_the_owner(tmp_path: Path) -> None:
    def wait_for_stop(_request, send, stop) -> None:
        send({"out": "working"})
        send({"exit": 130 if stop.wait(10) else 1})

    owner = Owner(tmp_path, wait_for_stop)
    owner.start()
    stop = threading.Event()
    frames = []
    for frame in ask_owner(tmp_path, {}, stop):
        frames.append(frame)
        stop.set()
    owner.stop()

    assert frames == [{"out": "working"}, {"exit": 130}]


def test_an_owner_that_does_not_stop_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "PATIENCE_SECONDS", 0.1)
    done = threading.Event()

    def wait(_request, _send, _stop) -> None:
        done.wait(10)

    owner = Owner(tmp_path, wait)
    owner.start()
    stop = threading.Event()
    stop.set()

    assert list(ask_owner(tmp_path, {}, stop)) == []

    done.set()
    owner.stop()


def test_a_stranger_without_the_secret_gets_no_answer_and_harms_nobody(tmp_path: Path) -> None:
    answered = []
    owner = Owner(tmp_path, lambda request, send, stop: answered.append(request))
    owner.start()
    place = tmp_path / OWNER_FILE
    honest = place.read_text("utf-8")
    place.write_text(honest.replace(honest.split('"key": "')[1][:64], "0" * 64), "utf-8")

    with pytest.raises(StoreInUseError, match="does not answer"):
        list(ask_owner(tmp_path, {"words": []}))
    place.write_text(honest, "utf-8")
    list(ask_owner(tmp_path, {"words": ["mine"]}))
    owner.stop()

    assert answered == [{"words": ["mine"]}]


def test_nobody_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreInUseError, match="takes no requests"):
        list(ask_owner(tmp_path, {}))
