"""Row 9 through the whole product: amounts a month, with what the product says an order is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from touchline.verification.verify.asked_pains import asked_pains
from touchline.verification.verify.line import Line, share_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.rows.amounts import APART, LEAST_COVERED
from touchline.verification.verify.trial import Trial


@dataclass(frozen=True)
class Seen:
    """Drivers with an amount: how many intervals hold the planted one, and pairs of the costliest in the right order."""

    covered: int
    of: int
    in_order: int
    pairs: int


def look(trial: Trial) -> Seen:
    """Planted is what a month's sufferers lost, each order at the product's own worth of it."""
    asked = asked_pains(trial)
    truth = asked.truth
    money = {
        place: pain.money for place, pain in asked.at.items() if pain.money is not None and truth.effect[place] < 0
    }
    planted = {
        place: -truth.att[place] * asked.at[place].bad_visits_a_month * each.value_of_one
        for place, each in money.items()
    }
    top = sorted(planted, key=lambda place: -planted[place])[:3]
    pairs = [(more, less) for more, less in combinations(top, 2) if planted[more] >= APART * planted[less]]
    return Seen(
        covered=sum(each.amount.low <= planted[place] <= each.amount.high for place, each in money.items()),
        of=len(money),
        in_order=sum(money[more].amount.sure > money[less].amount.sure for more, less in pairs),
        pairs=len(pairs),
    )


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Intervals and order."""
    return [
        share_line(
            "pains: 80 % intervals", [each.covered for each in seen], [each.of for each in seen], least=LEAST_COVERED
        ),
        share_line(
            "pains: top 3 in order",
            [each.in_order for each in seen],
            [each.pairs for each in seen],
            least=0.95,
            may_be_none=True,
        ),
    ]


ROW = Row(9, "money, by the whole product", look, judge, in_quick=False)
