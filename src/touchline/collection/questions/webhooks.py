"""Webhooks as the store has them."""

from __future__ import annotations

from datetime import datetime

from touchline.collection.rules.webhooks import Hook, Secret, SigningHook
from touchline.engine.store import Store


def hooks_by_key(store: Store) -> dict[int, Hook]:
    """Number of the write key -> what makes it a webhook."""
    rows = store.rows("select key_id, kind, mapping from webhooks")
    return {int(key_id): Hook(kind, mapping) for key_id, kind, mapping in rows}


def hooks_with_secrets(store: Store, now: datetime) -> dict[int, SigningHook]:
    """As `hooks_by_key`, with the secrets that hold at `now` (UTC, without zone): for who checks signatures."""
    secrets: dict[int, list[Secret]] = {}
    for key_id, secret, expires in store.rows(
        "select key_id, secret, expires from webhook_secrets where expires is null or expires > ? order by created desc",
        [now],
    ):
        secrets.setdefault(int(key_id), []).append(Secret(secret, expires))
    return {
        key_id: SigningHook(hook.kind, hook.mapping, tuple(secrets.get(key_id, ())))
        for key_id, hook in hooks_by_key(store).items()
    }
