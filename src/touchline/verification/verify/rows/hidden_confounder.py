"""Row 8: where something hidden makes customers suffer and buy less, the negative control has to say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.formulas.effects.negative_control import VETO_BEYOND
from touchline.verification.verify.estimates import estimates
from touchline.verification.verify.line import Line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial
from touchline.world.planted.plan import LATE_DELIVERY

HIDDEN_AT = (LATE_DELIVERY, 31)
MOST_OTHERS = 3


@dataclass(frozen=True)
class Seen:
    """How many of the two were caught, and how many others were accused."""

    caught: int
    others: int


def look(trial: Trial) -> Seen:
    """Ask what bad visits do to orders from before the story."""
    switches = trial.usual(hidden_confounder=True)
    truth = trial.large_world(switches).truth
    places = {truth.of(number) for number in HIDDEN_AT}
    beyond = {each.place for each in estimates(trial, switches) if each.control_z and abs(each.control_z) > VETO_BEYOND}
    return Seen(len(beyond & places), len(beyond - places))


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Caught, and others left alone."""
    worlds = [1] * len(seen)
    return [
        share_line("caught", [each.caught for each in seen], [2] * len(seen), least=0.95),
        share_line("at most 3 others", [each.others <= MOST_OTHERS for each in seen], worlds, least=0.95),
    ]


ROW = Row(8, "hidden confounder", look, judge)
