"""The collection endpoints in OpenAPI's words, made from the doors and the codes: for clients, and for those who test us."""

from __future__ import annotations

from functools import cache
from typing import Any

from touchline.collection.doors.catalogue import all_doors
from touchline.collection.doors.ga4.checking import MOST_EVENTS
from touchline.collection.receiver.offering import ASSIGN_PATH
from touchline.collection.rules.limits import (
    MOST_BATCH_EVENTS,
    MOST_ID_CHARACTERS,
    MOST_MESSAGE_ID_CHARACTERS,
    MOST_NAME_CHARACTERS,
)
from touchline.collection.rules.problems import REQUEST_PROBLEMS

_ID = {"type": ["string", "number", "null"], "maxLength": MOST_ID_CHARACTERS}
_TIME = {"type": ["string", "null"], "format": "date-time"}
_OBJECT = {"type": ["object", "null"]}
_CALL = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["track", "page", "screen", "identify", "group", "alias"]},
        "messageId": {"type": ["string", "null"], "maxLength": MOST_MESSAGE_ID_CHARACTERS},
        "userId": _ID,
        "anonymousId": _ID,
        "previousId": _ID,
        "groupId": _ID,
        "event": {"type": ["string", "null"], "maxLength": MOST_NAME_CHARACTERS},
        "name": {"type": ["string", "null"], "maxLength": MOST_NAME_CHARACTERS},
        "timestamp": _TIME,
        "originalTimestamp": _TIME,
        "sentAt": _TIME,
        "context": _OBJECT,
        "properties": _OBJECT,
        "traits": _OBJECT,
    },
}
_BATCH = {
    "type": "object",
    "required": ["batch"],
    "properties": {
        "writeKey": {"type": ["string", "null"]},
        "sentAt": _TIME,
        "batch": {"type": "array", "maxItems": MOST_BATCH_EVENTS, "items": {"$ref": "#/components/schemas/Call"}},
    },
}
_CODE_AND_MESSAGE = {"code": {"enum": sorted(REQUEST_PROBLEMS)}, "message": {"type": "string"}}
_PROBLEM = {
    "type": "object",
    "required": ["success", "code", "message", "error"],
    "properties": {
        "success": {"const": False},
        **_CODE_AND_MESSAGE,
        "error": {"type": "object", "required": ["code", "message"], "properties": _CODE_AND_MESSAGE},
    },
}
_TAKEN = {
    "type": "object",
    "required": ["success"],
    "properties": {"success": {"const": True}, "rejected": {"type": "array", "items": {"type": "object"}}},
}


_HITS = {
    "type": "object",
    "required": ["events"],
    "properties": {
        "client_id": {"type": ["string", "null"]},
        "app_instance_id": {"type": ["string", "null"]},
        "user_id": {"type": ["string", "null"]},
        "timestamp_micros": {"type": ["integer", "string", "null"]},
        "consent": _OBJECT,
        "events": {
            "type": "array",
            "maxItems": MOST_EVENTS,
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"type": "string", "maxLength": MOST_NAME_CHARACTERS}, "params": _OBJECT},
            },
        },
    },
}
_ASKED = {
    "type": "object",
    "required": ["experiment"],
    "properties": {
        "experiment": {"type": "string"},
        "userId": {"type": ["string", "integer", "null"], "maxLength": MOST_ID_CHARACTERS},
        "anonymousId": {"type": ["string", "integer", "null"], "maxLength": MOST_ID_CHARACTERS},
        "consent": {"type": "boolean"},
        "writeKey": {"type": ["string", "null"]},
    },
}
_VARIANT = {
    "type": "object",
    "required": ["experiment", "variant", "reason"],
    "properties": {
        "experiment": {"type": "string"},
        "variant": {"type": ["string", "null"]},
        "reason": {"enum": ["", "not_running", "no_consent", "not_included"]},
    },
}
_SCHEMAS = {"segment": "Call", "ga4": "Hits"}
_SECURITY = {"segment": "writeKey", "ga4": "apiSecret"}


@cache
def description() -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    paths = {
        path: {
            "post": _operation(
                door.name, tells, "Batch" if door.name == "segment" and "Up to" in tells else _SCHEMAS[door.name]
            )
        }
        for door in all_doors()
        if door.name in _SCHEMAS  # webhooks are described by who sends them
        for path, tells in door.paths.items()
    }
    told = _operation("segment", "The variant of an experiment that a customer gets.", "Asked", "Variant")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Touchline: collecting events", "version": "1"},
        "paths": {**paths, ASSIGN_PATH: {"post": told}},
        "components": {
            "schemas": {
                "Call": _CALL,
                "Batch": _BATCH,
                "Hits": _HITS,
                "Asked": _ASKED,
                "Variant": _VARIANT,
                "Problem": _PROBLEM,
                "Taken": _TAKEN,
            },
            "securitySchemes": {
                "writeKey": {"type": "http", "scheme": "basic"},
                "apiSecret": {"type": "apiKey", "in": "query", "name": "api_secret"},
            },
        },
    }


def _operation(door: str, tells: str, schema: str, answer: str = "Taken") -> dict[str, Any]:
    statuses = sorted({kind.status for kind in REQUEST_PROBLEMS.values()})
    body = {"$ref": f"#/components/schemas/{schema}"}
    return {
        "summary": tells,
        "tags": [door],
        "security": [{_SECURITY[door]: []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "On disk.", "content": _content(answer)},
            **({"204": {"description": "On disk."}} if door == "ga4" else {}),
            **{str(status): {"description": _codes(status), "content": _content("Problem")} for status in statuses},
        },
    }


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _codes(status: int) -> str:
    return ", ".join(code for code, kind in REQUEST_PROBLEMS.items() if kind.status == status) + "."
