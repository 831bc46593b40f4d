"""Row 7 through the whole product: what only looks costly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.verification.verify.asked_pains import asked_pains
from touchline.verification.verify.line import Line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.rows.red_herrings import HERRINGS, LEAST, SMALL
from touchline.verification.verify.trial import Trial
from touchline.world.planted.plan import EFFECTS, LOUD_AND_HARMLESS


@dataclass(frozen=True)
class Seen:
    """Herrings that became pains, how many are called nothing, and where the loud one stands."""

    harmless: int
    of: int
    is_below: bool


def look(trial: Trial) -> Seen:
    """Small, or not told from nothing; and the loud one ranked below all drivers."""
    asked = asked_pains(trial)
    effects = [pain.effect for number in HERRINGS if (pain := asked.of(number)) and pain.effect]
    ranks = {pain.id: rank for rank, pain in enumerate(asked.pains.pains)}
    loud = asked.of(LOUD_AND_HARMLESS)
    drivers = [pain for number in EFFECTS if (pain := asked.of(number))]
    return Seen(
        harmless=sum(abs(each.value) < SMALL or each.low <= 0 <= each.high for each in effects),
        of=len(effects),
        is_below=loud is None or all(ranks[loud.id] > ranks[pain.id] for pain in drivers if pain.effect is not None),
    )


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Harmless ones, and the loud one's place."""
    return [
        share_line(
            "pains: called nothing",
            [each.harmless for each in seen],
            [each.of for each in seen],
            least=LEAST,
            may_be_none=True,
        ),
        share_line("pains: loud below", [each.is_below for each in seen], [1] * len(seen), least=LEAST),
    ]


ROW = Row(7, "red herrings, by the whole product", look, judge, in_quick=False)
