"""The collection endpoints in OpenAPI's words, made from the doors and the codes: for clients, and for those who test us."""

from __future__ import annotations

from functools import cache
from typing import Any

from touchline.collection.doors.catalogue import all_doors
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


@cache
def description() -> dict[str, Any]:
    """An OpenAPI 3.1 document."""
    paths = {
        path: {"post": _operation(door.name, tells, "Batch" if door.name == "segment" and "Up to" in tells else "Call")}
        for door in all_doors()
        for path, tells in door.paths.items()
        if not path.endswith("/")
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Touchline: collecting events", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": {"Call": _CALL, "Batch": _BATCH, "Problem": _PROBLEM, "Taken": _TAKEN},
            "securitySchemes": {"writeKey": {"type": "http", "scheme": "basic"}},
        },
        "security": [{"writeKey": []}],
    }


def _operation(door: str, tells: str, schema: str) -> dict[str, Any]:
    statuses = sorted({kind.status for kind in REQUEST_PROBLEMS.values()})
    body = {"$ref": f"#/components/schemas/{schema}"} if door == "segment" else {"type": "object"}
    return {
        "summary": tells,
        "tags": [door],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": {"description": "On disk.", "content": _content("Taken")},
            **{str(status): {"description": _codes(status), "content": _content("Problem")} for status in statuses},
        },
    }


def _content(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def _codes(status: int) -> str:
    return ", ".join(code for code, kind in REQUEST_PROBLEMS.items() if kind.status == status) + "."
