"""Writing the ranked proposals down."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.facade import Bars, Series
from touchline.documents.facade import Grid, Said, Section
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.money_at_stake import Amount
from touchline.formulas.value_for_effort import FIRST, Priority
from touchline.strategy.questions.proposals import ProposalLine
from touchline.strategy.rules.roadmap import days_words
from touchline.ui.numbers import compact_money, percent

RANKING_PAGE = "/help/algorithms/value-for-effort"
NONE = "No improvement waits on the backlog. Make the case for a pain point, and it is ranked here."


def proposals_section(lines: Sequence[ProposalLine]) -> Section:
    """The order, how sure it is, and what cannot be ranked."""
    title = "Proposals"
    if not lines:
        return Section("proposals", title, said=(Said(NONE, "/improvements"),))
    ranked = sum(isinstance(each.priority, Priority) for each in lines)
    said = [
        Said(
            "Ranked by what each promises a month × how far its evidence is trusted ÷ days of work. One-off and running costs "
            "are not in it: the case of each has them.",
            RANKING_PAGE,
        )
    ]
    if ranked < len(lines):
        said.append(Said(f"{len(lines) - ranked} of {len(lines)} cannot be ranked; each says why."))
    return Section("proposals", title, said=tuple(said), grid=_grid(lines, ranked), chart=_chart(lines))


def value_words(line: ProposalLine) -> str:
    """What it promises a month."""
    value = line.value_a_month
    if isinstance(value, CannotSay):
        return "cannot say"
    return compact_money(value.median, line.currency)


def value_note(line: ProposalLine) -> str:
    """The interval of what it promises; '' where nothing is promised."""
    value = line.value_a_month
    if not isinstance(value, Amount):
        return ""
    return f"80% interval {compact_money(value.low, line.currency)} to {compact_money(value.high, line.currency)}"


def priority_words(line: ProposalLine, ranked: int) -> str:
    """The score with its interval and how sure its place is, or why there is none."""
    found = line.priority
    if isinstance(found, CannotSay):
        return f"Cannot be ranked: {found.sentence}"
    low, middle, high = (compact_money(each, line.currency) for each in (found.low, found.score, found.high))
    return f"{middle} a month for each day of work (80% interval {low} to {high}). {place_words(found, ranked)}"


def place_words(found: Priority, ranked: int) -> str:
    """How far the place can be trusted."""
    if ranked < 2:
        return "It is the only one ranked."
    if found.first_place == found.last_place:
        said = f"Place {found.place} in at least eight draws of ten"
    else:
        said = f"Between place {found.first_place} and {found.last_place} in eight draws of ten"
    return f"{said}; among the first three in {percent(found.among_first)}." if ranked > FIRST else f"{said}."


def _grid(lines: Sequence[ProposalLine], ranked: int) -> Grid:
    rows, links = [], []
    for line in lines:
        found, each = line.priority, line.improvement
        days = "not stated" if each.effort_days is None else days_words(each.effort_days)
        confidence = (
            f"{percent(found.confidence)} (grade {line.grade})"
            if isinstance(found, Priority)
            else f"grade {line.grade}"
        )
        place = f"{found.place}. " if isinstance(found, Priority) else ""
        value = " ".join(filter(None, (value_words(line), f"({value_note(line)})" if value_note(line) else "")))
        rows.append((f"{place}{each.title}", value, confidence, days, priority_words(line, ranked)))
        case = f"/improvements/{each.number}"
        links.append((case, f"{case}#money" if isinstance(found, Priority) else "", "", "", ""))
    columns = ("Improvement", "Promised a month", "Confidence", "Effort", "For each day of work")
    return Grid("In the order in which they should be done", columns, tuple(rows), tuple(links))


def _chart(lines: Sequence[ProposalLine]) -> Bars | None:
    ranked = [(line, line.priority) for line in lines if isinstance(line.priority, Priority)]
    if len(ranked) < 2:
        return None
    series = Series(
        "Promised a month for each day of work, its evidence allowed for",
        tuple(round(each.score, 1) for _, each in ranked),
        tuple(round(each.low, 1) for _, each in ranked),
        tuple(round(each.high, 1) for _, each in ranked),
    )
    currency = ranked[0][0].currency
    title = f"Promised a month for each day of work{f', {currency}' if currency else ''}, with 80% intervals"
    labels = tuple(line.improvement.title for line, _ in ranked)
    return Bars("priorities", title, labels, (series,), "number", "proposals")
