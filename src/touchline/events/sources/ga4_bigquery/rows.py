"""One row of `events_YYYYMMDD` into one event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import blake2b
from typing import Any

import msgspec

from touchline.events.ga4_names import our_name
from touchline.events.rules import Event
from touchline.events.sources.cells import CellError, epoch_time, identifiers, order_number, parse_amount, present
from touchline.events.sources.fields import Json, record
from touchline.events.sources.ga4_bigquery.nested import elements, parameters, row_of, word
from touchline.events.sources.headers import normalised
from touchline.events.sources.protocol import Context, Result
from touchline.events.sources.table_source import without_aliases

COLUMNS: Mapping[str, tuple[str, ...]] = without_aliases(
    *("event_date", "event_timestamp", "event_previous_timestamp", "event_name", "event_value_in_usd", "event_params"),
    *("event_bundle_sequence_id", "event_server_timestamp_offset", "user_id", "user_pseudo_id", "privacy_info"),
    *("user_properties", "user_first_touch_timestamp", "user_ltv", "device", "geo", "app_info", "traffic_source"),
    *("stream_id", "platform", "event_dimensions", "ecommerce", "items", "collected_traffic_source", "is_active_user"),
    *("batch_event_index", "batch_page_id", "batch_ordering_id", "session_traffic_source_last_click", "publisher"),
    "_json",
)

_CHANNELS = {"WEB": "web", "ANDROID": "app", "IOS": "app"}
_DEVICES = frozenset({"desktop", "mobile", "tablet"})
_PAID = {"Order Completed": ("purchase_revenue", 1), "Order Refunded": ("refund_value", -1)}
"""Our name -> (its money in `ecommerce`, its sign)."""
_TOLD_ELSEWHERE = frozenset(
    {"page_location", "page_path", "page_referrer", "ga_session_id", "transaction_id", "campaign", "currency"}
)
_CHANGED_LATER = frozenset({"session_engaged", "engaged_session_event"})


def likeness(header: tuple[str, ...]) -> float:
    """Confidence 0 to 1: nobody else has event parameters beside a name and a timestamp of the event."""
    names = {normalised(name) for name in header}
    return 0.9 if {"event timestamp", "event name", "event params"} <= names else 0.0


def read_row(line: int, cells: Mapping[str, str], context: Context) -> Iterator[Result]:
    """The event of a row. Raises CellError naming the column, what was found and what was expected."""
    row = row_of(cells)
    theirs = word(row.get("event_name"))
    if theirs is None:
        raise CellError("event_name", "", "the name of the event")
    happened = epoch_time({"event_timestamp": str(row.get("event_timestamp") or "")}, "event_timestamp", 1_000_000)
    if happened is None:
        raise CellError("event_timestamp", "", "microseconds since 1970")
    told = parameters(row.get("event_params"))
    name, platform = our_name(theirs), str(row.get("platform") or "").upper()
    ecommerce = record(row.get("ecommerce"))
    order = order_number(word(ecommerce.get("transaction_id")) or word(told.get("transaction_id")))
    pseudo, session = word(row.get("user_pseudo_id")), word(told.get("ga_session_id"))
    value, currency = _money(name, told, ecommerce, row, context)
    yield Event(
        key=_key(row, told),
        name=name,
        time=happened,
        line=line,
        channel="push" if name.startswith("Push Notification") else _CHANNELS.get(platform, "other"),
        identifiers=_identifiers(word(row.get("user_id")), pseudo, order),
        label=word(told.get("firebase_screen")) or word(told.get("firebase_screen_class")),
        page=word(told.get("page_location")) or word(told.get("page_path")),
        device=_device(record(row.get("device"))),
        campaign=_campaign(row, told),
        value=value,
        currency=currency,
        objects=tuple(dict.fromkeys(_objects(order, row))),
        session=f"{pseudo}.{session}" if pseudo and session else None,
        properties={
            **{key: value for key, value in told.items() if key not in _TOLD_ELSEWHERE},
            **present(country=word(record(row.get("geo")).get("country"))),
        },
    )


def _key(row: Json, told: Mapping[str, Any]) -> str:
    """What stays while Google amends a row."""
    places = ("event_bundle_sequence_id", "batch_page_id", "batch_ordering_id", "batch_event_index")
    names = ("user_pseudo_id", "event_timestamp", "event_name", *places)
    parts = [word(row.get(name)) or "" for name in names]
    if not parts[0] or not parts[-1]:
        content = {key: value for key, value in told.items() if key not in _CHANGED_LATER}
        parts.append(blake2b(msgspec.json.encode(content, order="sorted"), digest_size=8).hexdigest())
    return "|".join(parts)


def _identifiers(user: str | None, pseudo: str | None, order: str | None) -> dict[str, str]:
    email = user if user and "@" in user else None
    return identifiers(user_id=user, email=email, order_id=order, anonymous_id=pseudo)


def _money(
    name: str, told: Mapping[str, Any], ecommerce: Json, row: Json, context: Context
) -> tuple[Decimal | None, str | None]:
    """Value and currency of a purchase or refund; (None, None) for any other event and where no sum is told."""
    if name not in _PAID:
        return None, None
    field, sign = _PAID[name]
    currency = word(told.get("currency")) or context.currency
    sums = (
        ("event_params.value", told.get("value"), currency),
        (f"ecommerce.{field}", ecommerce.get(field), currency),
        (f"ecommerce.{field}_in_usd", ecommerce.get(f"{field}_in_usd"), "USD"),
        ("event_value_in_usd", row.get("event_value_in_usd"), "USD"),
    )
    for column, found, stated in sums:
        if (written := word(found)) is not None:
            return sign * abs(_amount(column, written)), stated.upper()
    return None, None


def _amount(column: str, written: str) -> Decimal:
    try:
        plain = format(Decimal(written), "f") if "e" in written.casefold() else written
        return parse_amount(plain)
    except (ArithmeticError, ValueError):
        raise CellError(column, written, "a number") from None


def _device(device: Json) -> str | None:
    category = word(device.get("category"))
    return category if category in _DEVICES else None


def _campaign(row: Json, told: Mapping[str, Any]) -> str | None:
    collected = record(row.get("collected_traffic_source"))
    clicked = record(record(row.get("session_traffic_source_last_click")).get("manual_campaign"))
    named = (collected.get("manual_campaign_name"), told.get("campaign"), clicked.get("campaign_name"))
    stated = next((found for name in named if (found := word(name))), None)
    source, medium = word(collected.get("manual_source")), word(collected.get("manual_medium"))
    return stated or " / ".join(filter(None, (source, medium))) or None


def _objects(order: str | None, row: Json) -> Iterator[tuple[str, str]]:
    if order:
        yield ("order", order)
    for item in elements(row.get("items")):
        product = word(item.get("item_id")) or word(item.get("item_name"))
        if product:
            yield ("product", product)
