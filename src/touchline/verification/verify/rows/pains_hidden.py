"""Row 8 through the whole product: what a hidden cause made up must not be called more than a lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.verification.verify.asked_pains import asked_pains, passed
from touchline.verification.verify.line import Line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.rows.hidden_confounder import HIDDEN_AT, MOST_OTHERS
from touchline.verification.verify.trial import Trial

LEAD = "D"


@dataclass(frozen=True)
class Seen:
    """Of the two: whose negative control failed, and who is graded a lead; and how many others were accused."""

    caught: int
    leads: int
    of: int
    others: int


def look(trial: Trial) -> Seen:
    """Ask for the checks and grades of all pains of a world with a hidden cause."""
    asked = asked_pains(trial, trial.usual(hidden_confounder=True))
    hidden = {place for number in HIDDEN_AT if (place := asked.truth.of(number)) in asked.at}
    accused = {place for place, pain in asked.at.items() if passed(pain, "negative_control") is False}
    return Seen(
        caught=len(accused & hidden),
        leads=sum(asked.at[place].grade == LEAD for place in hidden),
        of=len(hidden),
        others=len(accused - hidden),
    )


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Caught, graded, others left alone."""
    of = [each.of for each in seen]
    return [
        share_line("pains: caught", [each.caught for each in seen], of, least=0.95),
        share_line("pains: graded D", [each.leads for each in seen], of, least=0.95),
        share_line("pains: ≤ 3 others", [each.others <= MOST_OTHERS for each in seen], [1] * len(seen), least=0.95),
    ]


ROW = Row(8, "hidden confounder, by the whole product", look, judge, in_quick=False)
