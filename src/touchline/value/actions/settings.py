"""Setting assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from touchline.engine.workspace import Workspace
from touchline.value.questions.settings import settings
from touchline.value.rules.assumptions import LONGEST_NOTE, AssumptionError, Assumptions, as_kept, assumptions_from
from touchline.value.rules.assumptions import with_changes as changed


def change_assumptions(workspace: Workspace, changes: Mapping[str, str | float], note: str) -> Assumptions:
    """Set assumptions and return those in force. What stays as it was is not set anew. Raises AssumptionError."""
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise AssumptionError(f"The note has {len(note)} characters; up to {LONGEST_NOTE} are kept.")
    before = assumptions_from(settings(workspace))
    after = changed(before, changes)
    different = [name for name in changes if getattr(before, name) != getattr(after, name)]
    with workspace.store.transaction() as writer:
        for name in different:
            writer.execute(
                "insert into value_assumptions values (nextval('value_assumption_seq'), ?, ?, ?, ?)",
                [name, as_kept(after, name), note, datetime.now(UTC).replace(tzinfo=None)],
            )
    return after
