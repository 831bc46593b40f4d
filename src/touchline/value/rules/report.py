"""What the page, the command and the Python call about value give: plain figures with their intervals, and sentences.

Where there is no number there is a sentence that says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.lapsed import Silence
from touchline.formulas.lifetime.back_test import BackTest
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.survival.kaplan_meier import Difference, MeanTime
from touchline.value.rules.assumptions import MEANINGS, MODELS, Assumptions, Setting, shown
from touchline.value.rules.contracts import ContractFigures
from touchline.value.rules.figures import Range, ShareOf, share_of
from touchline.value.rules.kept import KeptCustomer
from touchline.value.rules.worth import GroupWorth, Staying, Worth

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class ShownAssumption:
    """One assumption in force, with where it comes from."""

    name: str
    title: str
    shown: str
    tells: str
    is_default: bool
    provenance: str
    """Why the default is what it is, or what whoever set it said."""
    since: datetime | None
    """When it was set, UTC; None for a default."""


@dataclass(frozen=True)
class GroupFigures:
    """A group of customers who bought."""

    name: str
    customers: int
    each: Range | None
    """Margin one of them will bring within the horizon, on average, of today."""
    together: Range | None
    lapsed: ShareOf | None
    """Silent for longer than nearly all of those like them ever are between two orders."""
    hardly: ShareOf | None
    """Will buy again with less than one chance in five."""
    silence_days: float | None
    """After so many days without an order one of them counts as lapsed."""
    stays_longer_days: Range | None
    """Go on buying so much longer than everybody else; None for groups made of what happened later."""
    why: str
    """Why a figure is missing; '' where none is."""


@dataclass(frozen=True)
class CurvePoint:
    """Share of customers who still bought after so many days, with its 95 % interval."""

    days: float
    share: float
    low: float
    high: float
    followed: int


@dataclass(frozen=True)
class TenthFigures:
    """A tenth of the customers of the back-test, by how much was forecast of them."""

    customers: int
    forecast: float
    actual: int


@dataclass(frozen=True)
class ValueReport:
    """All of it."""

    refusal: str
    """Why nothing can be said about value; '' where something can. Assumptions are there in any case."""
    assumptions: tuple[ShownAssumption, ...]
    currency: str = ""
    customers: int = 0
    purchases: int = 0
    purchases_are: str = "orders"
    first_day: date | None = None
    until: date | None = None
    everybody: GroupFigures | None = None
    by_orders: tuple[GroupFigures, ...] = ()
    segments: tuple[GroupFigures, ...] = ()
    kept: Range | None = None
    """What one customer is worth who buys within the window rather than not."""
    kept_window_days: int = 0
    kept_customers: int = 0
    kept_why: str = ""
    backtest: str = ""
    """How well the model forecast what it had not seen; stands beside every figure of the model."""
    backtest_ratio: Range | None = None
    backtest_error: float | None = None
    tenths: tuple[TenthFigures, ...] = ()
    model: str = ""
    parameters: tuple[float, ...] = ()
    spend: str = ""
    curve: tuple[CurvePoint, ...] = ()
    curve_why: str = ""
    silence: str = ""
    """When a customer counts as lapsed, in a sentence."""
    bought_for_days: Range | None = None
    """How long customers go on buying, on average within `within_days`."""
    within_days: float = 0.0
    notes: tuple[str, ...] = ()
    contracts: ContractFigures | None = None
    """None where there are no contracts."""


def report(
    found: Worth | CannotSay,
    kept: KeptCustomer | CannotSay,
    held: Assumptions,
    settings: Mapping[str, Setting],
    contracts: ContractFigures | None = None,
) -> ValueReport:
    """Put everything together."""
    currency = held.currency or (found.currency if isinstance(found, Worth) else "")
    assumptions = tuple(_assumption(held, name.name, currency, settings) for name in MEANINGS)
    if isinstance(found, CannotSay):
        return ValueReport(found.sentence, assumptions, currency=currency, contracts=contracts)
    plain = ValueReport(
        refusal="",
        assumptions=assumptions,
        currency=found.currency,
        customers=found.customers,
        purchases=found.purchases,
        purchases_are="payments" if found.are_payments else "orders",
        first_day=EPOCH + timedelta(days=found.first_day),
        until=EPOCH + timedelta(days=found.until),
        everybody=_group(found.everybody),
        by_orders=tuple(_group(each) for each in found.by_orders),
        segments=tuple(_group(each) for each in found.segments),
        model=MODELS[found.model],
        parameters=found.parameters,
        spend=found.spend_sentence,
        notes=tuple(_notes(found)),
        contracts=contracts,
    )
    return _with_staying(_with_backtest(_with_kept(plain, kept), found.backtest), found.staying)


def _assumption(held: Assumptions, name: str, currency: str, settings: Mapping[str, Setting]) -> ShownAssumption:
    meaning = next(each for each in MEANINGS if each.name == name)
    setting = settings.get(name)
    is_default = getattr(held, name) == getattr(Assumptions(), name)
    return ShownAssumption(
        name=name,
        title=meaning.title,
        shown=shown(held, name, currency),
        tells=meaning.tells,
        is_default=is_default,
        provenance=setting.note if setting and not is_default else meaning.because,
        since=setting.since if setting and not is_default else None,
    )


def _group(group: GroupWorth) -> GroupFigures:
    why = [each.sentence for each in (group.each, group.silence, group.stays_longer) if isinstance(each, CannotSay)]
    return GroupFigures(
        name=group.name,
        customers=group.customers,
        each=None if isinstance(group.each, CannotSay) else _range(group.each),
        together=None if isinstance(group.together, CannotSay) else _range(group.together),
        lapsed=share_of(group.lapsed),
        hardly=share_of(group.hardly),
        silence_days=group.silence.days if isinstance(group.silence, Silence) else None,
        stays_longer_days=_difference(group.stays_longer),
        why=why[0] if why else "",
    )


def _range(amount: Amount) -> Range:
    return Range(amount.median, amount.low, amount.high)


def _difference(found: Difference | CannotSay | None) -> Range | None:
    return Range(found.value, found.low, found.high) if isinstance(found, Difference) else None


def _with_kept(plain: ValueReport, kept: KeptCustomer | CannotSay) -> ValueReport:
    if isinstance(kept, CannotSay):
        return replace(plain, kept_why=kept.sentence)
    return replace(plain, kept=_range(kept.amount), kept_window_days=kept.window_days, kept_customers=kept.customers)


def _with_backtest(plain: ValueReport, backtest: BackTest | CannotSay) -> ValueReport:
    if isinstance(backtest, CannotSay):
        return replace(plain, backtest=backtest.sentence)
    return replace(
        plain,
        backtest=backtest.sentence,
        backtest_ratio=Range(backtest.ratio, backtest.low, backtest.high),
        backtest_error=backtest.error,
        tenths=tuple(TenthFigures(each.customers, each.forecast, each.actual) for each in backtest.tenths),
    )


def _with_staying(plain: ValueReport, found: Staying | CannotSay) -> ValueReport:
    if isinstance(found, CannotSay):
        return replace(plain, curve_why=found.sentence)
    curve, within = found.curve, found.within
    columns = (curve.times.tolist(), curve.share.tolist(), curve.low.tolist(), curve.high.tolist())
    return replace(
        plain,
        curve=tuple(
            CurvePoint(days, share, low, high, followed)
            for days, share, low, high, followed in zip(*columns, curve.at_risk.tolist(), strict=True)
        ),
        silence=(
            f"A customer counts as lapsed after {found.silence.days:.0f} days without an order: of {found.silence.gaps:,} "
            "times somebody ordered again, 95% took less."
        ),
        bought_for_days=Range(within.value, within.low, within.high) if isinstance(within, MeanTime) else None,
        within_days=within.limit if isinstance(within, MeanTime) else 0.0,
    )


def _notes(found: Worth) -> list[str]:
    notes = []
    if found.are_payments:
        notes.append("There are no orders, so payments stand in for them; payments of one day count once.")
    if found.left_out:
        notes.append(
            f"{found.left_out:,} orders in other currencies are left out: amounts of different currencies are never added."
        )
    if found.until - found.first_day < A_YEAR_OF_DAYS:
        notes.append(
            f"Orders cover {found.until - found.first_day} days. A forecast further ahead than that rests on the model alone."
        )
    return notes


A_YEAR_OF_DAYS = 365
