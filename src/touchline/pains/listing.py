"""What the template of the list is given: the pains that were asked for, in the order asked for, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict

from touchline.pains.ranking import LARGEST_FIRST, SORTS, ranking, sorted_pains
from touchline.pains.rules.pain import Pain, Pains
from touchline.pains.scores import DRIVERS_NOTE, shown_moment, shown_survey
from touchline.pains.wording import amount_span
from touchline.ui.numbers import compact_money

NARROWING: Final = ("stage", "symptom", "grade")


@dataclass(frozen=True)
class Choice:
    """One entry of a menu."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Menu:
    """A menu that narrows the list."""

    name: str
    label: str
    every: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Head:
    """Head of a column, with the address that sorts by it."""

    text: str
    url: str
    """'' where the column cannot be sorted by."""
    order: str
    """'ascending', 'descending' or ''."""


@dataclass(frozen=True)
class Unknown:
    """What could not be estimated of one pain, and why."""

    pain: Pain
    reasons: tuple[tuple[str, str], ...]
    """What is not known, and why."""


def list_context(pains: Pains, asked: QueryDict, query: str = "") -> dict[str, object]:
    """The context of the list; `query` is the scope in addresses, where it is not of all visits."""
    shown = sorted_pains(_narrowed(pains.pains, asked), asked.get("sort", ""))
    return {
        "pains": pains,
        "total": "" if pains.total is None else compact_money(pains.total.median, pains.currency),
        "total_span": "" if pains.total is None else amount_span(pains.total, pains.currency),
        "priced": sum(pain.is_supported and pain.money is not None and pain.money.is_firm for pain in pains.pains),
        "supported": sum(pain.is_supported for pain in pains.pains),
        "rows": ranking(pains, shown, query),
        "heads": _heads(asked),
        "menus": _menus(pains.pains, asked),
        "is_narrowed": any(asked.get(name) for name in NARROWING),
        "sort": asked.get("sort", ""),
        "unknown": tuple(_unknown(pains.pains)),
        "moments": tuple(map(shown_moment, pains.moments)),
        "surveys": tuple(map(shown_survey, pains.drivers)),
        "drivers_note": DRIVERS_NOTE,
    }


def _narrowed(pains: Sequence[Pain], asked: QueryDict) -> list[Pain]:
    wanted = {name: asked.get(name, "") for name in NARROWING}
    return [pain for pain in pains if all(not value or getattr(pain, name) == value for name, value in wanted.items())]


def _menus(pains: Sequence[Pain], asked: QueryDict) -> tuple[Menu, ...]:
    offers = (
        ("stage", "Stage", "Every stage", {pain.stage: pain.stage_name for pain in pains}),
        ("symptom", "Symptom", "Every symptom", {pain.symptom: pain.symptom_title for pain in pains}),
        ("grade", "Evidence grade", "Every grade", {pain.grade: f"Grade {pain.grade}" for pain in pains}),
    )
    return tuple(
        Menu(
            name,
            label,
            every,
            tuple(Choice(value, words, asked.get(name) == value) for value, words in sorted(found.items())),
        )
        for name, label, every, found in offers
    )


def _heads(asked: QueryDict) -> tuple[Head, ...]:
    columns = ("name", "customers", "stake", "", "grade", "status")
    return tuple(_head(name, asked) if name else Head("Evidence", "", "") for name in columns)


def _head(name: str, asked: QueryDict) -> Head:
    """A second click on a column turns it around."""
    current = asked.get("sort", "")
    first = f"-{name}" if name in LARGEST_FIRST else name
    turned = name if first.startswith("-") else f"-{name}"
    query = asked.copy()
    query["sort"] = turned if current == first else first
    is_current = current.removeprefix("-") == name
    order = ("descending" if current.startswith("-") else "ascending") if is_current else ""
    return Head(SORTS[name][0], f"?{query.urlencode()}", order)


def _unknown(pains: Iterable[Pain]) -> Iterator[Unknown]:
    for pain in pains:
        reasons = []
        if pain.effect is None:
            reasons.append(("What it costs", pain.effect_why))
        elif pain.money is None:
            reasons.append(("Money at stake", pain.money_why))
        if pain.score_gap is None:
            reasons.append(("How much worse it feels", pain.score_gap_why))
        if reasons:
            yield Unknown(pain, tuple(reasons))
