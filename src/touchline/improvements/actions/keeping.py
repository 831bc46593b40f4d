"""Making, changing and rejecting improvements."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from touchline.engine.store import Writer
from touchline.engine.workspace import Workspace
from touchline.improvements.questions.kept import improvement, launch_of
from touchline.improvements.rules.improvement import Improvement, ImprovementError, checked

INSERT = "insert into improvements values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
FIXED_AT_LAUNCH = ("target", "touchpoint_id", "pain_id", "removes")
"""What the plan and the promise rest on: once launched, it stays."""


def add(workspace: Workspace, proposed: Improvement) -> Improvement:
    """Put an improvement on the backlog and give it a number. Raises ImprovementError."""
    kept = checked(replace(proposed, made=datetime.now(UTC).date()))
    with workspace.store.transaction() as writer:
        number = int(writer.value("select nextval('improvement_seq')::integer"))
        _write(writer, replace(kept, number=number))
    return replace(kept, number=number)


def change(workspace: Workspace, changed: Improvement) -> Improvement:
    """Keep an improvement as it is given. Raises ImprovementError, also for what was fixed at launch."""
    before = improvement(workspace, changed.number)
    kept = checked(replace(changed, made=before.made))
    if launch_of(workspace, changed.number) is not None:
        for name in FIXED_AT_LAUNCH:
            if getattr(kept, name) != getattr(before, name):
                raise ImprovementError(
                    "It was launched: target metric, pain and promise were fixed on that day and stay as they are."
                )
    with workspace.store.transaction() as writer:
        writer.execute("delete from improvements where improvement = ?", [changed.number])
        _write(writer, kept)
    return kept


def set_status(workspace: Workspace, number: int, status: str) -> Improvement:
    """Say where an improvement stands. Raises ImprovementError."""
    found = improvement(workspace, number)
    was_launched = launch_of(workspace, number) is not None
    if status == "launched" and not was_launched:
        raise ImprovementError("An improvement is launched by saying when and for whom, so that it can be measured.")
    if was_launched and status in ("proposed", "approved", "rejected"):
        raise ImprovementError("It was launched already; it can be kept or taken back.")
    if not was_launched and status in ("kept", "taken back"):
        raise ImprovementError("It was not launched yet, so it can be neither kept nor taken back.")
    return change(workspace, replace(found, status=status))


def assign(workspace: Workspace, number: int, owner: str, next_review: date | None) -> Improvement:
    """Say who looks after it and when it is looked at next. Raises ImprovementError."""
    return change(workspace, replace(improvement(workspace, number), owner=owner, next_review=next_review))


def _write(writer: Writer, kept: Improvement) -> None:
    values = [
        kept.number,
        kept.title,
        kept.pain_id,
        kept.touchpoint_id,
        kept.owner,
        kept.status,
        kept.next_review,
        kept.target.kind if kept.target else "",
        *kept.removes,
        kept.cost,
        kept.running_cost_a_month,
        kept.effort_days,
        kept.summary,
        json.dumps(kept.options, ensure_ascii=False),
        json.dumps(kept.risks, ensure_ascii=False),
        kept.law,
        datetime.combine(kept.made or datetime.now(UTC).date(), datetime.min.time()),
    ]
    writer.execute(INSERT, values)
