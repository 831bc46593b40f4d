"""What the template of one pain is given: its three rows of evidence, its checks and its pictures, written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from touchline.pains.drawing.specification import draw_specification
from touchline.pains.drawing.twins import draw_twins, in_words
from touchline.pains.figure import Figure
from touchline.pains.ranking import Stake, stake_of
from touchline.pains.rules.pain import (
    FAILED,
    NOT_DONE,
    PASSED,
    Check,
    Effect,
    Gap,
    Pain,
    Quote,
    Twins,
    TwinTimeline,
    Variant,
)
from touchline.pains.suffering import who_context
from touchline.pains.wording import amount_span, change, counted, effect_span, outcome_words, share_span
from touchline.ui.numbers import CANNOT_SAY, compact_money, money, percent, signed, whole

_STATES: Final = {PASSED: "is-good", FAILED: "is-bad", NOT_DONE: ""}


@dataclass(frozen=True)
class Evidence:
    """One of the three rows: how many, how bad, what it costs."""

    title: str
    asks: str
    figures: tuple[Figure, ...]
    why_none: str
    """What is missing; '' where nothing is."""


@dataclass(frozen=True)
class ShownCheck:
    """A check with the look of its state."""

    check: Check
    look: str


@dataclass(frozen=True)
class ShownVariant:
    """A row of the table beside the specification curve."""

    name: str
    value: str
    span: str


@dataclass(frozen=True)
class ShownTwin:
    """One of two twins, in words."""

    words: str
    url: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class ShownPair:
    """Two twins."""

    drawing: SafeString
    twins: tuple[ShownTwin, ...]
    chance: str


@dataclass(frozen=True)
class ShownQuote:
    """What a sufferer wrote."""

    text: str
    attribution: str


def pain_context(pain: Pain) -> dict[str, object]:
    """The context of the page."""
    return {
        "pain": pain,
        "stake": _stake(pain),
        "evidence": (_how_many(pain), _how_bad(pain), _what_it_costs(pain)),
        "checks": tuple(ShownCheck(check, _STATES.get(check.state, "")) for check in pain.checks),
        "passed": sum(check.state == PASSED for check in pain.checks),
        "specification": _specification(pain),
        "variants": tuple(_variant(variant, pain) for variant in sorted(pain.variants, key=lambda each: each.value)),
        **who_context(pain),
    }


def close_up_context(
    pain: Pain, window_days: int, twins: Sequence[Twins], quotes: Sequence[Quote]
) -> dict[str, object]:
    """The context of what was written, and of twins on their time lines."""
    return {
        "pain": pain,
        "pairs": tuple(_pair(pair, window_days) for pair in twins),
        "quotes": tuple(ShownQuote(quote.text, _said(quote)) for quote in quotes),
    }


def rows_figures(pain: Pain) -> tuple[Figure, ...]:
    """Every figure of the page that comes from the rows, as the page shows it."""
    return tuple(figure for row in (_how_many(pain), _how_bad(pain), _what_it_costs(pain)) for figure in row.figures)


def _stake(pain: Pain) -> Stake | None:
    return None if pain.money is None else stake_of(pain.money, pain.grade, pain.money.amount.high)


def _how_many(pain: Pain) -> Evidence:
    elsewhere = f"{whole(pain.baseline.count)} of {whole(pain.baseline.of)} visits, 95% {share_span(pain.baseline)}"
    return Evidence(
        "How many",
        "Is it more frequent here than at the other touchpoints of its stage?",
        (
            Figure("Customers hit", whole(pain.sufferers), f"of {counted(pain.customers, 'customer')} who came here"),
            Figure("Bad visits", whole(pain.bad_visits), f"{whole(pain.bad_visits_a_month)} a month"),
            Figure(
                "Share of visits",
                percent(pain.rate.value, 1),
                f"of {counted(pain.visits, 'visit')}, 95% interval {share_span(pain.rate)}",
            ),
            Figure("The same elsewhere", percent(pain.baseline.value, 1), elsewhere)
            if pain.baseline.of
            else Figure("The same elsewhere", CANNOT_SAY, "no other touchpoint could have had it"),
        ),
        "",
    )


def _how_bad(pain: Pain) -> Evidence:
    gap = pain.score_gap
    return Evidence(
        "How bad",
        "How much lower do those score whom it hit?",
        () if gap is None else _gap_figures(gap),
        pain.score_gap_why,
    )


def _gap_figures(gap: Gap) -> tuple[Figure, ...]:
    span = f"95% interval {signed(gap.low)} to {signed(gap.high)}, on a scale of −100 to +100"
    return (
        Figure("Difference of score", signed(gap.value), span),
        Figure("Answers of those hit", whole(gap.answers)),
        Figure("Answers of others here", whole(gap.others)),
    )


def _what_it_costs(pain: Pain) -> Evidence:
    figures = [] if pain.effect is None else _effect_figures(pain.effect, _currency(pain))
    if pain.later_contact is not None:
        figures += _effect_figures(pain.later_contact, _currency(pain))[:1]
    if pain.money is not None:
        figures += _money_figures(pain)
    why = pain.effect_why or pain.money_why
    return Evidence("What it costs", "What did customers do less, or more often, because of it?", tuple(figures), why)


def _currency(pain: Pain) -> str:
    return pain.money.currency if pain.money else ""


def _effect_figures(effect: Effect, currency: str) -> list[Figure]:
    outcome = outcome_words(effect.outcome, effect.window_days)
    compared = (
        f"{counted(effect.bad_visits, 'bad visit')} of {counted(effect.sufferers, 'customer')} among "
        f"{whole(effect.visits)} compared"
    )
    return [
        Figure(
            f"Those who {outcome}",
            change(effect.value, effect.outcome, currency),
            f"95% interval {effect_span(effect, currency)}; {compared}",
        ),
        Figure("Plain difference", change(effect.naive, effect.outcome, currency), "before adjusting, to compare with"),
    ]


def _money_figures(pain: Pain) -> list[Figure]:
    money_ = pain.money
    if money_ is None:
        return []
    worth = Figure("Worth of one who buys rather than not", money(money_.value_of_one, money_.currency), "median")
    if not money_.is_firm:
        span = amount_span(money_.amount, money_.currency)
        return [Figure("Range, enters no sum", span, "a month, 80% interval"), worth]
    figures = [
        Figure(
            "At stake, on its own",
            compact_money(money_.amount.median, money_.currency),
            f"a month, 80% interval {amount_span(money_.amount, money_.currency)}",
        )
    ]
    if money_.given_others is not None:
        figures.append(
            Figure(
                "Given the other pains",
                compact_money(money_.given_others.median, money_.currency),
                f"a month, 80% interval {amount_span(money_.given_others, money_.currency)}; from the joint model",
            )
        )
    return [*figures, worth]


def _specification(pain: Pain) -> SafeString | str:
    if not pain.variants or pain.effect is None:
        return ""
    title = f"The effect of “{pain.headline}” estimated in {len(pain.variants)} ways"
    return mark_safe(draw_specification(title, pain.variants, pain.effect.outcome))  # noqa: S308 - our drawing escapes


def _variant(variant: Variant, pain: Pain) -> ShownVariant:
    outcome = pain.effect.outcome if pain.effect else "bought"
    low, high = change(variant.low, outcome), change(variant.high, outcome)
    return ShownVariant(variant.name, change(variant.value, outcome), f"{low.removesuffix(' points')} to {high}")


def _pair(pair: Twins, window_days: int) -> ShownPair:
    drawing = mark_safe(draw_twins(pair, window_days))  # noqa: S308 - our drawing escapes
    return ShownPair(drawing, (_twin(pair.sufferer, "had it"), _twin(pair.other, "had it not")), percent(pair.chance))


def _twin(twin: TwinTimeline, how: str) -> ShownTwin:
    steps = tuple(
        f"{entry.time.day} {entry.time:%b %Y}: {entry.touchpoint_name}"
        + (", the visit compared" if entry.is_compared else "")
        + (", bad" if entry.is_bad else "")
        + (", an order" if entry.is_order else "")
        for entry in twin.entries
    )
    return ShownTwin(in_words(twin, how), reverse("customer", args=[twin.customer]), steps)


def _said(quote: Quote) -> str:
    day = f"{quote.time.day} {quote.time:%b %Y}"
    return day if quote.score is None else f"score {signed(quote.score)} of −100 to +100, {day}"
