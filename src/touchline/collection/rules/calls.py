"""Whether one call of the tracking API can be taken. Looked at before it is answered, so only what that needs is decoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec

from touchline.collection.rules.limits import (
    MOST_EVENT_BYTES,
    MOST_ID_CHARACTERS,
    MOST_MESSAGE_ID_CHARACTERS,
    MOST_NAME_CHARACTERS,
    MOST_NESTING,
)
from touchline.collection.rules.problems import Rejected

TYPES = ("track", "page", "screen", "identify", "group", "alias")

_BY_ANYBODY = frozenset({"page", "screen", "identify"})
"""Calls that need nothing but an id of who made them."""

Type = Literal["track", "page", "screen", "identify", "group", "alias"]
Id = Annotated[str, msgspec.Meta(max_length=MOST_ID_CHARACTERS)] | int | float | None
"""Clients send numbers as ids too, and null for none."""
Name = Annotated[str, msgspec.Meta(max_length=MOST_NAME_CHARACTERS)]
MessageId = Annotated[str, msgspec.Meta(max_length=MOST_MESSAGE_ID_CHARACTERS)]


class Call(msgspec.Struct, gc=False):
    """The fields that decide whether a call is taken; everything else stays bytes. The decoder itself holds the limits."""

    type: Type | None = None
    messageId: MessageId | int | None = None  # noqa: N815  # the names of the wire
    userId: Id = None  # noqa: N815
    anonymousId: Id = None  # noqa: N815
    previousId: Id = None  # noqa: N815
    groupId: Id = None  # noqa: N815
    event: Name | None = None
    name: Name | None = None
    context: msgspec.Raw = msgspec.Raw(b"")
    properties: msgspec.Raw = msgspec.Raw(b"")
    traits: msgspec.Raw = msgspec.Raw(b"")


class _Batch(msgspec.Struct, gc=False):
    batch: list[Call]


class _Consent(msgspec.Struct, gc=False):
    cookieless: bool = False


class _Context(msgspec.Struct, gc=False):
    consent: _Consent | None = None


_call = msgspec.json.Decoder(Call).decode
_batch = msgspec.json.Decoder(_Batch).decode
_context = msgspec.json.Decoder(_Context).decode
_anything = msgspec.json.Decoder().decode


def problem_of(raw: bytes, index: int = 0, assumed_type: str | None = None) -> Rejected | None:
    """What is wrong with a call, whose bytes are syntactically JSON; None: take it."""
    readable = is_text(raw)
    if is_good(raw, readable, assumed_type):
        return None
    if len(raw) > MOST_EVENT_BYTES:
        return _rejected(
            "event_too_large", f"It has {len(raw):,} bytes; at most {MOST_EVENT_BYTES:,} are taken.", raw, index
        )
    if not readable:
        return _rejected("invalid_text", "It holds bytes that are no UTF-8.", raw, index)
    if raw.count(b"{") + raw.count(b"[") > MOST_NESTING and _nesting(raw) > MOST_NESTING:
        return _rejected("too_deep", f"Objects and lists lie more than {MOST_NESTING} deep in it.", raw, index)
    try:
        call = _call(raw)
    except msgspec.ValidationError as error:
        return _wrong(str(error), raw, index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _rejected("invalid_text", f"It cannot be read: {error}.", raw, index)
    found = _problem_of_fields(call, call.type or assumed_type)
    return None if found is None else _rejected(found[0], found[1], raw, index, call.messageId)


def is_good(raw: bytes | msgspec.Raw, readable: bool, assumed_type: str | None = None) -> bool:
    """Whether a call can be taken beyond doubt: what nearly all are, found with as little work as there can be.

    False is not yet a problem: `problem_of` looks closer. `readable` says that the call, or the whole batch around it, is text.
    """
    if not readable:
        return False
    found = bytes(raw)
    if len(found) > MOST_EVENT_BYTES or found.count(b"{") + found.count(b"[") > MOST_NESTING:
        return False
    try:
        call = _call(found)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return _is_usual(call, call.type or assumed_type)


def are_good(body: bytes, calls: Sequence[msgspec.Raw]) -> bool:
    """`is_good` for all calls of a batch: decoded at once they take a quarter of the time."""
    if not is_text(body):
        return False
    for raw in calls:
        found = bytes(raw)
        if len(found) > MOST_EVENT_BYTES or found.count(b"{") + found.count(b"[") > MOST_NESTING:
            return False
    try:
        read = _batch(body).batch
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return all(_is_usual(call, call.type) for call in read)


def _is_usual(call: Call, type_: str | None) -> bool:
    who = call.userId or call.anonymousId
    if not who or (isinstance(who, str) and who.isspace()):
        return False
    if type_ == "track":
        return call.event is not None and call.event != "" and not call.event.isspace()
    return type_ in _BY_ANYBODY


def _wrong(error: str, raw: bytes, index: int) -> Rejected:
    """Put the decoder's words into one of our codes; what it names is a field such as `$.event`."""
    if not raw.lstrip().startswith(b"{"):
        return _rejected("not_an_object", f"{error}.", raw, index)
    field = error.rpartition("$.")[2].rstrip("`")
    if "length" in error and field in ("event", "name"):
        return _rejected("name_too_long", f"`{field}` has more than {MOST_NAME_CHARACTERS} characters.", raw, index)
    if "length" in error:
        most = MOST_MESSAGE_ID_CHARACTERS if field == "messageId" else MOST_ID_CHARACTERS
        return _rejected("id_too_long", f"`{field}` has more than {most} characters.", raw, index)
    if field == "type" and "Invalid enum value" in error:
        return _rejected("unknown_type", f"`type` is none of {', '.join(TYPES)}.", raw, index)
    return _rejected("wrong_type", f"{error}.", raw, index)


def _problem_of_fields(call: Call, type_: str | None) -> tuple[str, str] | None:
    if type_ is None:
        return "unknown_type", f"`type` is missing; expected one of {', '.join(TYPES)}."
    if type_ == "track" and not (call.event and call.event.strip()):
        return "no_event_name", "A track call needs `event`, the name of what happened."
    if type_ == "group" and _is_blank(call.groupId):
        return "no_group_id", "A group call needs `groupId`, the account."
    if type_ == "alias" and (_is_blank(call.previousId) or _is_blank(call.userId)):
        return "no_previous_id", "An alias call needs `previousId` and `userId`."
    if _is_blank(call.userId) and _is_blank(call.anonymousId) and not _is_cookieless(call):
        return (
            "no_user_anon_id",
            "Neither `userId` nor `anonymousId` is there, and `context.consent.cookieless` is not true.",
        )
    return None


def _is_blank(found: Id) -> bool:
    return found is None or (isinstance(found, str) and (not found or found.isspace()))


def _is_cookieless(call: Call) -> bool:
    try:
        consent = _context(bytes(call.context)).consent
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return consent is not None and consent.cookieless


def is_text(raw: bytes) -> bool:
    """Whether bytes are UTF-8."""
    if raw.isascii():
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _nesting(raw: bytes) -> int:
    """How deep it goes; one more than the limit where it goes further than anybody can follow."""
    try:
        found: Any = _anything(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return MOST_NESTING + 1
    deepest, level = 0, [found]
    while level:
        deepest += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if deepest > MOST_NESTING + 1:
            break
    return deepest - 1  # the innermost values are no level of their own


def _rejected(code: str, reason: str, raw: bytes, index: int, message_id: str | int | None = None) -> Rejected:
    return Rejected(code, reason, bytes(raw), None if message_id is None else str(message_id)[:200], index)
