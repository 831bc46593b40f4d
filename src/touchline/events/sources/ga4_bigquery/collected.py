"""Events that came by the Measurement Protocol, read as the rows BigQuery's export would have for them.

The export knows each event by numbers that Google gives after it was sent, so an event that was sent both to Google and here
is the same one only where the export has none of them (older tables, without `batch_event_index`) and Google left its
parameters alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from touchline.events.rules import Event, Refused
from touchline.events.sources.cells import CellError
from touchline.events.sources.fields import Json, elements, record, word
from touchline.events.sources.ga4_bigquery.rows import read_row
from touchline.events.sources.protocol import Context

DENIED: Final = "DENIED"
_RENAMED: Final = {"session_id": "ga_session_id", "session_number": "ga_session_number"}
"""Parameter as it is sent -> as the export has it."""
_TOLD_ELSEWHERE: Final = frozenset({"items", "debug_mode"})
_OF_SESSION: Final = frozenset({"session_id", "session_number"})
_OF_ADVERTISING: Final = frozenset(
    {"campaign", "campaign_id", "source", "medium", "term", "content", "gclid", "dclid", "wbraid", "gbraid"}
)

_encode = msgspec.json.Encoder().encode


def read_collected_hits(body: Json, firebase_app: str, received_us: int, context: Context) -> Iterator[Event | Refused]:
    """The events of a body; each that cannot be read is refused by itself. `firebase_app` is '' for a web stream."""
    seen: Counter[str] = Counter()
    for position, hit in enumerate(elements(body.get("events")), start=1):
        row = _row(body, hit, firebase_app, received_us)
        try:
            yield from _events(position, row, body, seen, context)
        except (CellError, ValueError, ArithmeticError) as error:
            alone = _encode({**body, "events": [hit]}).decode("utf-8", "replace")
            yield Refused(position, str(error), {"_json": alone})


def _events(position: int, row: dict[str, Any], body: Json, seen: Counter[str], context: Context) -> Iterator[Event]:
    for result in read_row(position, {"_json": _encode(row).decode()}, context):
        if not isinstance(result, Event):
            continue
        event = result
        seen[event.key] += 1
        if seen[event.key] > 1:
            event = replace(event, key=f"{event.key}|again {seen[event.key]}")
        consent = {name: word(found) for name, found in record(body.get("consent")).items() if word(found)}
        yield replace(event, properties={**event.properties, "consent": consent}) if consent else event


def _row(body: Json, hit: Json, firebase_app: str, received_us: int) -> dict[str, Any]:
    """The row; what consent was denied for is left out before anything is read."""
    told = record(hit.get("params"))
    consent = {name: word(found).upper() for name, found in record(body.get("consent")).items()}
    may_be_known = consent.get("analytics_storage") != DENIED
    may_be_advertised = DENIED not in (consent.get("ad_user_data"), consent.get("ad_storage"))
    left_out = (
        _TOLD_ELSEWHERE
        | (frozenset() if may_be_known else _OF_SESSION)
        | (frozenset() if may_be_advertised else _OF_ADVERTISING)
    )
    told = {name: value for name, value in told.items() if name not in left_out}
    client = word(body.get("client_id")) or word(body.get("app_instance_id"))
    return {
        "event_name": hit.get("name"),
        "event_timestamp": word(hit.get("timestamp_micros")) or word(body.get("timestamp_micros")) or str(received_us),
        "event_params": [_parameter(_RENAMED.get(name, name), value) for name, value in told.items()],
        "user_pseudo_id": client if may_be_known else None,
        "user_id": word(body.get("user_id")) if may_be_known and may_be_advertised else None,
        "platform": _platform(firebase_app),
        "items": list(elements(record(hit.get("params")).get("items"))),
        "device": {"category": record(body.get("device")).get("category")},
        "geo": {"country": record(body.get("user_location")).get("country_id")},
        "collected_traffic_source": {
            "manual_campaign_name": told.get("campaign"),
            "manual_source": told.get("source"),
            "manual_medium": told.get("medium"),
        },
    }


def _parameter(name: str, value: Any) -> dict[str, Any]:
    """As the export types it."""
    if isinstance(value, str):
        return {"key": name, "value": {"string_value": value}}
    if isinstance(value, int) and not isinstance(value, bool):
        return {"key": name, "value": {"int_value": value}}
    if isinstance(value, float):
        return {"key": name, "value": {"double_value": value}}
    return {"key": name, "value": {"string_value": None if value is None else _encode(value).decode()}}


def _platform(firebase_app: str) -> str:
    """A Firebase app id names its platform: 1:1234:ios:5678."""
    if not firebase_app:
        return "WEB"
    return "IOS" if ":ios:" in firebase_app else "ANDROID"
