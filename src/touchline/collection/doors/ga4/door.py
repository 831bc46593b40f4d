"""Bodies of up to 25 events: /mp/collect takes them, /debug/mp/collect says what is wrong with them and keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from touchline.collection.doors.ga4.checking import MOST_EVENTS, Finding, finding_of_sender, findings_of
from touchline.collection.doors.protocol import Opened, Request, Taken
from touchline.collection.rules.limits import MOST_EVENT_BYTES
from touchline.collection.rules.problems import RefusedError, Rejected
from touchline.collection.rules.write_keys import WriteKey
from touchline.events.facade import CollectedResult, Context, read_collected_hits

COLLECT, DEBUG = "/mp/collect", "/debug/mp/collect"
_APP: Final = "firebase_app_id"

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode


class Ga4Door:
    """The Measurement Protocol."""

    name = "ga4"
    title = "Google Analytics 4 Measurement Protocol"
    source = "ga4_bigquery"
    is_hook = False
    paths: Mapping[str, str] = {
        COLLECT: "Up to 25 Google Analytics events; `api_secret` is the write key. Answers 204.",
        DEBUG: "The same body: says what is wrong with it, as Google's validation does, and keeps nothing.",
    }

    def open(self, request: Request) -> Opened:
        """The key is `api_secret` in the address. Raises RefusedError for a body that is no JSON object."""
        return Opened(request.query.get("api_secret"), _body(request.body))

    def take(self, request: Request, opened: Opened, key: WriteKey) -> Taken:
        """Sort the good events from the bad. Raises RefusedError where `events` is no list."""
        body: dict[str, Any] = opened.body
        app = request.query.get(_APP, "")
        if request.path == DEBUG:
            return Taken(None, 0, (), {"validationMessages": [_message(each) for each in _findings(body)]})
        taken = _sorted(body | ({_APP: app} if app else {}))
        return Taken(taken.body, taken.events, taken.rejected, None)

    def take_again(self, content: bytes, key: WriteKey) -> Taken:
        """Sort a body out of the rejection log, which holds one event."""
        return _sorted(_body(content))

    def read(self, body: bytes, received_us: int, place: str, context: Context) -> Iterator[CollectedResult]:
        """Turn a kept body into events."""
        found = _decode(body)
        return iter(list(read_collected_hits(found, str(found.get(_APP, "")), received_us, context)))


def _body(body: bytes) -> dict[str, Any]:
    try:
        return _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("invalid_json", f"The body cannot be read as a JSON object: {error}.") from None


def _events(body: Mapping[str, Any]) -> list[Any]:
    events = body.get("events")
    if not isinstance(events, list):
        raise RefusedError("invalid_batch", "`events` is missing or not a list of events.")
    return events


def _sorted(body: dict[str, Any]) -> Taken:
    """The good events with what is said around them; the bad ones each with the same around it, and its reason."""
    around = {name: value for name, value in body.items() if name != "events"}
    good: list[Any] = []
    rejected: list[Rejected] = []
    nobody = finding_of_sender(body)
    for index, event in enumerate(_events(body)):
        alone = _encode(around | {"events": [event]})
        problem = _problem(event, index, len(alone), nobody)
        if problem is None:
            good.append(event)
        else:
            rejected.append(Rejected(*problem, alone, None, index))
    return Taken(_encode(around | {"events": good}) if good else None, len(good), rejected)


def _problem(event: Any, index: int, size: int, nobody: Finding | None) -> tuple[str, str] | None:
    """(code, sentence) of what keeps an event from being stored."""
    if index >= MOST_EVENTS:
        return "too_many_in_batch", f"It is number {index + 1} of its body; at most {MOST_EVENTS} are taken."
    if size > MOST_EVENT_BYTES:
        return "event_too_large", f"It has {size:,} bytes; at most {MOST_EVENT_BYTES:,} are taken."
    found = next((each for each in findings_of(event, index) if each.code), nobody)
    return None if found is None else (found.code, found.sentence)


def _findings(body: Mapping[str, Any]) -> Sequence[Finding]:
    events = body.get("events")
    if not isinstance(events, list):
        return [Finding("events", "`events` is missing or not a list of events.", "VALUE_REQUIRED", "invalid_batch")]
    found = [each for index, event in enumerate(events) for each in findings_of(event, index)]
    if len(events) > MOST_EVENTS:
        sentence = f"The body has {len(events)} events; at most {MOST_EVENTS} are taken."
        found.insert(0, Finding("events", sentence, "EXCEEDED_MAX_ENTITIES", "too_many_in_batch"))
    nobody = finding_of_sender(body)
    return [nobody, *found] if nobody else found


def _message(finding: Finding) -> dict[str, str]:
    return {
        "fieldPath": finding.field,
        "description": finding.sentence,
        "validationCode": finding.google_code,
    }


DOOR = Ga4Door()
