"""A computation as it is kept, and what it becomes for whoever looks: amounts by the assumptions of now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import Draws
from touchline.formulas.money_at_stake import Amount as UncertainAmount
from touchline.formulas.money_at_stake import Suffering, amount_of, money_at_stake
from touchline.pains.rules.drivers import SurveyDrivers
from touchline.pains.rules.pain import (
    NO_LONGER_SUPPORTED,
    Amount,
    MomentOfTruth,
    Money,
    Pain,
    Pains,
)

FOUND_BELOW: Final = 0.05
"""At most one in twenty of the effects called found is false."""
TOTAL: Final = ""
"""Stands for all pains together among ids of pains."""


@dataclass(frozen=True)
class Run:
    """What is kept of one computation."""

    pains: tuple[Pain, ...]
    refusal: str
    notes: tuple[str, ...]
    overlap: dict[str, float]
    """By firm pain: the share of its loss left when the others are fixed; TOTAL: of all of them put together."""
    total_why: str
    moments: tuple[MomentOfTruth, ...]
    moments_why: str
    scope: str
    visits: int
    customers: int
    looked_at: int
    not_followed: int
    window_days: int
    data_until: datetime | None
    computed: datetime
    drivers: tuple[SurveyDrivers, ...] = ()
    drivers_why: str = ""


@dataclass(frozen=True)
class Worth:
    """What one order regained is worth: draws, or why that cannot be said; and what amounts rest on."""

    value: Draws | CannotSay
    currency: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class Earlier:
    """A pain that was found in an earlier computation."""

    pain: Pain
    first_seen: datetime
    was_loss: bool


def claims_a_loss(pain: Pain) -> bool:
    """Whether a loss was found."""
    return pain.effect is not None and pain.effect.is_loss and pain.effect.q < FOUND_BELOW


def with_earlier(pains: Sequence[Pain], earlier: Mapping[str, Earlier]) -> tuple[Pain, ...]:
    """Say since when each pain is known, and which claims the data do not support any more."""
    found = {pain.id: pain for pain in pains}
    marked = [_compared(pain, earlier.get(pain.id)) for pain in pains]
    gone = [
        replace(
            each.pain,
            first_seen=each.first_seen,
            status=NO_LONGER_SUPPORTED,
            status_why=f"It was found last on {_day(each.pain.claim.computed)}; in the data of now it does not stand out.",
        )
        for id_, each in earlier.items()
        if id_ not in found
    ]
    return (*marked, *gone)


def _compared(pain: Pain, earlier: Earlier | None) -> Pain:
    if earlier is None:
        return pain
    pain = replace(pain, first_seen=earlier.first_seen)
    if not earlier.was_loss or claims_a_loss(pain):
        return pain
    return replace(
        pain,
        status=NO_LONGER_SUPPORTED,
        status_why=f"The loss claimed until {_day(earlier.pain.claim.computed)} cannot be seen in the data of now.",
    )


def priced(run: Run, worth: Worth, *, is_current: bool) -> Pains:
    """Put amounts to the pains and rank them."""
    alone = {pain.id: _alone(pain, worth) for pain in run.pains}
    total, total_why = _total(run, alone, worth)
    return Pains(
        pains=ranked([_with_money(pain, alone[pain.id], run.overlap.get(pain.id), worth) for pain in run.pains]),
        refusal=run.refusal,
        notes=run.notes,
        total=total,
        total_why=total_why,
        currency=worth.currency,
        assumptions=worth.assumptions,
        moments=run.moments,
        moments_why=run.moments_why,
        drivers=run.drivers,
        drivers_why=run.drivers_why or run.refusal,
        scope=run.scope,
        visits=run.visits,
        customers=run.customers,
        looked_at=run.looked_at,
        not_followed=run.not_followed,
        window_days=run.window_days,
        data_until=run.data_until,
        computed=run.computed,
        is_current=is_current,
    )


def _alone(pain: Pain, worth: Worth) -> UncertainAmount | CannotSay:
    if pain.effect is None:
        return CannotSay("no-effect", pain.effect_why)
    suffering = Suffering(pain.strikes, pain.months, pain.effect.value, pain.effect.standard_error)
    return money_at_stake(pain.id, suffering, worth.value)


def _with_money(pain: Pain, alone: UncertainAmount | CannotSay, left: float | None, worth: Worth) -> Pain:
    if isinstance(alone, CannotSay):
        return replace(pain, money=None, money_why=alone.sentence)
    if alone.median <= 0:
        return replace(pain, money=None, money_why="No loss can be seen, so there is no amount.")
    money = Money(
        amount=_amount(alone),
        given_others=None if left is None else _amount(amount_of(left * alone.draws)),
        currency=worth.currency,
        value_of_one=0.0 if isinstance(worth.value, CannotSay) else amount_of(worth.value).median,
        is_firm=_is_firm(pain),
    )
    return replace(pain, money=money, money_why="")


def _total(run: Run, alone: Mapping[str, UncertainAmount | CannotSay], worth: Worth) -> tuple[Amount | None, str]:
    """All firm pains together: what each costs alone, less what the joint model says they share."""
    if TOTAL not in run.overlap:
        return None, run.total_why
    if isinstance(worth.value, CannotSay):
        return None, worth.value.sentence
    counted = [alone[pain.id] for pain in run.pains if pain.id in run.overlap and _is_firm(pain)]
    draws = [each.draws for each in counted if not isinstance(each, CannotSay)]
    if not draws:
        return None, "No pain has evidence that allows an amount, so there is nothing to put together."
    return _amount(amount_of(run.overlap[TOTAL] * np.sum(draws, axis=0))), ""


def _is_firm(pain: Pain) -> bool:
    return pain.is_supported and pain.grade < "D"


def _amount(found: UncertainAmount) -> Amount:
    return Amount(found.median, found.low, found.high, max(found.sure, 0.0))


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def ranked(pains: Sequence[Pain]) -> tuple[Pain, ...]:
    """Supported ones first; firm amounts, then greyed ones, then those without; the larger sure amount first.

    Without amounts, first what hits most customers with the lowest scores, as far as we are sure.
    """

    def key(pain: Pain) -> tuple[bool, bool, float, float, float, str]:
        money = pain.money
        sure = money.amount.sure if money is not None else 0.0
        middle = money.amount.median if money is not None else 0.0
        missed = max(0.0, -pain.score_gap.high) if pain.score_gap is not None else 0.0
        is_grey = money is None or not money.is_firm
        return (not pain.is_supported, is_grey, -sure, -middle, -missed * pain.sufferers, pain.id)

    return tuple(sorted(pains, key=key))
