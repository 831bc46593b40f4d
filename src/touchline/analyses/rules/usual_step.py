"""What counts as being active where nothing is asked for."""

from __future__ import annotations

from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known


def usual_step(known: Known) -> str:
    """Any visit (''), or the most frequent event where no event belongs to a touchpoint yet.

    Raises QuestionError where there are no events of anybody.
    """
    if known.visits:
        return ""
    if known.events:
        name = max(sorted(known.events), key=lambda each: known.events[each])
        return f"event:{name}"
    raise QuestionError("There are no events of customers yet. Import the exports you have; then ask again.")
