"""What others may do with research: the notes of interviews and workshops, on the steps of the journey.

Nothing here counts. A note is evidence of grade E: it is shown, in words, and enters no figure (ADR-0008).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from touchline.engine.workspace import Workspace
from touchline.journeys.facade import JourneyDefinition, ResearchNote, TouchpointMeasures, load_definition
from touchline.research import actions
from touchline.research.questions import notes_on
from touchline.research.rules import ResearchError, Step, step_called

__all__ = [
    "ResearchError",
    "add_research_note",
    "place_research_notes",
    "remove_research_note",
    "research_notes",
    "research_notes_on",
]


def research_notes(workspace: Workspace, touchpoints: Iterable[TouchpointMeasures]) -> tuple[ResearchNote, ...]:
    """All notes, each on its touchpoint, personal data masked, whatever period or filter the map has.

    In the order of the map, the latest of each touchpoint first; those on no touchpoint last.
    """
    return notes_on(workspace, [Step(each.id, each.name) for each in touchpoints])


def research_notes_on(workspace: Workspace, step: str = "") -> list[tuple[str, ResearchNote]]:
    """The notes of one step, or of all, each after its step's name; '' where it is on none.

    Raises ResearchError for a step that is not there, and JourneyFileError.
    """
    steps = _steps(load_definition(workspace))
    names = {each.id: each.name for each in steps}
    only = _named(step, steps).id if step else None
    notes = notes_on(workspace, steps)
    return [(names.get(note.touchpoint_id, ""), note) for note in notes if only in (None, note.touchpoint_id)]


def add_research_note(
    workspace: Workspace,
    step: str,
    text: str,
    *,
    method: str = "other",
    participant: str = "",
    noted_by: str = "",
    noted: date | None = None,
) -> tuple[int, str]:
    """Put a note on a step, given by its id or name; return the note's number and the step's name.

    `method` is a key of events.facade.RESEARCH_METHODS. Raises ResearchError with a sentence, and JourneyFileError.
    """
    found = _named(step, _steps(load_definition(workspace)))
    return actions.add_note(workspace, found, text, method, participant, noted_by, noted), found.name


def remove_research_note(workspace: Workspace, number: int) -> None:
    """Take a note off; its words are erased. Raises ResearchError."""
    actions.remove_note(workspace, number)


def place_research_notes(workspace: Workspace, called: str, step: str) -> tuple[int, str]:
    """Put all notes whose table names a step that the journey does not have on one that it has.

    Returns how many and the step's name. Raises ResearchError and JourneyFileError.
    """
    steps = _steps(load_definition(workspace))
    found = _named(step, steps)
    return actions.place_notes(workspace, called, found, steps), found.name


def _steps(definition: JourneyDefinition) -> list[Step]:
    return [Step(each.id, each.name) for each in definition.touchpoints]


def _named(step: str, steps: list[Step]) -> Step:
    found = step_called(step, steps)
    if found is None:
        raise ResearchError(f"There is no touchpoint “{step}”. There are: {', '.join(each.id for each in steps)}.")
    return found
