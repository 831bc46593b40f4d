"""The write keys that open something, in memory: nothing is asked of the store while a request waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from touchline.collection.questions.write_keys import valid_tokens
from touchline.collection.rules.rates import Bucket
from touchline.collection.rules.write_keys import WriteKey, hash_of
from touchline.engine.announcing import WRITE_KEYS, listen
from touchline.engine.workspace import Workspace

RELOAD_SECONDS = 60.0
"""Tokens run out without anybody announcing it."""


class KeyRing:
    """Keys by token. Used in the thread of the event loop; changes are announced from others."""

    def __init__(self, workspace: Workspace, counting: Callable[[], float] = time.monotonic) -> None:
        self._workspace = workspace
        self._counting = counting
        self._by_hash: dict[str, tuple[datetime | None, WriteKey]] = {}
        self._by_token: dict[str, tuple[datetime | None, WriteKey]] = {}
        self._buckets: dict[int, Bucket] = {}
        self._loaded_at = float("-inf")
        self._stale = True
        self._stop_listening = listen(workspace, WRITE_KEYS, self._forget)

    def key_of(self, token: str) -> WriteKey | None:
        """The key a token opens, or None."""
        if self._stale or self._counting() - self._loaded_at > RELOAD_SECONDS:
            self._load()
        found = self._by_token.get(token)
        if found is None:
            found = self._by_hash.get(hash_of(token))
            if found is None:
                return None
            self._by_token[token] = found
        expires, key = found
        if expires is not None and datetime.now(UTC).replace(tzinfo=None) >= expires:
            return None
        return key

    def seconds_to_wait(self, key: WriteKey, events: int) -> int | None:
        """Take so many events off what the key may send; whole seconds after which it may, None: now."""
        bucket = self._buckets.get(key.id)
        if bucket is None or bucket.per_second != key.events_per_second:
            bucket = self._buckets[key.id] = Bucket(key.events_per_second)
        return bucket.take(events, self._counting())

    def close(self) -> None:
        """Hear of no changes any more."""
        self._stop_listening()

    def _forget(self) -> None:
        self._stale = True

    def _load(self) -> None:
        self._stale = False
        try:
            tokens = valid_tokens(self._workspace.store, datetime.now(UTC).replace(tzinfo=None))
        except Exception:
            self._stale = True  # a key that was revoked meanwhile must not go on
            raise
        self._by_hash = {hash_: (expires, key) for hash_, expires, key in tokens}
        self._by_token = {}
        self._loaded_at = self._counting()
