"""What customers are worth, group by group: margin each and together, who lapsed, how long they stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws, normal_draws
from touchline.formulas.lapsed import HARDLY_ALIVE, Silence, silence_limit, tenures
from touchline.formulas.lifetime.back_test import BackTest
from touchline.formulas.lifetime.fitting import PurchaseModel
from touchline.formulas.lifetime.histories import Floats
from touchline.formulas.lifetime.margin_value import WEEKS_A_MONTH, discounted_purchases
from touchline.formulas.money_at_stake import Amount, amount_of
from touchline.formulas.proportion import Proportion, share
from touchline.formulas.survival.kaplan_meier import (
    Difference,
    MeanTime,
    Survival,
    mean_time,
    mean_time_difference,
    survival,
)
from touchline.value.rules.assumptions import Assumptions
from touchline.value.rules.forecast import Forecast
from touchline.value.rules.purchases import Numbers

FEWEST = 10
"""Groups of fewer customers have no figures: they would tell about persons."""

BY_ORDERS = ((1, 1, "one order"), (2, 2, "two orders"), (3, 5, "three to five orders"), (6, None, "six orders or more"))

WITHIN_DAYS = 365.0
"""How long customers stay is compared within their first year, or as far as the data reach."""

Chosen = NDArray[np.bool_]


@dataclass(frozen=True)
class GroupWorth:
    """A group of customers who bought."""

    name: str
    customers: int
    each: Amount | CannotSay
    """Margin one of them will bring within the horizon, on average, of today."""
    together: Amount | CannotSay
    """The same for all of them."""
    lapsed: Proportion
    """Those who have been silent for longer than nearly all of those like them ever are between two orders."""
    hardly: Proportion
    """Those who will hardly buy again: with less than one chance in five."""
    alive: float | None
    """Mean chance that one of them will ever buy again."""
    silence: Silence | CannotSay
    """After how long a silence one of them counts as lapsed."""
    stays_longer: Difference | CannotSay | None = None
    """Days that they go on buying longer than everybody else, on average; None for groups made of what happened later."""


@dataclass(frozen=True)
class Staying:
    """How long customers go on buying until they first fall silent for too long; in days from their first order."""

    curve: Survival
    within: MeanTime | CannotSay
    silence: Silence


@dataclass(frozen=True)
class Worth:
    """Everything the page about value shows."""

    currency: str
    customers: int
    purchases: int
    first_day: int
    """Counted from 1970, as `until`."""
    until: int
    are_payments: bool
    left_out: int
    """Orders in other currencies."""
    everybody: GroupWorth
    by_orders: tuple[GroupWorth, ...]
    segments: tuple[GroupWorth, ...]
    staying: Staying | CannotSay
    model: str
    """Key of MODELS."""
    parameters: tuple[float, ...]
    backtest: BackTest | CannotSay
    spend_sentence: str

    def at_margin(self, margin: float) -> Worth:
        """The same with amounts at a margin, where they were at the whole of revenue."""
        return replace(
            self,
            everybody=_at_margin(self.everybody, margin),
            by_orders=tuple(_at_margin(each, margin) for each in self.by_orders),
            segments=tuple(_at_margin(each, margin) for each in self.segments),
        )


@dataclass(frozen=True)
class _Group:
    name: str
    chosen: Chosen
    is_segment: bool


def worth(found: Forecast, held: Assumptions, segments: Mapping[str, Numbers]) -> Worth:
    """Return what customers are worth at a margin of the whole; `segments` are customers by the name of their segment."""
    groups = _groups(found, segments)
    means = _means(found, held, [each.chosen for each in groups])
    usual = silence_limit(found.purchases.customer, found.purchases.day)
    limits = [_limit(found, each, usual) for each in groups]
    alive, lapsed = found.fitted.model.alive(found.buyers.histories), _lapsed(found, groups, limits)
    rows = [
        _row(found, each, mean, limit, alive, lapsed) for each, mean, limit in zip(groups, means, limits, strict=True)
    ]
    first_segment = len(rows) - len(segments)
    return Worth(
        currency=found.currency,
        customers=len(found.buyers),
        purchases=len(found.purchases),
        first_day=int(found.purchases.day.min()),
        until=found.purchases.until,
        are_payments=found.purchases.are_payments,
        left_out=found.left_out,
        everybody=rows[0],
        by_orders=tuple(rows[1:first_segment]),
        segments=tuple(rows[first_segment:]),
        staying=_staying(found, usual),
        model=found.fitted.kind,
        parameters=found.fitted.parameters,
        backtest=found.backtest,
        spend_sentence=found.spend.sentence,
    )


def _groups(found: Forecast, segments: Mapping[str, Numbers]) -> list[_Group]:
    """Everybody, then by how often they bought, then the segments."""
    orders = found.buyers.histories.repeats + 1
    groups = [_Group("everybody", np.ones(len(orders), dtype=bool), is_segment=False)]
    for fewest, most, name in BY_ORDERS:
        chosen = (orders >= fewest) & (orders <= (most or np.inf))
        if chosen.any():
            groups.append(_Group(name, chosen, is_segment=False))
    for name, customers in segments.items():
        groups.append(_Group(name, np.isin(found.buyers.customer, customers), is_segment=True))
    return groups


def _means(found: Forecast, held: Assumptions, groups: Sequence[Chosen]) -> list[Draws]:
    """Draws of each group's mean revenue to come; groups share the draws of the model's parameters."""
    spend, weeks = found.expected_spend, held.horizon_months * WEEKS_A_MONTH

    def of_model(model: PurchaseModel) -> Floats:
        revenue = discounted_purchases(model, found.buyers.histories, weeks, held.discount_a_year) * spend
        return np.array([revenue[chosen].mean() if chosen.any() else 0.0 for chosen in groups])

    drawn = found.fitted.drawn_each(of_model, "value of customers")
    errors = [_relative_error(found.buyers.mean[chosen]) for chosen in groups]
    return [
        means * np.exp(normal_draws("value of customers: spend", 0.0, error, len(means)))
        for means, error in zip(drawn, errors, strict=True)
    ]


def _relative_error(means: Floats) -> float:
    """Of what a purchase comes to, as the mean over customers."""
    known = means[~np.isnan(means)]
    return float(known.std(ddof=1) / np.sqrt(len(known)) / known.mean()) if len(known) > 1 else 0.0


def _limit(found: Forecast, group: _Group, usual: Silence | CannotSay) -> Silence | CannotSay:
    """The group's own limit; everybody's where somebody of the group bought again too seldom to say."""
    own = found.purchases.of_customers(found.buyers.customer[group.chosen])
    limit = silence_limit(own.customer, own.day)
    return usual if isinstance(limit, CannotSay) else limit


def _lapsed(found: Forecast, groups: Sequence[_Group], limits: Sequence[Silence | CannotSay]) -> Floats:
    """1: lapsed, by the limit of those who bought as often; 0: not; NaN where there is no limit."""
    lapsed = np.full(len(found.buyers), np.nan)
    for group, limit in zip(groups, limits, strict=True):
        if not group.is_segment:  # everybody first, then those who bought as often
            lapsed[group.chosen] = _silent(found, limit)[group.chosen]
    return lapsed


def _silent(found: Forecast, limit: Silence | CannotSay) -> Floats:
    if isinstance(limit, CannotSay):
        return np.full(len(found.buyers), np.nan)
    return (found.buyers.silent_days > limit.days).astype(np.float64)


def _row(
    found: Forecast, group: _Group, mean: Draws, limit: Silence | CannotSay, alive: Floats, lapsed: Floats
) -> GroupWorth:
    customers = int(group.chosen.sum())
    too_few = CannotSay(
        "too-few-customers",
        f"{customers} customer{'' if customers == 1 else 's'} of this group bought; figures begin at {FEWEST}.",
    )
    silent = (_silent(found, limit) if group.is_segment else lapsed)[group.chosen]
    is_enough = customers >= FEWEST
    hardly = int((alive[group.chosen] < HARDLY_ALIVE).sum())
    return GroupWorth(
        name=group.name,
        customers=customers,
        each=amount_of(mean) if is_enough else too_few,
        together=amount_of(mean * customers) if is_enough else too_few,
        lapsed=share(int(silent.sum()), customers) if is_enough and not np.isnan(silent).any() else share(0, 0),
        hardly=share(hardly, customers) if is_enough else share(0, 0),
        alive=float(alive[group.chosen].mean()) if is_enough else None,
        silence=limit,
        stays_longer=_stays_longer(found, group, limit) if group.is_segment and is_enough else None,
    )


def _stays_longer(found: Forecast, group: _Group, limit: Silence | CannotSay) -> Difference | CannotSay:
    """Compared with everybody else, by one limit for both."""
    if isinstance(limit, CannotSay):
        return limit
    stayed = tenures(found.purchases.customer, found.purchases.day, found.purchases.until, limit.days)
    inside = np.isin(stayed.customer, found.buyers.customer[group.chosen])
    ours, others = (survival(stayed.days[some], stayed.ended[some]) for some in (inside, ~inside))
    if isinstance(ours, CannotSay):
        return ours
    if isinstance(others, CannotSay):
        return CannotSay("nobody-else", "Hardly anybody is outside this group, so there is nothing to compare it with.")
    return mean_time_difference(ours, others, _reach(found, limit, ours, others))


def _reach(found: Forecast, limit: Silence, *curves: Survival) -> float:
    """A year, or as far as the data reach and all curves are known."""
    followed = found.purchases.until - limit.days - float(found.purchases.day.min())
    return min([WITHIN_DAYS, max(followed, 1.0), *(float(each.times[-1]) for each in curves if each.share[-1] > 0)])


def _staying(found: Forecast, usual: Silence | CannotSay) -> Staying | CannotSay:
    if isinstance(usual, CannotSay):
        return usual
    stayed = tenures(found.purchases.customer, found.purchases.day, found.purchases.until, usual.days)
    curve = survival(stayed.days, stayed.ended)
    if isinstance(curve, CannotSay):
        return curve
    return Staying(curve, mean_time(curve, _reach(found, usual, curve)), usual)


def _at_margin(group: GroupWorth, margin: float) -> GroupWorth:
    def at(amount: Amount | CannotSay) -> Amount | CannotSay:
        return amount if isinstance(amount, CannotSay) else amount_of(amount.draws * margin)

    return replace(group, each=at(group.each), together=at(group.together))
