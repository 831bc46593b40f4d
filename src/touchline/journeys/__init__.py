"""Journeys: the definition, and the visits and responses derived from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from touchline.engine.deriving import derive

if TYPE_CHECKING:
    from touchline.engine.workspace import Workspace

COMMANDS = {
    "journey": "The journey definition: stages, touchpoints, and the rules that say which events are contacts.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""


def _bring_visits_up_to_date(workspace: Workspace) -> str:
    from touchline.journeys.facade import refreshed_or_why_not  # loaded when somebody reads visits, not for --help

    return refreshed_or_why_not(workspace)


derive("visits", _bring_visits_up_to_date)
