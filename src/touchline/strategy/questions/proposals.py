"""Improvements of the backlog in the order in which they should be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.value_for_effort import Priority, Proposal, priorities
from touchline.improvements.facade import Improvement, backlog

NOT_BEGUN: Final = ("proposed", "approved")
OPINION: Final = "E"


@dataclass(frozen=True)
class ProposalLine:
    """An improvement with its place."""

    improvement: Improvement
    value_a_month: Amount | CannotSay
    currency: str
    grade: str
    """Letter of the evidence behind it."""
    priority: Priority | CannotSay


def proposals(workspace: Workspace) -> tuple[ProposalLine, ...]:
    """Improvements not launched yet: those with a place first, then those without. Raises JourneyFileError."""
    lines = [line for line in backlog(workspace) if line.improvement.status in NOT_BEGUN]
    asked = [
        Proposal(line.promised, line.pain.grade if line.pain else OPINION, line.improvement.effort_days)
        for line in lines
    ]
    found = [
        ProposalLine(line.improvement, line.promised, line.currency, proposal.grade, priority)
        for line, proposal, priority in zip(lines, asked, priorities(asked), strict=True)
    ]
    return tuple(sorted(found, key=_place))


def _place(line: ProposalLine) -> tuple[bool, int]:
    if isinstance(line.priority, CannotSay):
        return True, line.improvement.number
    return False, line.priority.place
