"""What notes there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from touchline.engine.workspace import Workspace
from touchline.formulas.evidence_grade import OPINION
from touchline.journeys.facade import ResearchNote
from touchline.privacy.facade import mask_personal_data
from touchline.research.rules import Step, step_of

NOTES = """
select n.note, n.called, n.touchpoint, n.method, n.text, n.participant, n.noted_by, n.noted, i.file, n.line
from research_notes n left join imports i using (import_id)
where not n.removed
order by n.noted desc nulls last, n.note
"""


def notes_on(workspace: Workspace, steps: Sequence[Step]) -> tuple[ResearchNote, ...]:
    """Every note with the step it is on, in the order of the steps, the latest of each first; those on none last."""
    order = {step.id: position for position, step in enumerate(steps)}
    notes = [_note(row, steps) for row in workspace.store.rows(NOTES)]
    return tuple(sorted(notes, key=lambda note: order.get(note.touchpoint_id, len(order))))


def _note(row: tuple[Any, ...], steps: Sequence[Step]) -> ResearchNote:
    number, called, placed, method, text, participant, noted_by, noted, file, line = row
    step = step_of(called, placed, steps)
    return ResearchNote(
        number=number,
        touchpoint_id=step.id if step else "",
        called=mask_personal_data(called),
        method=method,
        text=mask_personal_data(text),
        participant=mask_personal_data(participant),
        noted_by=mask_personal_data(noted_by),
        noted=noted,
        file=file or "",
        line=line,
        grade=OPINION.letter,
    )
