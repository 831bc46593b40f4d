"""Pain points as the rows of a table: where to act first, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from touchline.pains.drawing.stake_bar import draw_stake_bar
from touchline.pains.rules.pain import Chip, Money, Pain, Pains
from touchline.pains.wording import amount_span, counted
from touchline.ui.numbers import compact_money, percent

IF_CAUSAL: Final = "if causal"
NOT_SUMMED: Final = "a lead, not a cause: enters no sum"
_CAUSES: Final = ("A", "B")


@dataclass(frozen=True)
class Stake:
    """What is at stake, written out."""

    amount: str
    """The median; '' where only a range may be shown."""
    span: str
    bar: SafeString
    is_firm: bool
    caveat: str
    """What must be read with it; '' for amounts that were caused."""


@dataclass(frozen=True)
class Fix:
    """What is done about a pain; whoever shows the ranking beside improvements fills it in."""

    title: str
    url: str
    status: str
    owner: str
    """'' where nobody has taken it."""


@dataclass(frozen=True)
class RankedPain:
    """One row."""

    rank: int | None
    """1 is where to act first; None where no amount may be ranked."""
    id: str
    name: str
    """What happens; the touchpoint stands beside it."""
    touchpoint: str
    place: str
    """Stage and touchpoint."""
    url: str
    rows_url: str
    """Of the visits behind it."""
    who: str
    how_often: str
    stake: Stake | None
    why_none: str
    """Why nothing is shown at stake."""
    chips: tuple[Chip, ...]
    grade: str
    wording: str
    is_supported: bool
    status: str
    status_why: str
    fix: Fix | None = None


def ranking(pains: Pains, shown: Sequence[Pain] | None = None, query: str = "") -> tuple[RankedPain, ...]:
    """Rows for the pains shown, or for all; places in the ranking and the scale of bars are those of all.

    `query` is the scope in addresses, where they are not of all visits.
    """
    places = {pain.id: place for place, pain in enumerate(pains.pains, start=1)}
    widest = max((pain.money.amount.high for pain in pains.pains if pain.money), default=0.0)
    suffix = f"?{query}" if query else ""
    return tuple(_ranked(pain, places[pain.id], widest, suffix) for pain in (pains.pains if shown is None else shown))


def stake_of(money: Money, grade: str, widest: float) -> Stake:
    """Write out what is at stake: an amount where the grade allows one, else a greyed range."""
    caveat = NOT_SUMMED if not money.is_firm else "" if grade in _CAUSES else IF_CAUSAL
    bar = draw_stake_bar(money.amount, widest, is_firm=money.is_firm)
    return Stake(
        compact_money(money.amount.median, money.currency) if money.is_firm else "",
        amount_span(money.amount, money.currency),
        mark_safe(bar),  # noqa: S308 - written by our drawing, which holds no text
        money.is_firm,
        caveat,
    )


def _ranked(pain: Pain, place: int, widest: float, suffix: str) -> RankedPain:
    return RankedPain(
        rank=place if pain.money and pain.money.is_firm and pain.is_supported else None,
        id=pain.id,
        name=_happened(pain),
        touchpoint=pain.touchpoint_name,
        place=f"{pain.stage_name} · {pain.touchpoint_name}",
        url=reverse("pain", args=[pain.id]) + suffix,
        rows_url=reverse("pain-rows", args=[pain.id]) + suffix,
        who=counted(pain.sufferers, "customer"),
        how_often=f"{percent(pain.rate.value)} of visits" + _elsewhere(pain),
        stake=stake_of(pain.money, pain.grade, widest) if pain.money else None,
        why_none=pain.money_why,
        chips=tuple(replace(chip, link=f"{chip.link}{suffix}") for chip in pain.chips),
        grade=pain.grade,
        wording=pain.wording,
        is_supported=pain.is_supported,
        status=pain.status,
        status_why=pain.status_why,
    )


def _elsewhere(pain: Pain) -> str:
    return f", elsewhere {percent(pain.baseline.value)}" if pain.baseline.of else ""


def _happened(pain: Pain) -> str:
    happened = pain.headline.removeprefix(f"{pain.touchpoint_name}: ")
    return happened[:1].upper() + happened[1:]


Key = Callable[[Pain], float | str]
_LEAST: Final = float("-inf")
SORTS: Final[dict[str, tuple[str, Key]]] = {
    "name": ("Pain point", lambda pain: pain.headline.casefold()),
    "customers": ("Who it hits", lambda pain: pain.sufferers),
    "stake": ("At stake", lambda pain: pain.money.amount.sure if pain.money else _LEAST),
    "grade": ("Evidence grade", lambda pain: pain.grade),
    "status": ("Status", lambda pain: pain.status),
}
"""Columns by which the table can be sorted, with their heads."""
LARGEST_FIRST: Final = frozenset({"customers", "stake"})
"""These begin with the largest when they are asked for; names and grades with the first."""


def sorted_pains(pains: Sequence[Pain], asked: str) -> list[Pain]:
    """Sort by a column, backwards with '-' before its name; anything else leaves the ranking as it is."""
    name = asked.removeprefix("-")
    if name not in SORTS:
        return list(pains)
    return sorted(pains, key=SORTS[name][1], reverse=asked.startswith("-"))
