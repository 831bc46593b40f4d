"""Putting notes on steps, moving them there, and taking them off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from touchline.engine.workspace import Workspace
from touchline.events.facade import RESEARCH_METHODS
from touchline.privacy.facade import mask_personal_data
from touchline.research.rules import ResearchError, Step, checked_label, checked_text, step_called


def add_note(
    workspace: Workspace, step: Step, text: str, method: str, participant: str, noted_by: str, noted: date | None
) -> int:
    """Put a note on a step and return its number. Raises ResearchError."""
    if method not in RESEARCH_METHODS:
        raise ResearchError(f"There is no method “{method}”. There are: {', '.join(RESEARCH_METHODS)}.")
    values = [
        step.name,
        step.id,
        method,
        checked_text(text),
        checked_label(participant, "The participant's label"),
        checked_label(noted_by, "The name of whoever noted it"),
        noted,
    ]
    with workspace.store.transaction() as writer:
        number = int(writer.value("select nextval('research_seq')::integer"))
        writer.execute(
            "insert into research_notes (note, called, touchpoint, method, text, participant, noted_by, noted)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [number, *values],
        )
    return number


def remove_note(workspace: Workspace, number: int) -> None:
    """Take a note off: its words are erased, and importing its table again does not bring it back. Raises ResearchError."""
    with workspace.store.transaction() as writer:
        if not writer.value("select count(*) from research_notes where note = ? and not removed", [number]):
            raise ResearchError(f"There is no research note {number}; it may have been removed.")
        writer.execute(
            "update research_notes set removed = true, text = '', participant = '', noted_by = '', noted = null"
            " where note = ?",
            [number],
        )


def place_notes(workspace: Workspace, called: str, step: Step, steps: Sequence[Step]) -> int:
    """Put all notes of a name that no touchpoint has on a step; return how many. Raises ResearchError."""
    if step_called(called, steps) is not None:
        raise ResearchError(f"Notes called “{called}” are on the touchpoint of that name already.")
    with workspace.store.transaction() as writer:
        there = [(row[0], row[1]) for row in writer.rows("select note, called from research_notes where not removed")]
        # A name is shown masked, so that is how people give it back.
        meant = [note for note, name in there if called in (name, mask_personal_data(name))]
        if not meant:
            raise ResearchError(f"There is no research note on a step called “{called}”.")
        writer.execute("update research_notes set touchpoint = ? where note in (select unnest(?))", [step.id, meant])
    return len(meant)
