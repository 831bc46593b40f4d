"""From the journal into the store: in the background, in order, each entry once.

How far the store has come is written in the same transaction as the events, so that a process killed anywhere in between
neither loses nor doubles anything.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec
import pyarrow as pa

from touchline.collection.doors.catalogue import door_named
from touchline.collection.doors.protocol import Door
from touchline.collection.questions.write_keys import all_write_keys
from touchline.collection.rules.problems import Rejected
from touchline.collection.rules.write_keys import WriteKey
from touchline.engine.announcing import EVENTS, announce
from touchline.engine.journal import Entry, Journal, Kept
from touchline.engine.store import StoreError, Writer
from touchline.engine.workspace import Workspace
from touchline.events.facade import Context, Event, Refused, Skipped, store_collected

_log = logging.getLogger("django.touchline")

REJECTIONS_DOOR = "rejections"
"""In the journal: what a door refused, on its way into the rejection log."""
MOST_ENTRIES, MOST_BYTES = 2_000, 16_000_000
"""Worked off in one transaction: some twenty thousand events, which take a second; what a transaction costs by itself counts less."""
MOST_REJECTIONS = 100_000
"""Kept at most; of more the oldest are dropped, those first that were dealt with."""


class RejectedEntry(msgspec.Struct):
    """A rejection as it lies in the journal."""

    door: str
    code: str
    reason: str
    content: bytes
    message_id: str | None = None


encode_rejected = msgspec.msgpack.Encoder().encode
_decode_rejected = msgspec.msgpack.Decoder(RejectedEntry).decode


@dataclass
class _Told:
    """What the entries of one transaction hold."""

    received: list[datetime] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    entries: list[RejectedEntry] = field(default_factory=list)

    def add(self, received_us: int, key: int, entry: RejectedEntry) -> None:
        self.received.append(moment(received_us).replace(tzinfo=None))
        self.keys.append(key)
        self.entries.append(entry)


def store_waiting(
    workspace: Workspace, journal: Journal, *, everything: bool = True, step_back: Callable[[], None] | None = None
) -> int:
    """Store what waits in the journal; give how many entries that were. Raises StoreError or JournalError: they wait on.

    `step_back` is called after each entry was read, so that others may have the processor.
    """
    done = 0
    while True:
        kept = journal.read(_position(workspace, journal), MOST_ENTRIES, MOST_BYTES)
        if not kept:
            return done
        _store_or_set_aside(workspace, journal.id, kept, step_back)
        journal.forget(kept[-1].position)
        announce(workspace, EVENTS)
        done += len(kept)
        if not everything:
            return done


def _store_or_set_aside(
    workspace: Workspace, journal_id: str, kept: Sequence[Kept], step_back: Callable[[], None] | None
) -> None:
    """An entry that nobody foresaw must neither be lost nor stop those behind it: it goes into the rejection log whole."""
    try:
        store_entries(workspace, journal_id, kept, step_back)
    except StoreError:
        raise
    except Exception:
        if len(kept) > 1:
            for each in kept:
                _store_or_set_aside(workspace, journal_id, [each], step_back)
            return
        _log.exception("A collected entry could not be stored and was put into the rejection log.")
        entry = kept[0].entry
        told = _Told()
        reason = "It could not be stored, and the fault is ours: the terminal says more."
        told.add(entry.received_us, entry.key, RejectedEntry(entry.door, "unreadable", reason, entry.body))
        with workspace.store.transaction(by_itself=True) as writer:
            write_rejections(writer, told)
            writer.set_meta(_position_key(journal_id), str(kept[0].position))


def store_entries(
    workspace: Workspace, journal_id: str, kept: Sequence[Kept], step_back: Callable[[], None] | None = None
) -> None:
    """Store entries and how far that is, in one transaction; nobody waits for the writer while they are read."""
    keys = {key.id: key for key in all_write_keys(workspace.store)}
    told = _Told()
    groups: list[_Group] = []
    for (door_name, key_id), entries in _by_sender(kept).items():
        door, key = door_named(door_name), keys.get(key_id)
        if door_name == REJECTIONS_DOOR:
            for each in entries:
                told.add(each.entry.received_us, key_id, _decode_rejected(each.entry.body))
        elif door is not None and key is not None:
            groups.append(_read_group(workspace, door, key, entries, told, step_back))
        else:  # the store is a copy that is older than the journal, or this Touchline is
            for each in entries:
                gone = RejectedEntry(door_name, "unreadable", "The way on which it came is not known.", each.entry.body)
                told.add(each.entry.received_us, key_id, gone)
    with workspace.store.transaction(by_itself=True) as writer:
        for each_group in groups:
            store_collected(writer, *each_group)
        write_rejections(writer, told)
        writer.set_meta(_position_key(journal_id), str(kept[-1].position))


def _by_sender(kept: Sequence[Kept]) -> dict[tuple[str, int], list[Kept]]:
    """Entries by door and key: each group costs some milliseconds, however few entries it has."""
    groups: dict[tuple[str, int], list[Kept]] = {}
    for each in kept:
        groups.setdefault((each.entry.door, each.entry.key), []).append(each)
    return groups


class _Group(NamedTuple):
    """What entries of one door and key hold, as `store_collected` takes it."""

    events: Sequence[Event]
    source: str
    import_id: int
    skipped: Mapping[str, int]
    latest: datetime


def _read_group(
    workspace: Workspace,
    door: Door,
    key: WriteKey,
    entries: Sequence[Kept],
    told: _Told,
    step_back: Callable[[], None] | None,
) -> _Group:
    events: list[Event] = []
    skipped: Counter[str] = Counter()
    context = Context(workspace.settings.zone, workspace.settings.currency, key.name, ())
    for each in entries:
        entry = each.entry
        body = _sorted(door, key, entry, told) if door.sorts_later else entry.body
        if body is None:
            continue
        for result in door.read(body, entry.received_us, f"{each.position}", context):
            if isinstance(result, Event):
                events.append(result)
            elif isinstance(result, Skipped):
                skipped[result.reason] += 1
            else:
                told.add(entry.received_us, key.id, _unreadable(door.name, result))
        if step_back is not None:
            step_back()
    latest = moment(max(each.entry.received_us for each in entries))
    return _Group(events, door.source, key.import_id, skipped, latest)


def _sorted(door: Door, key: WriteKey, entry: Entry, told: _Told) -> bytes | None:
    """The good events of an entry that was kept while many waited; the bad ones go into the rejection log."""
    taken = door.take_again(entry.body, key)
    for each in taken.rejected:
        told.add(entry.received_us, key.id, _entry(door.name, each))
    return taken.body


def _unreadable(door: str, refused: Refused) -> RejectedEntry:
    content = refused.content.get("_json", "")
    return RejectedEntry(
        door, "unreadable", refused.reason, content.encode("utf-8", "replace"), refused.content.get("id")
    )


def entry_of(door: str, rejected: Rejected) -> bytes:
    """A rejection as the journal keeps it."""
    return encode_rejected(_entry(door, rejected))


def _entry(door: str, rejected: Rejected) -> RejectedEntry:
    return RejectedEntry(door, rejected.code, rejected.reason, rejected.content, rejected.message_id)


def write_rejections(writer: Writer, told: _Told) -> None:
    """Put rejections into the log, and drop the oldest beyond what it holds."""
    if not told.entries:
        return
    table = pa.table(
        {
            "received": pa.array(told.received, pa.timestamp("us")),
            "key_id": pa.array(told.keys, pa.int64()),
            "door": pa.array([each.door for each in told.entries], pa.string()),
            "code": pa.array([each.code for each in told.entries], pa.string()),
            "reason": pa.array([_plain(each.reason) for each in told.entries], pa.string()),
            "message_id": pa.array([_plain(each.message_id) for each in told.entries], pa.string()),
            "content": pa.array([each.content.decode("utf-8", "replace") for each in told.entries], pa.string()),
        }
    )
    with writer.staged("told_rejections", table):
        writer.execute(
            "insert into rejections select nextval('rejection_seq'), received, key_id, door, code, reason, message_id,"
            " content, null, null from told_rejections"
        )
    writer.execute(
        "delete from rejections where rejection_id in (select rejection_id from rejections"
        " order by resolved is not null, rejection_id desc offset ?)",
        [MOST_REJECTIONS],
    )


def _plain(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "replace").decode()


def moment(received_us: int) -> datetime:
    """Microseconds since 1970 as a moment."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=received_us)


def _position(workspace: Workspace, journal: Journal) -> int:
    return int(workspace.store.meta(_position_key(journal.id)) or 0)


def _position_key(journal_id: str) -> str:
    return f"collection.position.{journal_id}"
