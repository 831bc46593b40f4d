"""Row 9: amounts, counted in orders so that what an order is worth adds nothing of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.joint_loss import Cycles, JointLoss, joint_loss, joint_model
from touchline.verification.verify.estimates import ONE_ORDER, WHOLE, estimates, facts_of, orders_at_stake
from touchline.verification.verify.line import Line, share_line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial

LEAST_COVERED = 0.75
APART = 1.25
"""Order is judged where planted amounts differ by a quarter or more."""
TOTAL_WITHIN = 0.10


@dataclass(frozen=True)
class Seen:
    """What one world's amounts came out as."""

    covered: int
    drivers: int
    in_order: int
    pairs: int
    total: float
    """Of all drivers together, recovered over planted."""
    parts: float
    """Sum of the parts over the total."""


def look(trial: Trial) -> Seen:
    """Amounts alone, their order, and all of them together."""
    truth, found = trial.large_world().truth, {each.place: each for each in estimates(trial)}
    true = [place for place in range(len(truth.ids)) if truth.effect[place] < 0]
    amounts = {place: amount for place in true if (amount := orders_at_stake(found[place]))}
    top = sorted(true, key=lambda place: -truth.lost_orders[place])[:3]
    pairs = [
        (more, less)
        for more, less in combinations(top, 2)
        if truth.lost_orders[more] >= APART * truth.lost_orders[less] and {more, less} <= amounts.keys()
    ]
    together = _together(trial, true)
    return Seen(
        covered=sum(amount.low <= truth.lost_orders[place] <= amount.high for place, amount in amounts.items()),
        drivers=len(amounts),
        in_order=sum(amounts[more].sure > amounts[less].sure for more, less in pairs),
        pairs=len(pairs),
        total=together.total.median / truth.lost_orders_of_all,
        parts=sum(each.part.median for each in together.pains.values()) / together.total.median,
    )


def _together(trial: Trial, true: list[int]) -> JointLoss:
    world = trial.large_world()
    facts = facts_of(world)
    cycles = Cycles(
        pains=tuple(str(place) for place in true),
        had=world.life.journeys.bad[facts.counts][:, true],
        before=facts.covariates[facts.counts],
        outcome=facts.ordered[facts.counts],
        customer=facts.person[facts.counts],
    )
    found = joint_loss(joint_model(cycles), cycles.pains, ONE_ORDER, WHOLE)
    if isinstance(found, CannotSay):
        raise ValueError(found.sentence)
    return found


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Intervals, order, total."""
    pairs = [each.pairs for each in seen]
    return [
        share_line(
            "80 % intervals hold",
            [each.covered for each in seen],
            [each.drivers for each in seen],
            least=LEAST_COVERED,
        ),
        share_line("top 3 in order", [each.in_order for each in seen], pairs, least=0.95, may_be_none=True),
        value_line("all together", [each.total for each in seen], 1 - TOTAL_WITHIN, 1 + TOTAL_WITHIN, planted="1"),
        value_line("parts / total", [each.parts for each in seen], 0.99, 1.01, planted="1"),
    ]


ROW = Row(9, "money", look, judge)
