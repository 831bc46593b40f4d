"""Making, changing, rotating and revoking write keys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from touchline.collection.questions.write_keys import ADDRESS, remembered_address, write_key
from touchline.collection.rules.write_keys import (
    EVENTS_PER_SECOND,
    HINT_CHARACTERS,
    WriteKey,
    hash_of,
    new_token,
    origin_of,
)
from touchline.engine.announcing import WRITE_KEYS, announce
from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace
from touchline.events.facade import begin_collecting, end_collecting

OVERLAP_DAYS = 7
"""How long an older token goes on after a rotation, where nobody says otherwise: pages and apps are updated meanwhile."""


class WriteKeyError(ValueError):
    """What was asked of a write key cannot be done; the message is a sentence."""


def make_write_key(
    workspace: Workspace, name: str, origins: Sequence[str] = (), events_per_second: int = EVENTS_PER_SECOND
) -> tuple[WriteKey, str]:
    """Make a key; give it with its token, which nobody can show again. Raises WriteKeyError or OriginError."""
    with workspace.store.transaction() as writer:
        made = insert_write_key(writer, workspace, name, origins, events_per_second)
    announce(workspace, WRITE_KEYS)
    return made


def insert_write_key(
    writer: Writer, workspace: Workspace, name: str, origins: Sequence[str], events_per_second: int
) -> tuple[WriteKey, str]:
    """As `make_write_key`, inside the caller's transaction; who calls announces it."""
    title = " ".join(name.split())
    if not title:
        raise WriteKeyError("A write key needs a name that says what sends with it, e.g. Shop website.")
    allowed = tuple(dict.fromkeys(origin_of(each) for each in origins))
    _refuse_rate(events_per_second)
    if writer.value("select count(*) from write_keys where lower(name) = lower(?) and revoked is null", [title]):
        raise WriteKeyError(f"There is a write key {title!r} already. Rotate it, or choose another name.")
    token = new_token()
    key_id = int(writer.value("select nextval('write_key_seq')"))
    import_id = begin_collecting(writer, f"Collected live: {title}", key_id, workspace.settings.time_zone)
    now = _now()
    writer.execute(
        "insert into write_keys values (?, ?, ?, ?, ?, null, ?)",
        [key_id, title, json.dumps(allowed), events_per_second, now, import_id],
    )
    _add_token(writer, key_id, token, now)
    return WriteKey(key_id, title, allowed, events_per_second, now, None, import_id), token


def rotate_write_key(workspace: Workspace, key_id: int, overlap: timedelta = timedelta(days=OVERLAP_DAYS)) -> str:
    """Give a key a new token; the older ones go on for `overlap`, so that nothing is lost between. Raises WriteKeyError."""
    _valid(workspace, key_id)
    token = new_token()
    with workspace.store.transaction() as writer:
        now = _now()
        writer.execute(
            "update write_key_tokens set expires = ? where key_id = ? and (expires is null or expires > ?)",
            [now + overlap, key_id, now + overlap],
        )
        _add_token(writer, key_id, token, now)
    announce(workspace, WRITE_KEYS)
    return token


def revoke_write_key(workspace: Workspace, key_id: int) -> None:
    """Let a key open nothing from now on; what came by it stays. Raises WriteKeyError."""
    key = _valid(workspace, key_id)
    with workspace.store.transaction() as writer:
        end_collecting(writer, key.import_id)
        writer.execute("update write_keys set revoked = ? where key_id = ?", [_now(), key_id])
    announce(workspace, WRITE_KEYS)


def change_write_key(workspace: Workspace, key_id: int, origins: Sequence[str], events_per_second: int) -> WriteKey:
    """Set which pages may send with a key, and how much. Raises WriteKeyError or OriginError."""
    _valid(workspace, key_id)
    allowed = tuple(dict.fromkeys(origin_of(each) for each in origins))
    _refuse_rate(events_per_second)
    with workspace.store.transaction() as writer:
        writer.execute(
            "update write_keys set origins = ?, events_per_second = ? where key_id = ?",
            [json.dumps(allowed), events_per_second, key_id],
        )
    announce(workspace, WRITE_KEYS)
    return _valid(workspace, key_id)


def remember_address(workspace: Workspace, address: str) -> None:
    """Keep at which address senders reach the workspace, for the next lines that are shown to be copied."""
    if address != remembered_address(workspace.store):
        with workspace.store.transaction() as writer:
            writer.set_meta(ADDRESS, address)


def _valid(workspace: Workspace, key_id: int) -> WriteKey:
    key = write_key(workspace.store, key_id)
    if key is None:
        raise WriteKeyError(f"There is no write key {key_id}.")
    if key.revoked is not None:
        raise WriteKeyError(f"The write key {key.name!r} was revoked on {key.revoked:%Y-%m-%d}. Make a new one.")
    return key


def _add_token(writer: Writer, key_id: int, token: str, now: datetime) -> None:
    writer.execute(
        "insert into write_key_tokens values (?, ?, ?, ?, null)",
        [key_id, hash_of(token), token[-HINT_CHARACTERS:], now],
    )


def _refuse_rate(events_per_second: int) -> None:
    if not 1 <= events_per_second <= 1_000_000:
        raise WriteKeyError(f"{events_per_second:,} events a second cannot be a limit; expected 1 to 1,000,000.")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
