"""Everything that can be wrong with what is sent, by code. docs/reference/collection.md is its page.

A problem of the whole request is answered with its status and keeps nothing; a problem of one event is kept with that
event in the rejection log, and the others of its batch are stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class ProblemKind:
    """One code."""

    code: str
    status: int
    """Of the answer; 200 for a problem of a single event, which spoils nothing else."""
    tells: str
    """One sentence for the reference."""


_REQUESTS = (
    ProblemKind("invalid_json", 400, "The body is not JSON, or not an object."),
    ProblemKind("invalid_gzip", 400, "The body says or looks as if it were gzip and cannot be unpacked."),
    ProblemKind("body_too_large", 400, "The body, unpacked, is larger than 500 KB."),
    ProblemKind("invalid_batch", 400, "`batch` is missing, not a list, or holds more than 10,000 calls."),
    ProblemKind("nobody_named", 400, "A variant was asked for without saying for whom."),
    ProblemKind("no_write_key", 401, "No write key came along, neither as Basic user name nor as `writeKey` in the body."),
    ProblemKind("unknown_write_key", 401, "The write key is none of this workspace, has run out or was revoked."),
    ProblemKind("origin_not_allowed", 403, "The page's origin is not among those the write key lists."),
    ProblemKind("invalid_signature", 401, "The signature of a webhook is missing, does not fit its body and secret, or is older than five minutes."),
    ProblemKind("unknown_address", 404, "Nothing is collected at this address."),
    ProblemKind("method_not_allowed", 405, "The address answers another method."),
    ProblemKind("body_too_slow", 408, "The body took longer than 20 seconds to arrive, or the longest while too many came slowly; send it again."),
    ProblemKind("too_many_events", 429, "More events a second than the write key allows; `Retry-After` says when to come back."),
    ProblemKind("too_many_failures", 429, "Too many requests with unknown keys from this address; `Retry-After` says when to come back."),
    ProblemKind("busy", 503, "More is arriving than can be written at the moment; come back after `Retry-After`."),
    ProblemKind("cannot_store", 503, "The disk takes nothing at the moment. Nothing was kept; come back after `Retry-After`."),
    ProblemKind("clock_jumped", 503, "The server's clock has jumped and is not believed yet. Nothing was kept; come back after `Retry-After`."),
)  # fmt: skip
_EVENTS = (
    ProblemKind("event_too_large", 200, "One event is larger than 32 KB."),
    ProblemKind("too_many_in_batch", 200, "The event is beyond the 2,500th of its batch."),
    ProblemKind("not_an_object", 200, "Something in the batch is no JSON object."),
    ProblemKind("invalid_text", 200, "The event holds bytes that are no UTF-8, or text that no Unicode has."),
    ProblemKind("too_deep", 200, "Objects and lists lie more than 32 deep inside each other."),
    ProblemKind("wrong_type", 200, "A field holds something of another type than it should."),
    ProblemKind("unknown_type", 200, "`type` is not track, page, screen, identify, group or alias."),
    ProblemKind("no_user_anon_id", 200, "Neither `userId` nor `anonymousId` is there, and the event does not say that it is cookieless."),
    ProblemKind("no_event_name", 200, "A track call without the name of what happened."),
    ProblemKind("no_group_id", 200, "A group call without `groupId`."),
    ProblemKind("no_previous_id", 200, "An alias call without `previousId` or `userId`."),
    ProblemKind("name_too_long", 200, "The name of the event, page or screen has more than 200 characters."),
    ProblemKind("id_too_long", 200, "A `messageId` has more than 100 characters, or another id more than 512."),
    ProblemKind("no_mapping", 200, "A delivery of a webhook whose mapping nobody has confirmed yet: `touchline hook mapping` does, and sends it again."),
    ProblemKind("no_client_id", 200, "A Google Analytics event with neither `client_id`, `app_instance_id` nor `user_id`, and analytics storage was not denied."),
    ProblemKind("unreadable", 200, "A value cannot be read as what it should be: a time, an amount, a score."),
)  # fmt: skip

REQUEST_PROBLEMS: Final = {kind.code: kind for kind in _REQUESTS}
EVENT_PROBLEMS: Final = {kind.code: kind for kind in _EVENTS}


class RefusedError(Exception):
    """A request that is answered with a problem; nothing of it is kept."""

    def __init__(self, code: str, sentence: str, retry_after_seconds: int | None = None) -> None:
        super().__init__(sentence)
        self.kind = REQUEST_PROBLEMS[code]
        self.sentence = sentence
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True)
class Rejected:
    """One event that cannot be stored as it came."""

    code: str
    """A key of EVENT_PROBLEMS."""
    reason: str
    """A sentence: what was found, what was expected."""
    content: bytes
    """The event as it came."""
    message_id: str | None = None
    index: int = 0
    """Its place in the batch, from 0."""
