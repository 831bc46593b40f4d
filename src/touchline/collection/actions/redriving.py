"""Sending again what was rejected: by today's rules, as if it had come just as it is now, at the time at which it came.

Whatever is stored takes the way of everything that is collected, so sending the same event again changes nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import pyarrow as pa

from touchline.collection.doors.catalogue import door_named
from touchline.collection.questions.rejections import (
    AMONG,
    Rejection,
    RejectionFilter,
    among,
    only_waiting,
    rejection,
    rejection_ids,
    rejections_of,
)
from touchline.collection.questions.write_keys import all_write_keys
from touchline.collection.rules.problems import RefusedError
from touchline.collection.rules.redriving import DISMISSED, KNOWN, NO_EVENT, REFUSED, STORED, Redriven
from touchline.collection.rules.write_keys import WriteKey
from touchline.engine.announcing import EVENTS, announce
from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace
from touchline.events.facade import Context, Event, Refused, store_collected

AT_ONCE: Final = 200
"""Rejections worked off in one transaction."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class RejectionError(ValueError):
    """What was asked of a rejection cannot be done; the message is a sentence."""


@dataclass(frozen=True)
class _Read:
    """What a rejection holds by today's rules: events, or the reason why not."""

    rejection: Rejection
    content: str
    source: str = ""
    events: tuple[Event, ...] = ()
    skipped: str = ""
    """Why it rightly holds no event."""
    code: str = ""
    reason: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything differs from what the log says."""
        known = self.rejection
        return (self.code, self.reason, self.content) != (known.code, known.reason, known.content)


def redrive(workspace: Workspace, rejection_id: int, content: str | None = None) -> Redriven:
    """Send one again, as it came or as corrected. Raises RejectionError when it is not there or needs nothing more.

    A correction that is still rejected is kept, with what is wrong with it now.
    """
    found = _waiting(workspace, rejection_id)
    wanted = found.content if content is None else content.encode("utf-8", "replace").decode()
    done = _redrive(workspace, [(found, wanted)])
    if not done:  # somebody else was quicker
        _waiting(workspace, rejection_id)
    return done[0]


def redrive_all(
    workspace: Workspace,
    which: RejectionFilter,
    most: int | None = None,
    on_done: Callable[[int], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> list[Redriven]:
    """Send again, as it came, every waiting one that is meant (of more than `most` the latest); `on_done` hears how many."""
    ids = rejection_ids(workspace.store, only_waiting(which))[:most]
    done: list[Redriven] = []
    for start in range(0, len(ids), AT_ONCE):
        if should_stop():
            break
        found = rejections_of(workspace.store, ids[start : start + AT_ONCE])
        done += _redrive(workspace, [(each, each.content) for each in found])
        on_done(len(done))
    return done


def dismiss(workspace: Workspace, rejection_id: int) -> None:
    """Say of one that nothing will be done about it. Raises RejectionError."""
    _waiting(workspace, rejection_id)
    with workspace.store.transaction() as writer:
        _resolve(writer, [rejection_id], DISMISSED)


def dismiss_all(workspace: Workspace, which: RejectionFilter) -> int:
    """Say so of every waiting one that is meant; give how many those were."""
    ids = rejection_ids(workspace.store, only_waiting(which))
    with workspace.store.transaction() as writer:
        _resolve(writer, ids, DISMISSED)
    return len(ids)


def _waiting(workspace: Workspace, rejection_id: int) -> Rejection:
    found = rejection(workspace.store, rejection_id)
    if found is None:
        raise RejectionError(f"There is no rejected event {rejection_id}.")
    if found.resolved is not None:
        done = "dismissed" if found.outcome == DISMISSED else "stored"
        raise RejectionError(f"The rejected event {rejection_id} was {done} already, on {found.resolved:%Y-%m-%d}.")
    return found


def _redrive(workspace: Workspace, sent: Sequence[tuple[Rejection, str]]) -> list[Redriven]:
    """Store what can be stored by now, and write down of each what became of it, in one transaction.

    Those that somebody else dealt with meanwhile are left out.
    """
    keys = {key.id: key for key in all_write_keys(workspace.store)}
    with workspace.store.transaction() as writer:
        waiting = _waiting_of(writer, [each.id for each, _ in sent])
        read = [_read(workspace, each, content, keys) for each, content in sent if each.id in waiting]
        good = [each for each in read if not each.reason]
        outcomes: dict[int, str] = {}
        for source, key_id in dict.fromkeys((each.source, each.rejection.key_id) for each in good):
            group = [each for each in good if (each.source, each.rejection.key_id) == (source, key_id)]
            outcomes |= _store(writer, keys[key_id], group)
        _keep_waiting(writer, [each for each in read if each.reason])
        for outcome in (STORED, KNOWN, NO_EVENT):
            _resolve(writer, [id_ for id_, found in outcomes.items() if found == outcome], outcome)
    announce(workspace, EVENTS)
    return [
        Redriven(each.rejection.id, outcomes.get(each.rejection.id, REFUSED), each.code, each.reason) for each in read
    ]


def _read(workspace: Workspace, found: Rejection, content: str, keys: Mapping[int, WriteKey]) -> _Read:
    door, key = door_named(found.door), keys.get(found.key_id)
    if door is None or key is None:
        return _Read(found, content, code=found.code, reason="The way on which it came does not exist any more.")
    try:
        taken = door.take_again(content.encode(), key)
    except RefusedError as problem:
        return _Read(found, content, code="unreadable", reason=problem.sentence)
    if taken.rejected:
        return _Read(found, content, code=taken.rejected[0].code, reason=taken.rejected[0].reason)
    events: list[Event] = []
    skipped = ""
    context = Context(workspace.settings.zone, workspace.settings.currency, key.name, ())
    received_us = (found.received.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    for result in door.read(taken.body or b"{}", received_us, f"rejection:{found.id}", context):
        if isinstance(result, Refused):
            return _Read(found, content, code="unreadable", reason=result.reason)
        if isinstance(result, Event):
            events.append(result)
        else:
            skipped = result.reason
    return _Read(found, content, door.source, tuple(events), skipped)


def _store(writer: Writer, key: WriteKey, group: Sequence[_Read]) -> dict[int, str]:
    """Rejection -> what became of it."""
    events = [event for each in group for event in each.events]
    skipped = Counter(each.skipped for each in group if not each.events)
    latest = max(each.rejection.received for each in group).replace(tzinfo=UTC)
    is_new = iter(store_collected(writer, events, group[0].source, key.import_id, skipped, latest).is_new)
    outcomes = {}
    for each in group:
        new = [next(is_new) for _ in each.events]
        outcomes[each.rejection.id] = STORED if any(new) else KNOWN if new else NO_EVENT
    return outcomes


def _waiting_of(writer: Writer, ids: Sequence[int]) -> set[int]:
    found = writer.rows(f"select rejection_id from rejections where resolved is null and {AMONG}", among(ids))
    return {int(row[0]) for row in found}


def _keep_waiting(writer: Writer, refused: Sequence[_Read]) -> None:
    """Write down what is wrong by now, and what was corrected so far."""
    changed = [each for each in refused if each.is_changed]
    if not changed:
        return
    told = {
        "id": [each.rejection.id for each in changed],
        "code": [each.code for each in changed],
        "reason": [each.reason for each in changed],
        "content": [each.content for each in changed],
    }
    with writer.staged("told_rejections", pa.table(told)):
        writer.execute(
            "update rejections set code = t.code, reason = t.reason, content = t.content"
            " from told_rejections t where rejection_id = t.id"
        )


def _resolve(writer: Writer, ids: Sequence[int], outcome: str) -> None:
    writer.execute(
        f"update rejections set resolved = $resolved, outcome = $outcome where resolved is null and {AMONG}",
        {"resolved": datetime.now(UTC).replace(tzinfo=None), "outcome": outcome, **among(ids)},
    )
