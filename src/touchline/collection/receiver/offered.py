"""What clients read from us: the settings Segment's browser client asks for, the browser SDK, and the description."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from touchline.collection.receiver.answers import Headers, cross_origin
from touchline.collection.receiver.description import description
from touchline.collection.receiver.keyring import KeyRing
from touchline.collection.receiver.offering import OfferBoard
from touchline.collection.rules.problems import RefusedError
from touchline.engine.workspace import Workspace
from touchline.ui.built import BUILT

SDK_PATH = "/v1/touchline.js"
DESCRIPTION_PATH = "/v1/openapi.json"
_SETTINGS_PREFIX, _SETTINGS_SUFFIX = "/v1/projects/", "/settings"
SDK_SECONDS = 300
"""Browsers ask again after so long whether the SDK has changed."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A whole answer."""

    body: bytes
    headers: Headers
    status: int = 200


def offered_at(
    workspace: Workspace, keys: KeyRing, board: OfferBoard, path: str, scheme: str, headers: Mapping[str, str]
) -> Offered | None:
    """What there is to read at a path; None: nothing. Raises RefusedError for the settings of an unknown key."""
    if path == SDK_PATH:
        return _sdk(headers)
    if path == DESCRIPTION_PATH:
        return Offered(msgspec.json.encode(description()), [(b"content-type", b"application/json")])
    if path.startswith(_SETTINGS_PREFIX) and path.endswith(_SETTINGS_SUFFIX):
        token = path.removeprefix(_SETTINGS_PREFIX).removesuffix(_SETTINGS_SUFFIX)
        return _settings(workspace, keys, board, token, scheme, headers)
    return None


def _settings(
    workspace: Workspace, keys: KeyRing, board: OfferBoard, token: str, scheme: str, headers: Mapping[str, str]
) -> Offered:
    if keys.key_of(token) is None:
        raise RefusedError("unknown_write_key", "This write key is none of this workspace, has run out or was revoked.")
    settings = workspace.settings
    told = {
        "integrations": {
            "Segment.io": {
                "apiKey": token,
                "apiHost": f"{headers.get('host', '')}/v1",
                "protocol": scheme,
                "unbundledIntegrations": [],
                "addBundledMetadata": True,
                "versionSettings": {"version": "4.4.7", "componentTypes": ["browser"]},
            }
        },
        "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}},
        "edgeFunction": {},
        "analyticsNextEnabled": True,
        "metrics": {"sampleRate": 0},
        "touchline": {
            "consent": settings.consent,
            "respectDoNotTrack": settings.respect_do_not_track,
            "variants": board.told(),
        },
    }
    content = [(b"content-type", b"application/json"), (b"cache-control", f"max-age={SDK_SECONDS}".encode())]
    return Offered(msgspec.json.encode(told), [*content, *cross_origin(headers.get("origin"))])


def _sdk(headers: Mapping[str, str]) -> Offered:
    found = _built_sdk()
    if found is None:
        raise RefusedError(
            "unknown_address", "The browser SDK was not built: this Touchline was installed without pages."
        )
    body, tag = found
    content: Headers = [
        (b"content-type", b"text/javascript; charset=utf-8"),
        (b"cache-control", f"public, max-age={SDK_SECONDS}".encode()),
        (b"etag", tag.encode()),
        (b"access-control-allow-origin", b"*"),
        (b"cross-origin-resource-policy", b"cross-origin"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if headers.get("if-none-match") == tag:
        return Offered(b"", content, 304)
    return Offered(body, content)


@cache
def _built_sdk() -> tuple[bytes, str] | None:
    place = BUILT / "touchline.js"
    if not place.is_file():
        return None
    body = place.read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'
