"""The JSON API: one application, made of the routers that capabilities offer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from touchline.api.errors import ApiError, error_answer
from touchline.engine.store import StoreError
from touchline.kit.utc_json import utc_text

# The text under each field of an answer becomes its description; answers are the facades' own dataclasses.
Schema.model_config["use_attribute_docstrings"] = True

DESCRIPTION = (
    "Answers on the machine it runs on only. Times are UTC. Errors are "
    '{"error": {"code": ..., "message": ...}}; docs/reference/endpoints.md lists the codes.'
)


class UtcRenderer(BaseRenderer):
    """Writes answers as JSON. The store's times are UTC without a zone: here they say so."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """Return the body."""
        return json.dumps(data, default=utc_text, ensure_ascii=False)


def make_api(routers: Iterable[Router], version: str) -> NinjaAPI:
    """Put the API together; its description is at openapi.json."""
    api = NinjaAPI(
        title="Touchline",
        version=version,
        description=DESCRIPTION,
        docs_url=None,
        urls_namespace="api",
        renderer=UtcRenderer(),
    )
    for router in routers:
        api.add_router("", router)
    api.exception_handler(ApiError)(lambda _, problem: error_answer(problem.code, str(problem)))
    api.exception_handler(ValidationError)(_unreadable)
    api.exception_handler(HttpError)(lambda _, __: error_answer("invalid_request", "The body cannot be read as JSON."))
    api.exception_handler(Http404)(lambda _, __: error_answer("not_found"))
    api.exception_handler(StoreError)(lambda _, problem: error_answer("workspace_unavailable", str(problem)))
    return api


def _unreadable(_request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return error_answer("invalid_request", " ".join(map(_sentence, problem.errors)))


def _sentence(error: Mapping[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    return f"{where}: {error['msg'].rstrip('.')}."
