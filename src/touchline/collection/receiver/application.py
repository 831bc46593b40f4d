"""The collection endpoints: a request becomes journal entries on disk, then an answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from touchline.collection.actions.storing import REJECTIONS_DOOR, entry_of
from touchline.collection.doors.catalogue import door_at
from touchline.collection.doors.protocol import Door, Request, Taken
from touchline.collection.doors.segment.door import DOOR as CALLS
from touchline.collection.receiver.answers import (
    Send,
    answer,
    answer_json,
    answer_preflight,
    answer_problem,
    cross_origin,
)
from touchline.collection.receiver.bodies import GoneError, Receive, read_body
from touchline.collection.receiver.committing import GroupCommit
from touchline.collection.receiver.failures import Failures
from touchline.collection.receiver.keyring import KeyRing
from touchline.collection.receiver.offered import Offered, offered_at
from touchline.collection.receiver.offering import ASSIGN_PATH, OfferBoard, assigned, read_asked
from touchline.collection.receiver.patience import Patience
from touchline.collection.rules.limits import (
    BUSY_RETRY_SECONDS,
    MOST_PENDING_BYTES,
    SORTED_IN_FLIGHT,
    UNAVAILABLE_RETRY_SECONDS,
)
from touchline.collection.rules.problems import RefusedError
from touchline.collection.rules.steady_clock import ClockJumpedError, SteadyClock
from touchline.collection.rules.write_keys import WriteKey
from touchline.engine.journal import Entry, JournalError
from touchline.engine.workspace import Workspace

Scope = Mapping[str, Any]
_log = logging.getLogger("django.touchline")


class Receiver:
    """The ASGI application of the collection endpoints."""

    def __init__(
        self,
        workspace: Workspace,
        commit: GroupCommit,
        keys: KeyRing,
        on_kept: Callable[[], None],
        is_full: Callable[[], bool],
        clock: SteadyClock | None = None,
    ) -> None:
        """`on_kept` is called after entries reached the disk; `is_full` says whether the journal may grow no more."""
        self._workspace = workspace
        self._commit, self._keys = commit, keys
        self._on_kept, self._is_full = on_kept, is_full
        self._clock = clock or SteadyClock()
        self._failures = Failures()
        self._patience = Patience()
        self._board = OfferBoard(workspace)
        self.in_flight = 0
        """Requests that wait for their answer."""

    def answers(self, path: str) -> bool:
        """Whether a path belongs to collecting."""
        return path.startswith(("/v1/", "/hooks/", "/mp/", "/debug/mp/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        origin = headers.get("origin")
        self.in_flight += 1
        try:
            await self._answer(scope, headers, receive, send)
        except RefusedError as problem:
            await answer_problem(send, problem, origin)
        except GoneError:
            return
        except Exception:
            _log.exception("The collection endpoint failed at %s", _without_key(scope["path"]))
            ours = RefusedError("cannot_store", "This failed, and the fault is ours.", UNAVAILABLE_RETRY_SECONDS)
            await answer_problem(send, ours, origin)
        finally:
            self.in_flight -= 1

    async def _answer(self, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        path, method = scope["path"], scope["method"]
        if method == "OPTIONS":
            await answer_preflight(send, headers)
            return
        if (offered := self._offered(scope, headers)) is not None:
            if method not in ("GET", "HEAD"):
                raise RefusedError("method_not_allowed", f"{path} answers GET, not {method}.")
            await answer(send, offered.status, b"" if method == "HEAD" else offered.body, offered.headers)
            return
        door = CALLS if path == ASSIGN_PATH else door_at(path)
        if door is None:
            raise RefusedError("unknown_address", f"Nothing is collected at {unquote(path)[:200]}.")
        if method != "POST":
            raise RefusedError("method_not_allowed", f"{path} answers POST, not {method}.")
        self._refuse_while_busy()
        body = await read_body(receive, headers, self._patience)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        many_wait = self.in_flight > SORTED_IN_FLIGHT
        request = Request(method, path, query, headers, body, self._now_us(), many_wait)
        if path == ASSIGN_PATH:
            await answer_json(send, await self._assign(request, _address(scope)), headers.get("origin"))
            return
        taken = await self._take(door, request, _address(scope))
        if taken.answer is None:
            await answer(send, 204, b"", cross_origin(headers.get("origin")))
        else:
            await answer_json(send, taken.answer, headers.get("origin"))

    def close(self) -> None:
        """Hear of no changes any more."""
        self._board.close()

    def _offered(self, scope: Scope, headers: Mapping[str, str]) -> Offered | None:
        return offered_at(self._workspace, self._keys, self._board, scope["path"], scope["scheme"], headers)

    async def _assign(self, request: Request, address: str) -> Mapping[str, Any]:
        """Say which variant a customer gets, once it is on disk that they did."""
        token, asked = read_asked(request)
        key = self._key(token, CALLS, request.headers.get("origin"), address)
        asks_for_consent = self._workspace.settings.consent == "required"
        told, call = assigned(self._board, asked, consent_is_required=asks_for_consent)
        self._refuse_flood(key, 1)
        await self._keep(CALLS, request, key, Taken(call, 1))
        return told

    async def _take(self, door: Door, request: Request, address: str) -> Taken:
        opened = door.open(request)
        key = self._key(opened.token, door, request.headers.get("origin"), address)
        taken = door.take(request, opened, key)
        self._refuse_flood(key, taken.events + len(taken.rejected))
        await self._keep(door, request, key, taken)
        return taken

    def _refuse_flood(self, key: WriteKey, events: int) -> None:
        wait = self._keys.seconds_to_wait(key, events)
        if wait is not None:
            raise RefusedError(
                "too_many_events",
                f"The write key {key.name!r} allows {key.events_per_second:,} events a second.",
                wait,
            )

    async def _keep(self, door: Door, request: Request, key: WriteKey, taken: Taken) -> None:
        entries = [Entry(request.received_us, door.name, key.id, taken.body)] if taken.body is not None else []
        entries += [
            Entry(request.received_us, REJECTIONS_DOOR, key.id, entry_of(door.name, each)) for each in taken.rejected
        ]
        if not entries:
            return
        try:
            await self._commit.keep(entries)
        except JournalError as error:
            raise RefusedError("cannot_store", str(error), UNAVAILABLE_RETRY_SECONDS) from error
        self._on_kept()

    def _key(self, token: str | None, door: Door, origin: str | None, address: str) -> WriteKey:
        if not token:
            raise RefusedError(
                "no_write_key",
                "Send the write key as the user name of Basic authentication or as `writeKey` in the body.",
            )
        key = self._keys.key_of(token)
        if key is None or (key.hook.kind if key.hook else None) != (door.name if door.is_hook else None):
            now = time.monotonic()
            if (wait := self._failures.note(address, now)) is not None:
                raise RefusedError("too_many_failures", "Too many unknown write keys came from this address.", wait)
            raise RefusedError(
                "unknown_write_key", "This write key is none of this workspace, has run out or was revoked."
            )
        if not key.allows_origin(origin):
            raise RefusedError(
                "origin_not_allowed",
                f"Pages of {str(origin)[:200]} may not send with this write key. Allow them on the page Collect.",
            )
        return key

    def _refuse_while_busy(self) -> None:
        if self._commit.pending_bytes > MOST_PENDING_BYTES or self._is_full():
            raise RefusedError("busy", "More is arriving than can be written at the moment.", BUSY_RETRY_SECONDS)

    def _now_us(self) -> int:
        try:
            return self._clock.now_us()
        except ClockJumpedError as error:
            raise RefusedError(
                "clock_jumped", f"{error} Nothing is taken until it is right.", UNAVAILABLE_RETRY_SECONDS
            ) from None


def _without_key(path: str) -> str:
    """Addresses of webhooks end with a write key, which belongs into no log."""
    return f"{path.rpartition('/')[0]}/..." if path.startswith("/hooks/") else path


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


Application = Callable[[Scope, Receive, Send], Awaitable[None]]
