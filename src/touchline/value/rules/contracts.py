"""What contracts tell: how many run, how many were lost last month, how long they last, what one will still pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lifetime.cohorts_again import fitted_again
from touchline.formulas.lifetime.contracts import FEWEST_CONTRACTS, ShiftedBetaGeometric, fit_contracts
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.lifetime.renewals_back_test import back_test_renewals
from touchline.formulas.proportion import share
from touchline.formulas.survival.kaplan_meier import Survival, survival
from touchline.value.rules.assumptions import Assumptions
from touchline.value.rules.figures import Range, ShareOf, share_of

MONTH_DAYS = 365.25 / 12
LONGEST_COHORT_MONTHS = 24
FORECAST_MONTHS = 36
"""How far the curve of the model is given."""
MOST_POINTS = 400
"""Of the curve: contracts end on any day of a month, and nobody sees more steps than that."""


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
class ContractPoint:
    """Share of contracts that still run after so many months, with its 95 % interval."""

    months: float
    share: float
    low: float
    high: float
    followed: int


@dataclass(frozen=True)
class ContractFigures:
    """What is said about contracts."""

    contracts: int
    running: int
    lost: ShareOf | None
    """Of those that ran a month before the data end, how many ended within it."""
    median_months: float | None
    """After which half have ended; None where fewer have."""
    median_low: float | None = None
    """95 % interval of the median; None where that end lies beyond the data."""
    median_high: float | None = None
    curve: tuple[ContractPoint, ...] = ()
    """How many still run, as it was seen."""
    curve_why: str = ""
    """Why there is no curve; '' where there is one."""
    first_month: Range | None = None
    """Share that goes on after its first month, by the shifted beta-geometric; 80 % interval."""
    twelfth_month: Range | None = None
    """The same after the twelfth, of those that are there then."""
    forecast: tuple[Range, ...] = ()
    """Share of new contracts that will still run after 0, 1, 2 ... months, by the same model; 80 % intervals."""
    backtest: str = ""
    """How well the model forecast months it had not seen, or why that could not be tried; beside every figure of the model."""
    backtest_ratio: Range | None = None
    """Forecast renewals over those that came; 80 % interval."""
    each: Range | None = None
    """Margin that a new contract will bring within the horizon, of today; 80 % interval."""
    currency: str = ""
    why: str = ""
    """Why a figure is missing; '' where none is."""


def contract_figures(found: Contracts, held: Assumptions) -> ContractFigures | None:
    """Return what contracts tell; None where there are none."""
    if not len(found):
        return None
    running = np.isnan(found.ended)
    start = found.until - MONTH_DAYS
    there = (found.started <= start) & (running | (found.ended > start))
    plain = ContractFigures(
        contracts=len(found),
        running=int(running.sum()),
        lost=share_of(share(int((there & ~running).sum()), int(there.sum()))),
        median_months=None,
    )
    lasting = _with_curve(plain, survival(found.months, ~running))
    survivors = cohort(found)
    if isinstance(survivors, CannotSay):
        return replace(lasting, why=survivors.sentence)
    model = fit_contracts(survivors)
    if isinstance(model, CannotSay):
        return replace(lasting, why=model.sentence)
    again = fitted_again(model, survivors)
    return _with_worth(_with_model(lasting, model, again, survivors), found, model, again, held)


def cohort(found: Contracts) -> list[float] | CannotSay:
    """Of the contracts begun long enough ago: how many were there at the start and after each month.

    How long ago is chosen so that most contract months are seen: a longer look has fewer contracts.
    """
    ages = (found.until - found.started) / MONTH_DAYS
    begun = {length: int((ages >= length).sum()) for length in range(2, LONGEST_COHORT_MONTHS + 1)}
    enough = [length for length, contracts in begun.items() if contracts >= FEWEST_CONTRACTS]
    if not enough:
        return CannotSay(
            "too-few-contracts",
            f"Fewer than {FEWEST_CONTRACTS} contracts began two months ago or earlier, so renewals cannot be forecast.",
        )
    length = max(enough, key=lambda each: (each * begun[each], each))
    old = ages >= length
    lasted = np.where(np.isnan(found.ended[old]), np.inf, found.months[old])
    return [float((lasted >= month).sum()) if month else float(old.sum()) for month in range(length + 1)]


def _with_curve(plain: ContractFigures, curve: Survival | CannotSay) -> ContractFigures:
    if isinstance(curve, CannotSay):
        return replace(plain, curve_why=curve.sentence)
    low, high = curve.median_interval
    shown = np.unique(np.linspace(0, len(curve.times) - 1, min(len(curve.times), MOST_POINTS)).round().astype(int))
    columns = (curve.times, curve.share, curve.low, curve.high, curve.at_risk)
    points = zip(*(column[shown].tolist() for column in columns), strict=True)
    return replace(
        plain,
        median_months=curve.median,
        median_low=low,
        median_high=high,
        curve=tuple(ContractPoint(*point) for point in points),
    )


def _with_model(
    plain: ContractFigures, model: ShiftedBetaGeometric, again: Sequence[ShiftedBetaGeometric], survivors: list[float]
) -> ContractFigures:
    tried = back_test_renewals(survivors)
    retention = _ranges(model.retention(12), [each.retention(12) for each in again])
    return replace(
        plain,
        first_month=retention[0],
        twelfth_month=retention[11],
        forecast=_ranges(model.survival(FORECAST_MONTHS), [each.survival(FORECAST_MONTHS) for each in again]),
        backtest=tried.sentence,
        backtest_ratio=None if isinstance(tried, CannotSay) else Range(tried.ratio, tried.low, tried.high),
    )


def _ranges(found: Floats, again: Sequence[Floats]) -> tuple[Range, ...]:
    """Each figure with the 80 % interval of the cohorts drawn again."""
    low, high = np.quantile(np.array([*again, found]), (0.1, 0.9), axis=0)
    return tuple(Range(*each) for each in zip(found.tolist(), low.tolist(), high.tolist(), strict=True))


def _with_worth(
    plain: ContractFigures,
    found: Contracts,
    model: ShiftedBetaGeometric,
    again: Sequence[ShiftedBetaGeometric],
    held: Assumptions,
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
    drawn = [payments(each) * random.choice(pays, len(pays)).mean() * held.margin for each in (*again, model)]
    low, high = np.quantile(drawn, (0.1, 0.9))
    worth = payments(model) * float(pays.mean()) * held.margin
    return replace(plain, each=Range(worth, float(low), float(high)), currency=code)
