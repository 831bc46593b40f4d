"""Row 7: what is loud, goes with disloyal customers, or is met by survivors only, and costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.verification.verify.estimates import estimates, orders_at_stake
from touchline.verification.verify.line import Line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial
from touchline.world.planted.plan import EFFECTS, LOUD_AND_HARMLESS, SURVIVORS

HERRINGS = (LOUD_AND_HARMLESS, 8, 16, 31, *SURVIVORS)
SMALL = 0.03
LEAST = 0.95


@dataclass(frozen=True)
class Seen:
    """How many herrings were called nothing, and whether the loud one stands below all drivers."""

    harmless: int
    of: int
    naive: int
    """How many the plain difference would have called costly."""
    is_below: bool


def look(trial: Trial) -> Seen:
    """Small, or not told from nothing."""
    truth, found = trial.large_world().truth, {each.place: each for each in estimates(trial)}
    effects = [effect for number in HERRINGS if (effect := found[truth.of(number)].effect)]
    sure = {
        number: amount.sure
        for number in (LOUD_AND_HARMLESS, *EFFECTS)
        if (amount := orders_at_stake(found[truth.of(number)]))
    }
    return Seen(
        harmless=sum(abs(each.effect) < SMALL or each.low <= 0 <= each.high for each in effects),
        of=len(effects),
        naive=sum(each.unadjusted < -SMALL for each in effects),
        is_below=all(sure[LOUD_AND_HARMLESS] < sure[number] for number in EFFECTS if number in sure),
    )


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Harmless ones, and the loud one's place."""
    worlds = [1] * len(seen)
    return [
        share_line("called nothing", [each.harmless for each in seen], [each.of for each in seen], least=LEAST),
        share_line("loud one below all", [each.is_below for each in seen], worlds, least=LEAST),
    ]


ROW = Row(7, "red herrings", look, judge)
