"""The roadmap of the backlog."""

from __future__ import annotations

from datetime import date

from touchline.engine.workspace import Workspace
from touchline.improvements.facade import STATUSES, improvements
from touchline.strategy.questions.kept import quarters, resources
from touchline.strategy.rules.quarter import quarter_of
from touchline.strategy.rules.resource import days_of_teams
from touchline.strategy.rules.roadmap import Roadmap, Task
from touchline.strategy.rules.roadmap import roadmap as laid_out

REJECTED = "rejected"


def roadmap(workspace: Workspace, today: date) -> Roadmap:
    """Improvements in their quarters; open ones that have none. Raises JourneyFileError."""
    placed = quarters(workspace)
    tasks = [
        (
            Task(each.number, each.title, STATUSES[each.status], each.owner, each.effort_days),
            placed.get(each.number),
        )
        for each in improvements(workspace)
        if each.status != REJECTED and (each.is_open or each.number in placed)
    ]
    return laid_out(tasks, quarter_of(today), days_of_teams(resources(workspace)))
