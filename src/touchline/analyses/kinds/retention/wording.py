"""Words that the answer and its difference share."""

from __future__ import annotations

from touchline.analyses.kinds.retention.answer import RetentionAnswer
from touchline.analyses.rules.calendar import plural


def people(answer: RetentionAnswer) -> str:
    """Customers, accounts or cases."""
    return f"{answer.unit}s"


def whom(answer: RetentionAnswer) -> str:
    """Who belongs to the groups: 'with their first order in these weeks'."""
    which = "their first" if answer.asked.who == "first-time" else "a"
    name = answer.start_name.removeprefix("any ")
    return f"with {which} {name} in these {plural(answer.asked.per)}"


def later_words(answer: RetentionAnswer, later: int) -> str:
    """'1 week later'; 'or after' where that counts."""
    period = answer.asked.per if later == 1 else plural(answer.asked.per)
    return f"{later} {period} {'or more later' if answer.asked.came_back == 'or-later' else 'later'}"


def headings(period: str) -> str:
    """What the first column is called."""
    return "Week of" if period == "week" else period.capitalize()
