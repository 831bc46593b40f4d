"""Calls one by one and in batches: /v1/track ... /v1/batch, and the short addresses of the browser's client."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

import msgspec

from touchline.collection.doors.protocol import Opened, Request, Taken
from touchline.collection.doors.segment.splitting import split, write_key_of
from touchline.collection.rules.calls import are_good, problem_of
from touchline.collection.rules.limits import MOST_BATCH_EVENTS, MOST_BATCH_ITEMS
from touchline.collection.rules.problems import RefusedError, Rejected
from touchline.collection.rules.write_keys import WriteKey, without_tokens
from touchline.events.facade import CollectedResult, Context, read_collected_calls

_TYPES: Final = {
    **{f"/v1/{type_}": type_ for type_ in ("track", "page", "screen", "identify", "group", "alias")},
    **{f"/v1/{type_[0]}": type_ for type_ in ("track", "page", "screen", "identify", "group", "alias")},
}
_BATCHES: Final = ("/v1/batch", "/v1/b", "/v1/import")


class _Envelope(msgspec.Struct, gc=False):
    """Around a batch; a single call carries its key in the same place."""

    writeKey: str | None = None  # noqa: N815  # the names of the wire
    batch: list[msgspec.Raw] | None = None
    sentAt: msgspec.Raw = msgspec.Raw(b"null")  # noqa: N815
    type: msgspec.Raw = msgspec.Raw(b"null")
    """Of a single call; a batch has none."""


_envelope = msgspec.json.Decoder(_Envelope).decode


class SegmentDoor:
    """The tracking API."""

    name = "segment"
    title = "Segment tracking API"
    source = "segment_jsonl"
    is_hook = False
    sorts_later = True
    paths: Mapping[str, str] = {
        **{path: f"One `{type_}` call." for path, type_ in _TYPES.items()},
        **dict.fromkeys(_BATCHES, "Up to 2,500 calls at once, as `batch`."),
    }

    def open(self, request: Request) -> Opened:
        """The key is the Basic user name, else `writeKey` in the body; then what could be read of it, or why nothing."""
        basic = basic_user(request.headers.get("authorization", ""))
        try:
            envelope = _envelope(request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return Opened(basic or write_key_of(request.body), str(error))
        return Opened(basic or envelope.writeKey, envelope)

    def take(self, request: Request, opened: Opened, key: WriteKey) -> Taken:
        """Sort the good calls from the bad. Raises RefusedError for a body that cannot be read or a batch that is no list."""
        if isinstance(opened.body, str):
            return _take_apart(request, opened.body)
        if request.path in _BATCHES:
            return self._take_batch(request.body, opened.body, is_sorted=not request.many_wait)
        assumed = _TYPES[request.path]
        problem = problem_of(request.body, assumed_type=assumed)
        if problem is not None:
            return _taken(None, 0, [_to_keep(problem, {"type": _json(assumed)})])
        body = _without_batch(request.body) if opened.body.batch is not None else request.body
        return Taken(_with_type(body, assumed), 1)

    def take_again(self, content: bytes, key: WriteKey) -> Taken:
        """Sort one call that was rejected before, or a whole batch that could not be stored."""
        try:
            envelope = _envelope(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            envelope = _Envelope()
        if envelope.batch is not None and bytes(envelope.type) == b"null":
            return self._take_batch(content, envelope, is_sorted=True)
        problem = problem_of(content.strip())
        if problem is not None:
            return _taken(None, 0, [_to_keep(problem, {})])
        return Taken(_without_batch(content) if envelope.batch is not None else content, 1)

    def read(self, body: bytes, received_us: int, place: str, context: Context) -> Iterator[CollectedResult]:
        """Turn kept calls into events."""
        return read_collected_calls(body, received_us, place, context)

    def _take_batch(self, body: bytes, envelope: _Envelope, *, is_sorted: bool) -> Taken:
        calls = envelope.batch
        if calls is None:
            raise RefusedError("invalid_batch", "`batch` is missing: the list of calls.")
        if not calls:
            return Taken(None, 0)
        _refuse_flood(calls)
        if not is_sorted or (len(calls) <= MOST_BATCH_EVENTS and are_good(body, calls)):
            return Taken(body, len(calls))
        return _sorted([bytes(call) for call in calls], bytes(envelope.sentAt), None, body)


def _take_apart(request: Request, error: str) -> Taken:
    """The calls of a body that the decoder cannot read as a whole."""
    pieces = split(request.body)
    if pieces is None and "$.batch" in error:
        raise RefusedError("invalid_batch", "`batch` is not a list of calls.")
    if pieces is None:
        raise RefusedError("invalid_json", f"The body cannot be read as a JSON object: {error}.")
    _refuse_flood(pieces.calls)
    return _sorted(pieces.calls, pieces.sent_at, _TYPES.get(request.path))


def _refuse_flood(calls: Sequence[object]) -> None:
    """Each call too many is answered and kept with its reason; a quarter of a million of them would keep others waiting."""
    if len(calls) > MOST_BATCH_ITEMS:
        raise RefusedError(
            "invalid_batch",
            f"`batch` holds {len(calls):,} calls; more than {MOST_BATCH_ITEMS:,} are not even looked at.",
        )


def _sorted(calls: Sequence[bytes], sent_at: bytes, assumed_type: str | None, whole: bytes | None = None) -> Taken:
    """The good calls as a batch of their own (`whole` when all are), the bad ones with their reasons."""
    problems = [problem_of(call, index, assumed_type) for index, call in enumerate(calls[:MOST_BATCH_EVENTS])]
    beyond = [
        Rejected(
            "too_many_in_batch",
            f"It is number {index + 1:,} of its batch; at most {MOST_BATCH_EVENTS:,} are taken.",
            call,
            None,
            index,
        )
        for index, call in enumerate(calls[MOST_BATCH_EVENTS:], start=MOST_BATCH_EVENTS)
    ]
    around = {"sentAt": sent_at} | ({"type": _json(assumed_type)} if assumed_type else {})
    rejected = [_to_keep(each, around) for each in (*problems, *beyond) if each is not None]
    good = [call for call, problem in zip(calls, problems, strict=False) if problem is None]
    if not rejected:
        return Taken(whole or _batch(good, sent_at), len(good))
    return _taken(_batch(good, sent_at) if good else None, len(good), rejected)


def _batch(calls: Sequence[bytes], sent_at: bytes) -> bytes:
    return b'{"sentAt":' + sent_at + b',"batch":[' + b",".join(calls) + b"]}"


def _taken(body: bytes | None, events: int, rejected: Sequence[Rejected]) -> Taken:
    told: list[dict[str, Any]] = [
        {"index": each.index, "messageId": each.message_id, "code": each.code, "reason": each.reason}
        for each in rejected
    ]
    return Taken(body, events, rejected, {"success": True, "rejected": told})


def _with_type(body: bytes, type_: str) -> bytes:
    """The call with the type its address gives it, where it says none itself."""
    return _with(body, {"type": _json(type_)})


def _without_batch(body: bytes) -> bytes:
    """A single call is no batch, whatever it says: nobody has looked at what is in it."""
    call = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    del call["batch"]
    return msgspec.json.encode(call)


def _with(call: bytes, around: Mapping[str, bytes]) -> bytes:
    """The call with what its address and its batch say, where it does not say so itself. Raises msgspec.DecodeError."""
    fields = msgspec.json.decode(call, type=dict[str, msgspec.Raw])
    told = {name: found for name, found in around.items() if found != b"null"}
    missing = [name for name in told if bytes(fields.get(name, b"null")) == b"null"]
    if not missing:
        return call
    return msgspec.json.encode(fields | {name: msgspec.Raw(told[name]) for name in missing})


def _to_keep(rejected: Rejected, around: Mapping[str, bytes]) -> Rejected:
    """As it can be sent again by itself, and without the key it came with: people read it."""
    content = rejected.content
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        content = _with(content, around)
    return replace(rejected, content=without_tokens(content))


def _json(text: str) -> bytes:
    return msgspec.json.encode(text)


def basic_user(authorization: str) -> str | None:
    """The user name of Basic authentication; None where there is none."""
    scheme, _, coded = authorization.partition(" ")
    if scheme.casefold() != "basic":
        return None
    try:
        return base64.b64decode(coded, validate=True).decode().partition(":")[0] or None
    except ValueError:  # no base64, no ASCII, no UTF-8
        return None


DOOR = SegmentDoor()
