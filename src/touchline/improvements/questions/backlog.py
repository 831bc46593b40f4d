"""The backlog: every improvement with what it promises."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.improvements.questions.cases import promised_now
from touchline.improvements.questions.kept import improvements
from touchline.improvements.rules.improvement import Improvement
from touchline.pains.facade import Pain


@dataclass(frozen=True)
class Line:
    """One line of the backlog."""

    improvement: Improvement
    pain: Pain | None
    promised: Amount | CannotSay
    currency: str


def backlog_of(workspace: Workspace) -> tuple[Line, ...]:
    """Open ones first, by the amount we are 90 % sure of; without an amount last; then what is done, the latest first."""
    lines = [Line(each, *promised_now(workspace, each)) for each in improvements(workspace)]
    return tuple(sorted(lines, key=_rank))


def _rank(line: Line) -> tuple[bool, float, int]:
    sure = line.promised.sure if isinstance(line.promised, Amount) else float("-inf")
    return not line.improvement.is_open, -sure, -line.improvement.number
