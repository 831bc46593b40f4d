"""Row 10: published answers of the models of buying, and a cohort that buys and leaves as planted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.back_test import back_test
from touchline.formulas.lifetime.beta_geometric import BetaGeometric
from touchline.formulas.lifetime.contracts import fit_contracts
from touchline.formulas.lifetime.histories import DAYS_A_WEEK, Histories
from touchline.verification.verify.line import Line, broken_line, fact_line, value_line
from touchline.verification.verify.row import Row
from touchline.verification.verify.trial import Trial

CDNOW = BetaGeometric(0.243, 4.414, 0.793, 2.426, leaves_at_first=False)
ONE_CUSTOMER = Histories(np.array([2.0]), np.array([30.43]), np.array([38.86]))
EXPECTED, EXPECTED_IN_WEEKS = 1.226, 39.0
"""Fader, Hardie and Lee 2005, Marketing Science 24:275, and the spreadsheet that goes with it."""
HIGH_END = (1000.0, 869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0)
REGULAR = (1000.0, 631.0, 468.0, 382.0, 326.0, 289.0, 262.0, 241.0)
CONTRACTS = {"high end": (HIGH_END, 0.668, 3.806), "regular": (REGULAR, 0.704, 1.182)}
"""Customers left after each year, and the published alpha and beta: Fader and Hardie 2007, Journal of Interactive Marketing 21:76."""
WITHIN = 0.001
CUSTOMERS, WEEKS = 3_000, 104
LEAST_RATIO, MOST_RATIO = 0.85, 1.15


@dataclass(frozen=True)
class Seen:
    """Forecast over actual purchases of the last third, or why there is none."""

    ratio: float | None
    why: str


def look(trial: Trial) -> Seen:
    """Let a cohort buy at rates of its own until it leaves; hold out the last third."""
    rng = trial.rng(10)
    customer, day = _cohort(rng)
    found = back_test("mbg", customer, day, int(WEEKS * DAYS_A_WEEK))
    return Seen(None, found.sentence) if isinstance(found, CannotSay) else Seen(found.ratio, "")


def _cohort(rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First purchases in the first quarter of a year; after each, the customer may leave (MBG/NBD)."""
    rate = rng.gamma(0.6, 1 / 6.0, CUSTOMERS)
    leaves = rng.beta(0.9, 1.8, CUSTOMERS)
    at = rng.uniform(0, 13, CUSTOMERS)
    who, when = [np.arange(CUSTOMERS)], [at]
    there = np.arange(CUSTOMERS)
    while len(there):
        there = there[rng.random(len(there)) >= leaves[there]]
        at = at.copy()
        at[there] += rng.exponential(1 / rate[there])
        there = there[at[there] <= WEEKS]
        who.append(there)
        when.append(at[there])
    return np.concatenate(who), np.floor(np.concatenate(when) * DAYS_A_WEEK).astype(np.int64)


def judge(seen: Sequence[Seen]) -> list[Line]:
    """Published figures, then the planted cohort."""
    lines = [
        fact_line("CDNOW, next 39 weeks", EXPECTED, float(CDNOW.expected(ONE_CUSTOMER, EXPECTED_IN_WEEKS)[0]), WITHIN)
    ]
    for name, (left, alpha, beta) in CONTRACTS.items():
        fitted = fit_contracts(left)
        if isinstance(fitted, CannotSay):
            lines.append(broken_line(f"contracts, {name}", fitted.reason))
        else:
            lines.append(fact_line(f"{name}: alpha", alpha, fitted.alpha, WITHIN))
            lines.append(fact_line(f"{name}: beta", beta, fitted.beta, WITHIN))
    lines += [broken_line("forecast over actual", each.why) for each in seen if each.ratio is None]
    ratios = [each.ratio for each in seen if each.ratio is not None]
    if ratios:
        lines.append(value_line("forecast over actual", ratios, LEAST_RATIO, MOST_RATIO, planted="1"))
    return lines


ROW = Row(10, "worth of a customer", look, judge)
