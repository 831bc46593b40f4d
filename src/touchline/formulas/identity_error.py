"""How often two identifiers were wrongly taken for one customer: found by judging a random sample of joined pairs.

Each rule of joining is a stratum with as many pairs in the sample as any other, as far as it has them; the error over all
rules weighs each rule by its pairs. The interval of a rule is Wilson's. That over all rules is Wilson's at the effective
number of pairs, 1 / Σ(weight² / judged): Kish 1965, Survey Sampling, section 11.7, as Korn and Graubard 1998, Survey
Methodology 24:193 use it for shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from touchline.formulas.evidence import is_enough
from touchline.formulas.proportion import Proportion, share, wilson

PAIRS_A_MONTH = 200
"""Judged without a mistake among them, they show that less than 2 % of the joins are wrong."""

ALARM_NAMES = 25
"""A customer with more names and browsers than this may be several people."""
ALARM_ORDERS = 100
"""So may one with more orders and cases: a till's mailbox, a wholesaler."""


@dataclass(frozen=True)
class Judged:
    """What people said about the pairs of one rule."""

    pairs: int
    """That the rule joined, in the whole store."""
    same: int
    different: int
    unknown: int
    """'Cannot say' counts for neither."""


@dataclass(frozen=True)
class OverallError:
    """The error over all rules; value and interval are None where fewer than five pairs were judged."""

    judged: int
    effective: float
    """As many pairs of one stratum would say as much."""
    covered: float | None
    """Share of all joined pairs that are of a rule with judged pairs: 0..1; None where no pair was joined."""
    value: float | None
    low: float | None
    high: float | None


def sampled(pairs: Sequence[int], of: int = PAIRS_A_MONTH) -> list[int]:
    """How many pairs of each rule belong to a sample: equally many each; what a small rule lacks goes to the larger ones.

    One left over goes to the larger rule, then to the one named first.
    """
    taken = [0] * len(pairs)
    open_ = sorted(range(len(pairs)), key=lambda rule: (pairs[rule], -rule))
    left = min(of, sum(pairs))
    while open_:
        rule = open_.pop(0)
        taken[rule] = min(pairs[rule], left // (len(open_) + 1))
        left -= taken[rule]
    return taken


def error_of_rule(judged: Judged) -> Proportion:
    """Return the share of wrong pairs among those somebody could judge; None below five."""
    return share(judged.different, judged.same + judged.different)


def overall_error(rules: Sequence[Judged]) -> OverallError:
    """Return the error over all rules, each weighted by its pairs. Rules of which nothing was judged are left out."""
    known = [rule for rule in rules if rule.same + rule.different and rule.pairs]
    judged = sum(rule.same + rule.different for rule in known)
    there, covered = sum(rule.pairs for rule in rules), sum(rule.pairs for rule in known)
    share_covered = covered / there if there else None
    if not known:
        return OverallError(judged, 0.0, share_covered, None, None, None)
    weights = [rule.pairs / covered for rule in known]
    counts = [rule.same + rule.different for rule in known]
    effective = 1 / fsum(weight**2 / count for weight, count in zip(weights, counts, strict=True))
    if not is_enough(judged):
        return OverallError(judged, effective, share_covered, None, None, None)
    value = fsum(weight * rule.different / count for weight, rule, count in zip(weights, known, counts, strict=True))
    low, high = wilson(value * effective, effective)
    return OverallError(judged, effective, share_covered, value, low, high)
