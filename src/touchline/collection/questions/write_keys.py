"""Write keys as the store has them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from touchline.collection.questions.webhooks import hooks_by_key, hooks_with_secrets
from touchline.collection.rules.write_keys import WriteKey
from touchline.engine.store import Store
from touchline.events.facade import RECEIVED_BEFORE

_COLUMNS = "key_id, name, origins, events_per_second, created, revoked, import_id"
ADDRESS = "collection.address"


@dataclass(frozen=True)
class KeyToken:
    """One secret of a key, as far as anybody can know it again."""

    hint: str
    """Its last characters."""
    created: datetime
    expires: datetime | None


@dataclass(frozen=True)
class KeyInUse:
    """A write key with what has come by it."""

    key: WriteKey
    tokens: tuple[KeyToken, ...]
    """Those that open something, the latest first."""
    stored: int
    """Events in the store."""
    repeated: int
    """Events that had been received before, and were left alone."""
    rejected: int
    """Waiting in the rejection log."""
    last_received: datetime | None
    """When its latest stored event was received."""


def all_write_keys(store: Store) -> list[WriteKey]:
    """Every key, revoked ones too, in the order in which they were made."""
    hooks = hooks_by_key(store)
    rows = store.rows(f"select {_COLUMNS} from write_keys order by key_id")
    return [replace(key, hook=hooks.get(key.id)) for key in map(_key, rows)]


def write_key(store: Store, key_id: int) -> WriteKey | None:
    """One key, or None."""
    row = store.row(f"select {_COLUMNS} from write_keys where key_id = ?", [key_id])
    return None if row is None else replace(_key(row), hook=hooks_by_key(store).get(key_id))


def write_keys_called(store: Store, text: str) -> list[WriteKey]:
    """Keys of this number or this name, whatever its case, webhooks not among them: valid ones where there are any."""
    return [key for key in senders_called(store, text) if key.hook is None]


def senders_called(store: Store, text: str) -> list[WriteKey]:
    """The same, and webhooks too."""
    keys = all_write_keys(store)
    found = [key for key in keys if text == str(key.id) or text.casefold() == key.name.casefold()]
    return [key for key in found if key.revoked is None] or found


def valid_tokens(store: Store, now: datetime) -> list[tuple[str, datetime | None, WriteKey]]:
    """(hash, expires, key) of every token that opens something at `now` (UTC, without zone); webhooks with their secrets."""
    rows = store.rows(
        "select t.hash, t.expires, k.key_id, k.name, k.origins, k.events_per_second, k.created, k.revoked, k.import_id"
        " from write_key_tokens t join write_keys k using (key_id)"
        " where k.revoked is null and (t.expires is null or t.expires > ?)",
        [now],
    )
    hooks = hooks_with_secrets(store, now)
    found = ((row[0], row[1], _key(row[2:])) for row in rows)
    return [(hash_, expires, replace(key, hook=hooks.get(key.id))) for hash_, expires, key in found]


def keys_in_use(store: Store, now: datetime, *, hooks: bool = False) -> list[KeyInUse]:
    """Every key with its valid tokens and counts, in the order in which they were made; or every webhook instead."""
    tokens: dict[int, list[KeyToken]] = {}
    for key_id, *rest in store.rows(
        "select key_id, hint, created, expires from write_key_tokens where expires is null or expires > ?"
        " order by created desc",
        [now],
    ):
        tokens.setdefault(int(key_id), []).append(KeyToken(*rest))
    counts = {row[0]: row[1:] for row in store.rows(
        "select import_id, imported, skip_reasons, finished from imports where fingerprint like 'collected:%'"
    )}  # fmt: skip
    rejected = dict(store.rows("select key_id, count(*) from rejections where resolved is null group by 1"))
    found = []
    for key in all_write_keys(store):
        if (key.hook is not None) != hooks:
            continue
        stored, skipped, last = counts.get(key.import_id, (0, "{}", None))
        repeated = json.loads(skipped).get(RECEIVED_BEFORE, 0)
        held = () if key.revoked else tuple(tokens.get(key.id, ()))
        found.append(KeyInUse(key, held, int(stored), int(repeated), int(rejected.get(key.id, 0)), last))
    return found


def remembered_address(store: Store) -> str | None:
    """At which address senders reach the workspace, as it was told last."""
    return store.meta(ADDRESS)


def _key(row: tuple[Any, ...]) -> WriteKey:
    key_id, name, origins, events_per_second, created, revoked, import_id = row
    return WriteKey(key_id, name, tuple(json.loads(origins)), events_per_second, created, revoked, import_id)
