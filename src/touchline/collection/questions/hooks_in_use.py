"""Webhooks with what has come by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.collection.questions.write_keys import KeyInUse, KeyToken, all_write_keys, keys_in_use
from touchline.collection.rules.webhooks import Hook
from touchline.collection.rules.write_keys import WriteKey
from touchline.engine.store import Store


@dataclass(frozen=True)
class HookInUse:
    """One webhook."""

    use: KeyInUse
    """Its write key, and what was stored and rejected."""
    hook: Hook
    secrets: tuple[KeyToken, ...]
    """Those that hold, as far as anybody can know them again; the latest first. Without any every delivery is refused."""
    unmapped: int
    """Deliveries that wait for a mapping."""


def hooks_in_use(store: Store, now: datetime) -> list[HookInUse]:
    """Every webhook, revoked ones too, in the order in which they were made. `now` is UTC, without zone."""
    secrets: dict[int, list[KeyToken]] = {}
    for key_id, *rest in store.rows(
        "select key_id, hint, created, expires from webhook_secrets where expires is null or expires > ?"
        " order by created desc",
        [now],
    ):
        secrets.setdefault(int(key_id), []).append(KeyToken(*rest))
    unmapped = dict(
        store.rows("select key_id, count(*) from rejections where resolved is null and code = 'no_mapping' group by 1")
    )
    return [
        HookInUse(use, use.key.hook, tuple(secrets.get(use.key.id, ())), int(unmapped.get(use.key.id, 0)))
        for use in keys_in_use(store, now, hooks=True)
        if use.key.hook is not None
    ]


def hooks_called(store: Store, text: str) -> list[WriteKey]:
    """Webhooks of this number or this name, whatever its case: valid ones where there are any."""
    hooks = [key for key in all_write_keys(store) if key.hook is not None]
    found = [key for key in hooks if text == str(key.id) or text.casefold() == key.name.casefold()]
    return [key for key in found if key.revoked is None] or found
