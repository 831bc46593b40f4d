"""What the context of a call tells: channel, device, page, campaign, session and language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from touchline.events.vocabulary import CHANNELS

Json = dict[str, Any]
DISTINCT_KEPT = 4096
"""Names, libraries and user agents repeat: each is looked at once while it is among the latest that many."""

_BY_NAME = (
    ("email", re.compile(r"^email |^unsubscribed$")),
    ("chat", re.compile(r"^live chat ")),
    ("push", re.compile(r"^push notification ")),
    ("app", re.compile(r"^application ")),
)
_APP_LIBRARY = re.compile(r"ios|swift|android|kotlin|react-native|flutter|xamarin|unity|cordova", re.IGNORECASE)
_WEB_LIBRARY = re.compile(r"analytics\.js|analytics-next|javascript|jitsu.*js", re.IGNORECASE)
_BY_SENDER = {"web": "web", "browser": "web", "mobile": "app"}
"""RudderStack's and Segment's own word for what sent the call."""
_WRITTEN_BY_SDKS = {
    "active", "campaign", "channel", "device", "direct", "groupId", "instanceId", "ip", "library", "locale",
    "network", "os", "page", "platform", "referrer", "screen", "sessionId", "session_id", "sessionStart",
    "timezone", "traits", "userAgent", "userAgentData",
}  # fmt: skip
"""What clients put into the context unasked. It becomes channel, device, page and so on, or helps to tell people apart and is
left out."""
_HAND_HELD = {"ios", "android", "mobile", "phone", "smartphone"}
_TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|android(?!.*\bmobi)", re.IGNORECASE)
_PHONE = re.compile(r"mobi|iphone|ipod|android|phone", re.IGNORECASE)


def channel_of(name: str, call: Json, around: Json, properties: Json) -> str:
    """What the call states, then what its name says, then what sent it: library, device, page."""
    stated = properties.get("channel")
    if isinstance(stated, str) and stated.casefold() in CHANNELS:
        return stated.casefold()
    return _channel_named(name) or _by_sender(call, around)


@lru_cache(DISTINCT_KEPT)
def _channel_named(name: str) -> str | None:
    return next((channel for channel, pattern in _BY_NAME if pattern.search(name.casefold())), None)


@lru_cache(DISTINCT_KEPT)
def _channel_of_library(library: str) -> str | None:
    if _APP_LIBRARY.search(library):
        return "app"
    return "web" if _WEB_LIBRARY.search(library) else None


def _by_sender(call: Json, around: Json) -> str:
    library = _channel_of_library(_inner(around, "library", "name") or "")
    device = (_inner(around, "device", "type") or "").casefold()
    if call.get("type") == "screen" or library == "app" or device in ("ios", "android"):
        return "app"
    if call.get("type") == "page" or library == "web" or _inner(around, "page", "path"):
        return "web"
    return _BY_SENDER.get(str(call.get("channel") or around.get("channel") or "").casefold(), "other")


def device_of(around: Json) -> str | None:
    """desktop, mobile or tablet; None where neither device nor user agent is told."""
    stated = (_inner(around, "device", "type") or "").casefold()
    return _device(stated, _inner(around, "device", "model") or "", _text(around, "userAgent") or "")


@lru_cache(DISTINCT_KEPT)
def _device(stated: str, model: str, user_agent: str) -> str | None:
    if stated in ("desktop", "tablet"):
        return stated
    kind = f"{model} {user_agent}".strip()
    if re.search(r"ipad|tablet", kind, re.IGNORECASE):
        return "tablet"
    if stated in _HAND_HELD:
        return "mobile"
    if not kind:
        return None
    if _TABLET.search(kind):
        return "tablet"
    return "mobile" if _PHONE.search(kind) else "desktop"


def page_of(around: Json, properties: Json) -> str | None:
    """Path or address of the page; the intake takes host and query off."""
    return (
        _text(properties, "path")
        or _inner(around, "page", "path")
        or _text(properties, "url")
        or _inner(around, "page", "url")
    )


def campaign_of(around: Json, properties: Json) -> str | None:
    """The campaign's name; without one, where it came from: 'google / cpc'."""
    stated = _inner(around, "campaign", "name") or _text(properties, "campaign_name")
    if stated or "campaign" not in around:
        return stated
    source, medium = _inner(around, "campaign", "source"), _inner(around, "campaign", "medium")
    return " / ".join(part for part in (source, medium) if part) or None


def session_of(around: Json, properties: Json) -> str | None:
    """The session the SDK counted, if it did."""
    for found in (around.get("sessionId"), around.get("session_id"), properties.get("session_id")):
        if found not in (None, "", 0):
            return str(found)
    return None


def language_of(around: Json) -> str | None:
    """'en' of the locale 'en-GB'."""
    locale = _text(around, "locale")
    return re.split(r"[-_]", locale)[0].casefold() if locale else None


def besides(call: Json, around: Json) -> Json:
    """What the sender's own code put around a call, whole: of `context` what no SDK writes, and `integrations`."""
    context = {name: around[name] for name in around if name not in _WRITTEN_BY_SDKS}
    integrations = call.get("integrations")
    told: dict[str, Any] = {"context": context} if context else {}
    # {"All": true} is what clients write unasked.
    if isinstance(integrations, dict) and any(found is not True for found in integrations.values()):
        told["integrations"] = integrations
    return told


def _inner(around: Json, outer: str, inner: str) -> str | None:
    found = around.get(outer)
    return _text(found, inner) if isinstance(found, dict) else None


def _text(found: Json, field: str) -> str | None:
    value = found.get(field)
    return value.strip() or None if isinstance(value, str) else None
