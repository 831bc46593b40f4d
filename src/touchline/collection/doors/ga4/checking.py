"""Whether the events of a Measurement Protocol body can be taken, and what Google's own validation would call it.

Source: Google, "Measurement Protocol" reference and "Verify implementation": limits, names, validation codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST_EVENTS: Final = 25
MOST_PARAMETERS: Final = 25
MOST_NAME_CHARACTERS: Final = 40
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_DENIED: Final = "DENIED"


@dataclass(frozen=True)
class Finding:
    """Something wrong with a body or with one of its events."""

    field: str
    """Path as Google's validation gives it."""
    sentence: str
    google_code: str
    """One of Google's validation codes."""
    code: str
    """A key of EVENT_PROBLEMS; '' where it does not keep the event from being stored."""


def finding_of_sender(body: Mapping[str, Any]) -> Finding | None:
    """Whether the body says whose events these are; it need not where consent to analytics was denied."""
    consent = body.get("consent")
    denied = isinstance(consent, dict) and str(consent.get("analytics_storage", "")).upper() == _DENIED
    if denied or any(_is_id(body.get(field)) for field in ("client_id", "app_instance_id", "user_id")):
        return None
    return Finding(
        "client_id",
        "Neither `client_id`, `app_instance_id` nor `user_id` is there.",
        "VALUE_REQUIRED",
        "no_client_id",
    )


def findings_of(event: Any, index: int) -> list[Finding]:
    """What is wrong with one event; those with a code keep it from being stored."""
    if not isinstance(event, dict):
        return [Finding("events", f"The event at index {index} is no object.", "VALUE_INVALID", "not_an_object")]
    name = event.get("name")
    if not isinstance(name, str) or not name.strip():
        sentence = f"The event at index {index} has no `name`."
        return [Finding(f"events[{index}].name", sentence, "VALUE_REQUIRED", "no_event_name")]
    found = []
    if len(name) > 200:
        sentence = f"The name of the event at index {index} has more than 200 characters."
        found.append(Finding(f"events[{index}].name", sentence, "NAME_INVALID", "name_too_long"))
    elif len(name) > MOST_NAME_CHARACTERS or not _NAME.fullmatch(name):
        sentence = (
            f"The event at index {index} is named {name!r}; Google takes up to {MOST_NAME_CHARACTERS} letters, digits and "
            "underscores that begin with a letter. It is stored here."
        )
        found.append(Finding(f"events[{index}].name", sentence, "NAME_INVALID", ""))
    params = event.get("params")
    if params is not None and not isinstance(params, dict):
        sentence = f"`params` of the event at index {index} is no object."
        found.append(Finding(f"events[{index}].params", sentence, "VALUE_INVALID", "wrong_type"))
    elif params and len(params) > MOST_PARAMETERS:
        sentence = f"The event at index {index} has {len(params)} parameters; Google takes {MOST_PARAMETERS}. It is stored here."
        found.append(Finding(f"events[{index}].params", sentence, "EXCEEDED_MAX_ENTITIES", ""))
    return found


def _is_id(found: Any) -> bool:
    return isinstance(found, str | int) and not isinstance(found, bool) and bool(str(found).strip())
