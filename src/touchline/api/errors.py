"""How the JSON API says that something is wrong: `{"error": {"code": ..., "message": ...}}`, with these codes only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import JsonResponse


@dataclass(frozen=True)
class ErrorCode:
    """One kind of refusal."""

    status: int
    """HTTP status it travels with."""
    tells: str
    """One sentence for the reference page; what is said where nothing more is known."""


ERROR_CODES: Final = {
    "invalid_request": ErrorCode(
        400, "A parameter, a field of the body or the address cannot be read as what it must be."
    ),
    "forbidden": ErrorCode(403, "The caller is not on the machine that Touchline runs on."),
    "cross_site": ErrorCode(403, "A page of another site may not change anything here."),
    "not_found": ErrorCode(404, "There is no such address, or nothing of that number."),
    "method_not_allowed": ErrorCode(405, "This address does not answer that method."),
    "too_large": ErrorCode(413, "The body is larger than what is read."),
    "unsupported_media_type": ErrorCode(415, "A change is sent as application/json."),
    "fault": ErrorCode(
        500, "This should not have happened, and the fault is Touchline's. What was stored before stays."
    ),
    "workspace_unavailable": ErrorCode(503, "The workspace cannot be opened, or its store cannot be used just now."),
}

_BY_STATUS: Final = {each.status: code for code, each in reversed(ERROR_CODES.items())}


class ApiError(Exception):
    """What an endpoint raises to refuse; `code` is one of ERROR_CODES, the message a sentence for whoever called."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(message or ERROR_CODES[code].tells)
        self.code = code


def error_answer(code: str, message: str = "") -> JsonResponse:
    """Return the answer that carries an error; without a message, the usual sentence of its code."""
    known = ERROR_CODES[code]
    return JsonResponse({"error": {"code": code, "message": message or known.tells}}, status=known.status)


def code_of(status: int) -> str:
    """Return the code of an HTTP status that no endpoint chose."""
    return _BY_STATUS.get(status) or ("invalid_request" if status < 500 else "fault")
