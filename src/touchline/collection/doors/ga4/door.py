"""Bodies of up to 25 events: /mp/collect takes them, /debug/mp/collect says what is wrong with them and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from touchline.collection.doors.ga4.checking import MOST_EVENTS, Finding, finding_of_sender, findings_of
from touchline.collection.doors.protocol import Opened, Request, Taken
from touchline.collection.rules.half_characters import mended
from touchline.collection.rules.limits import MOST_EVENT_BYTES
from touchline.collection.rules.problems import RefusedError, Rejected
from touchline.collection.rules.write_keys import WriteKey
from touchline.events.facade import CollectedResult, Context, read_collected_hits

COLLECT, DEBUG = "/mp/collect", "/debug/mp/collect"
_APP: Final = "firebase_app_id"

_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_list = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class _Body:
    """A body taken apart: each event is read by itself, so that one that no decoder follows does not cost the others."""

    around: dict[str, Any]
    events: list[bytes] | None
    """None: `events` is missing or no list."""


class Ga4Door:
    """The Measurement Protocol."""

    name = "ga4"
    title = "Google Analytics 4 Measurement Protocol"
    source = "ga4_bigquery"
    is_hook = False
    sorts_later = False
    paths: Mapping[str, str] = {
        COLLECT: "Up to 25 Google Analytics events; `api_secret` is the write key. Answers 204.",
        DEBUG: "The same body: says what is wrong with it, as Google's validation does, and keeps nothing.",
    }

    def open(self, request: Request) -> Opened:
        """The key is `api_secret` in the address. Raises RefusedError for a body that is no JSON object."""
        return Opened(request.query.get("api_secret"), _body(request.body))

    def take(self, request: Request, opened: Opened, key: WriteKey) -> Taken:
        """Sort the good events from the bad. Raises RefusedError where `events` is no list."""
        body: _Body = opened.body
        app = request.query.get(_APP, "")
        if request.path == DEBUG:
            return Taken(None, 0, (), {"validationMessages": [_message(each) for each in _findings(body)]})
        taken = _sorted(_Body(body.around | ({_APP: app} if app else {}), body.events))
        return Taken(taken.body, taken.events, taken.rejected, None)

    def take_again(self, content: bytes, key: WriteKey) -> Taken:
        """Sort a body out of the rejection log, which holds one event."""
        return _sorted(_body(content))

    def read(self, body: bytes, received_us: int, place: str, context: Context) -> Iterator[CollectedResult]:
        """Turn a kept body into events."""
        found = _decode(body)
        return iter(list(read_collected_hits(found, str(found.get(_APP, "")), received_us, context)))


def _body(body: bytes) -> _Body:
    try:
        fields = _fields(mended(body))
        around = {name: _decode(bytes(found)) for name, found in fields.items() if name != "events"}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("invalid_json", f"The body cannot be read as a JSON object: {error}.") from None
    try:
        return _Body(around, [bytes(event) for event in _list(bytes(fields.get("events", b"null")))])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Body(around, None)


def _sorted(body: _Body) -> Taken:
    """The good events with what is said around them; the bad ones each with the same around it, and its reason."""
    if body.events is None:
        raise RefusedError("invalid_batch", "`events` is missing or not a list of events.")
    good: list[msgspec.Raw] = []
    rejected: list[Rejected] = []
    nobody = finding_of_sender(body.around)
    for index, event in enumerate(body.events):
        alone = _encode(body.around | {"events": [msgspec.Raw(event)]})
        problem = _problem(event, index, len(alone), nobody)
        if problem is None:
            good.append(msgspec.Raw(event))
        else:
            rejected.append(Rejected(*problem, alone, None, index))
    return Taken(_encode(body.around | {"events": good}) if good else None, len(good), rejected)


def _problem(event: bytes, index: int, size: int, nobody: Finding | None) -> tuple[str, str] | None:
    """(code, sentence) of what keeps an event from being stored."""
    if index >= MOST_EVENTS:
        return "too_many_in_batch", f"It is number {index + 1} of its body; at most {MOST_EVENTS} are taken."
    if size > MOST_EVENT_BYTES:
        return "event_too_large", f"It has {size:,} bytes; at most {MOST_EVENT_BYTES:,} are taken."
    found = next((each for each in _findings_of(event, index) if each.code), nobody)
    return None if found is None else (found.code, found.sentence)


def _findings_of(event: bytes, index: int) -> list[Finding]:
    try:
        return findings_of(_decode(event), index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        sentence = f"The event at index {index} cannot be read: {error}."
        return [Finding(f"events[{index}]", sentence, "VALUE_INVALID", "invalid_text")]


def _findings(body: _Body) -> Sequence[Finding]:
    if body.events is None:
        return [Finding("events", "`events` is missing or not a list of events.", "VALUE_REQUIRED", "invalid_batch")]
    found = [each for index, event in enumerate(body.events) for each in _findings_of(event, index)]
    if len(body.events) > MOST_EVENTS:
        sentence = f"The body has {len(body.events)} events; at most {MOST_EVENTS} are taken."
        found.insert(0, Finding("events", sentence, "EXCEEDED_MAX_ENTITIES", "too_many_in_batch"))
    nobody = finding_of_sender(body.around)
    return [nobody, *found] if nobody else found


def _message(finding: Finding) -> dict[str, str]:
    return {
        "fieldPath": finding.field,
        "description": finding.sentence,
        "validationCode": finding.google_code,
    }


DOOR = Ga4Door()
