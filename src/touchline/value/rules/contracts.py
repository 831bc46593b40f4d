"""What contracts tell: how many run, how many were lost last month, how long they last, what one will still pay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.contracts import FEWEST_CONTRACTS, ShiftedBetaGeometric, fit_contracts
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.proportion import share
from touchline.formulas.survival.kaplan_meier import survival
from touchline.value.rules.assumptions import Assumptions
from touchline.value.rules.figures import Range, ShareOf, share_of

MONTH_DAYS = 365.25 / 12
LONGEST_COHORT_MONTHS = 24
RESAMPLED = 200


@dataclass(frozen=True)
class Contracts:
    """One entry per contract; arrays of one length. Days are counted from 1970."""

    started: NDArray[np.int64]
    ended: Floats
    """NaN while it runs."""
    monthly: Floats
    """What it pays a month; NaN where that is not known."""
    currency: NDArray[np.str_]
    until: int

    def __len__(self) -> int:
        return len(self.started)

    @property
    def months(self) -> Floats:
        """How long each has run, up to its end or to the end of the data."""
        return (np.where(np.isnan(self.ended), self.until, self.ended) - self.started) / MONTH_DAYS


@dataclass(frozen=True)
class ContractFigures:
    """What is said about contracts."""

    contracts: int
    running: int
    lost: ShareOf | None
    """Of those that ran a month before the data end, how many ended within it."""
    median_months: float | None
    """After which half have ended; None where fewer have."""
    first_month: float | None
    """Share that goes on after its first month, by the shifted beta-geometric."""
    twelfth_month: float | None
    """The same after the twelfth, of those that are there then."""
    each: Range | None
    """Margin that a new contract will bring within the horizon, of today; 80 % interval."""
    currency: str
    why: str
    """Why a figure is missing; '' where none is."""


def contract_figures(found: Contracts, held: Assumptions) -> ContractFigures | None:
    """Return what contracts tell; None where there are none."""
    if not len(found):
        return None
    running = np.isnan(found.ended)
    start = found.until - MONTH_DAYS
    there = (found.started <= start) & (running | (found.ended > start))
    curve = survival(found.months, ~running)
    plain = ContractFigures(
        contracts=len(found),
        running=int(running.sum()),
        lost=share_of(share(int((there & ~running).sum()), int(there.sum()))),
        median_months=None if isinstance(curve, CannotSay) else curve.median,
        first_month=None,
        twelfth_month=None,
        each=None,
        currency="",
        why="",
    )
    survivors = cohort(found)
    model = survivors if isinstance(survivors, CannotSay) else fit_contracts(survivors)
    if isinstance(model, CannotSay) or isinstance(survivors, CannotSay):
        return replace(plain, why=model.sentence if isinstance(model, CannotSay) else "")
    retention = model.retention(12)
    fitted = replace(plain, first_month=float(retention[0]), twelfth_month=float(retention[11]))
    return _with_worth(fitted, found, model, survivors, held)


def cohort(found: Contracts) -> list[float] | CannotSay:
    """Of the contracts begun long enough ago: how many were there at the start and after each month."""
    ages = (found.until - found.started) / MONTH_DAYS
    for length in range(LONGEST_COHORT_MONTHS, 1, -1):
        old = ages >= length
        if old.sum() >= FEWEST_CONTRACTS:
            lasted = np.where(np.isnan(found.ended[old]), np.inf, found.months[old])
            return [float((lasted >= month).sum()) if month else float(old.sum()) for month in range(length + 1)]
    return CannotSay(
        "too-few-contracts",
        f"Fewer than {FEWEST_CONTRACTS} contracts began two months ago or earlier, so renewals cannot be forecast.",
    )


def _with_worth(
    plain: ContractFigures, found: Contracts, model: ShiftedBetaGeometric, survivors: list[float], held: Assumptions
) -> ContractFigures:
    known = ~np.isnan(found.monthly)
    counted = Counter(found.currency[known].tolist())
    code = held.currency or (min(counted, key=lambda each: (-counted[each], each)) if counted else "")
    pays = found.monthly[known & (found.currency == code)]
    if len(pays) < FEWEST_CONTRACTS:
        return replace(plain, why=f"{len(pays)} contracts say what they pay a month; {FEWEST_CONTRACTS} are needed.")
    discount = (1 + held.discount_a_year) ** (1 / 12) - 1

    def payments(fitted: ShiftedBetaGeometric) -> float:
        rest = held.horizon_months - 1
        return 1.0 + (fitted.residual(0, rest, discount) if rest else 0.0)

    random = np.random.default_rng(0)
    left = -np.diff([*survivors, 0.0])
    drawn = []
    for _ in range(RESAMPLED):
        again = random.multinomial(int(survivors[0]), left / survivors[0])
        refitted = fit_contracts((survivors[0] - np.concatenate([[0.0], np.cumsum(again)[:-1]])).tolist())
        if isinstance(refitted, ShiftedBetaGeometric):
            drawn.append(payments(refitted) * random.choice(pays, len(pays)).mean() * held.margin)
    low, high = np.quantile(drawn, (0.1, 0.9))
    worth = payments(model) * float(pays.mean()) * held.margin
    return replace(plain, each=Range(worth, float(low), float(high)), currency=code)
