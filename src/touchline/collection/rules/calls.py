"""Whether one call of the tracking API can be taken. Looked at before it is answered, so only what that needs is decoded."""

from __future__ import annotations

from typing import Any

import msgspec

from touchline.collection.rules.limits import (
    MOST_EVENT_BYTES,
    MOST_ID_CHARACTERS,
    MOST_MESSAGE_ID_CHARACTERS,
    MOST_NAME_CHARACTERS,
    MOST_NESTING,
)
from touchline.collection.rules.problems import Rejected

Id = str | int | float | None
"""Clients send numbers as ids too, and null for none."""

TYPES = frozenset({"track", "page", "screen", "identify", "group", "alias"})


class Call(msgspec.Struct, gc=False):
    """The fields that decide whether a call is taken; everything else stays bytes."""

    type: str | None = None
    messageId: str | int | None = None  # noqa: N815  # the names of the wire
    userId: Id = None  # noqa: N815
    anonymousId: Id = None  # noqa: N815
    previousId: Id = None  # noqa: N815
    groupId: Id = None  # noqa: N815
    event: str | None = None
    name: str | None = None
    context: msgspec.Raw = msgspec.Raw(b"")
    properties: msgspec.Raw = msgspec.Raw(b"")
    traits: msgspec.Raw = msgspec.Raw(b"")


class _Consent(msgspec.Struct, gc=False):
    cookieless: bool = False


class _Context(msgspec.Struct, gc=False):
    consent: _Consent | None = None


_call = msgspec.json.Decoder(Call).decode
_context = msgspec.json.Decoder(_Context).decode
_anything = msgspec.json.Decoder().decode


def problem_of(raw: bytes, index: int = 0, assumed_type: str | None = None) -> Rejected | None:
    """What is wrong with a call, whose bytes are syntactically JSON; None: take it."""
    if len(raw) > MOST_EVENT_BYTES:
        return _rejected(
            "event_too_large", f"It has {len(raw):,} bytes; at most {MOST_EVENT_BYTES:,} are taken.", raw, index
        )
    if not raw.isascii() and not _is_text(raw):
        return _rejected("invalid_text", "It holds bytes that are no UTF-8.", raw, index)
    if raw.count(b"{") + raw.count(b"[") > MOST_NESTING and _nesting(raw) > MOST_NESTING:
        return _rejected("too_deep", f"Objects and lists lie more than {MOST_NESTING} deep in it.", raw, index)
    try:
        call = _call(raw)
    except msgspec.ValidationError as error:
        code = "wrong_type" if raw.startswith(b"{") else "not_an_object"
        return _rejected(code, f"{error}.", raw, index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _rejected("invalid_text", f"It cannot be read: {error}.", raw, index)
    found = _problem_of_fields(call, call.type or assumed_type)
    return None if found is None else _rejected(found[0], found[1], raw, index, call.messageId)


def _problem_of_fields(call: Call, type_: str | None) -> tuple[str, str] | None:
    if type_ not in TYPES:
        return "unknown_type", f"`type` is {type_!r}; expected one of {', '.join(sorted(TYPES))}."
    if (long := _too_long(call)) is not None:
        return long
    if type_ == "track" and not (call.event and call.event.strip()):
        return "no_event_name", "A track call needs `event`, the name of what happened."
    if type_ == "group" and _is_missing(call.groupId):
        return "no_group_id", "A group call needs `groupId`, the account."
    if type_ == "alias" and (_is_missing(call.previousId) or _is_missing(call.userId)):
        return "no_previous_id", "An alias call needs `previousId` and `userId`."
    if _is_missing(call.userId) and _is_missing(call.anonymousId) and not _is_cookieless(call):
        return (
            "no_user_anon_id",
            "Neither `userId` nor `anonymousId` is there, and `context.consent.cookieless` is not true.",
        )
    return None


def _too_long(call: Call) -> tuple[str, str] | None:
    if call.messageId is not None and len(str(call.messageId)) > MOST_MESSAGE_ID_CHARACTERS:
        return "id_too_long", f"`messageId` has more than {MOST_MESSAGE_ID_CHARACTERS} characters."
    for field in ("userId", "anonymousId", "previousId", "groupId"):
        if isinstance(found := getattr(call, field), str) and len(found) > MOST_ID_CHARACTERS:
            return "id_too_long", f"`{field}` has more than {MOST_ID_CHARACTERS} characters."
    for field in ("event", "name"):
        if (found := getattr(call, field)) is not None and len(found) > MOST_NAME_CHARACTERS:
            return "name_too_long", f"`{field}` has more than {MOST_NAME_CHARACTERS} characters."
    return None


def _is_missing(found: Id) -> bool:
    return found is None or (isinstance(found, str) and not found.strip())


def _is_cookieless(call: Call) -> bool:
    try:
        consent = _context(bytes(call.context)).consent
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return consent is not None and consent.cookieless


def _is_text(raw: bytes) -> bool:
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
