"""Sentences that page and terminal share."""

from __future__ import annotations

from touchline.collection.tasks import JournalState
from touchline.engine.workspace import Settings
from touchline.ui.numbers import file_size, whole


def journal_told(state: JournalState | None) -> str:
    """How what was received and is not stored yet stands; None: nobody collects."""
    if state is None:
        return "Nothing is collected at the moment: events arrive while `touchline serve` runs."
    if state.problem:
        return f"What is received waits: {state.problem}"
    if state.is_full:
        return f"The journal is full ({file_size(state.size_bytes)}): senders are told to come back later."
    if state.waiting:
        return (
            f"Collecting; {whole(state.waiting)} waiting in the journal to be stored ({file_size(state.size_bytes)})."
        )
    return "Collecting; everything that was received is stored."


def consent_told(settings: Settings) -> str:
    """What the workspace's settings mean for a visitor."""
    if settings.consent == "required":
        asked = (
            "Consent is required: before a visitor agrees, the browser SDK keeps nothing on the device and sends no"
            " identifier; what happens is counted without knowing anybody again."
        )
    else:
        asked = (
            "Consent is not required: the browser SDK knows a visitor again from the first page on, until they refuse."
        )
    tracked = (
        "A browser's Do Not Track counts as a refusal."
        if settings.respect_do_not_track
        else ("Global Privacy Control counts as a refusal; Do Not Track does not.")
    )
    return f"{asked} {tracked}"
