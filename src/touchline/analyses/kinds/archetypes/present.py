"""How archetypes are shown."""

from __future__ import annotations

from touchline.analyses.kinds.archetypes.answer import Archetype, ArchetypesAnswer
from touchline.analyses.kinds.archetypes.naming import step_words
from touchline.analyses.kinds.archetypes.small_map import map_lines, map_table
from touchline.analyses.rules.presentation import (
    Bars,
    Column,
    Figure,
    Heat,
    Presentation,
    Row,
    Series,
    Table,
    Value,
)
from touchline.formulas.archetypes import STABLE_FROM

PEOPLE = {"customer": "Customers", "account": "Accounts", "case": "Cases"}
LEAD = (
    "Archetypes summarise what people did; they are not a cause of it, and somebody near the border of two could stand in "
    "either."
)


def present(answer: ArchetypesAnswer) -> Presentation:
    """Sentence, shares, typical ways, outcomes, and the touchpoints that set archetypes apart."""
    if not answer.archetypes:
        tables = (_tried(answer),) if answer.tried else ()
        return Presentation(answer.refusal, figures=_figures(answer), tables=tables)
    one_kind = len(answer.archetypes) == 1
    tables = (
        _shares(answer),
        _ways(answer),
        _outcomes(answer),
        _touchpoints(answer),
        *(() if one_kind else (_apart(answer),)),
        *(map_table(each) for each in answer.archetypes),
        _tried(answer),
    )
    return Presentation(
        _sentence(answer),
        figures=_figures(answer),
        charts=(*(() if one_kind else (_bars(answer), _heat(answer))), *map_lines(answer.archetypes)),
        tables=tables,
        cautions=_cautions(answer),
    )


def _sentence(answer: ArchetypesAnswer) -> str:
    people = f"{answer.people:,} {PEOPLE[answer.unit].lower()}"
    if len(answer.archetypes) == 1:
        return f"One archetype: the ways of {people} are described no better by several kinds than by one."
    shares = "; ".join(f"{each.name} {round(100 * (each.share or 0))}%" for each in answer.archetypes)
    return f"{len(answer.archetypes)} archetypes among {people}: {shares}."


def _cautions(answer: ArchetypesAnswer) -> tuple[str, ...]:
    found = [LEAD]
    kept = next((each for each in answer.tried if each.number == len(answer.archetypes)), None)
    if kept and kept.number > 1 and not kept.is_stable:
        found.insert(
            0,
            f"These archetypes are not stable (agreement {kept.agreement or 0:.2f}; {STABLE_FROM:.2f} is needed): people drawn again "
            "give other groups. A lead at most.",
        )
    better = min(answer.tried, key=lambda each: each.bic, default=None)
    if kept and better and better.number not in (kept.number, 1) and kept.is_stable:
        found.append(
            f"BIC prefers {better.number} archetypes, but those are not stable (agreement {better.agreement or 0:.2f}); "
            f"{kept.number} is the best number that is."
        )
    if answer.fitted_on > answer.people:
        found.append("Both groups were divided together, so that their archetypes are the same.")
    return tuple(found)


def _figures(answer: ArchetypesAnswer) -> tuple[Figure, ...]:
    """Of the same names in every group of a breakdown."""
    largest = answer.archetypes[0] if answer.archetypes else None
    share = (largest.share, largest.low, largest.high) if largest else (None, None, None)
    return (
        Figure("share", "Share of the largest archetype", share[0], "share", answer.people, share[1], share[2]),
        Figure("largest", "which is", largest.name if largest else None, "text"),
        Figure("archetypes", "Archetypes", len(answer.archetypes) or None, "count", n=answer.people),
        Figure("journeys", "Journeys", answer.journeys, "count", n=answer.people),
        Figure("agreement", "Agreement when people are drawn again", answer.agreement, "number"),
    )


def _shares(answer: ArchetypesAnswer) -> Table:
    columns = (
        Column("Archetype"),
        Column(PEOPLE[answer.unit], "count"),
        Column("Share", "share"),
        Column("from", "share"),
        Column("to", "share"),
        Column("Journeys", "count"),
        Column("Clear", "share"),
    )
    rows = tuple(
        Row((each.name, each.people, each.share, each.low, each.high, each.journeys, each.clearness), each.people)
        for each in answer.archetypes
    )
    note = "Clear: how probable it is on average that its people belong to it and to no other archetype."
    return Table("archetypes", "Archetypes, the largest first", columns, rows, note)


def _ways(answer: ArchetypesAnswer) -> Table:
    columns = (Column("Archetype"), Column("Typical way"), Column("Commonest way"), Column("taken by", "count"))
    rows = tuple(
        Row((each.name, _arrows(each.way), _arrows(each.commonest), each.commonest_people), each.people)
        for each in answer.archetypes
    )
    note = "Typical: what at least half of them visit, in the order in which it comes. A bar parts two journeys."
    return Table("ways", "Ways", columns, rows, note)


def _outcomes(answer: ArchetypesAnswer) -> Table:
    outcome = (
        (Column(answer.outcome, "share"), Column("from", "share"), Column("to", "share")) if answer.outcome else ()
    )
    columns = (
        Column("Archetype"),
        *outcome,
        Column("Experience", "score"),
        Column("low", "score"),
        Column("high", "score"),
        Column("Answered", "count"),
    )

    def cells(each: Archetype) -> tuple[Value, ...]:
        reached = (each.outcome, each.outcome_low, each.outcome_high) if answer.outcome else ()
        return (
            each.name,
            *reached,
            each.experience,
            each.experience_low,
            each.experience_high,
            each.answered,
        )

    rows = tuple(Row(cells(each), each.people) for each in answer.archetypes)
    note = f"Answered: {PEOPLE[answer.unit].lower()} behind the experience score, the mean of their answers."
    return Table("outcomes", "What becomes of them, and how they feel", columns, rows, note)


def _names(answer: ArchetypesAnswer) -> list[tuple[str, int, dict[str, float | None], float | None]]:
    """Touchpoints that anybody of an archetype visits: name, people, share by archetype, share of everybody."""
    found: dict[str, tuple[int, dict[str, float | None], float | None, float]] = {}
    for each in answer.archetypes:
        for place in each.touchpoints:
            people, shares, _, ranks = found.get(place.name, (0, {}, None, 0.0))
            found[place.name] = (
                people + place.people,
                shares | {each.part: place.share},
                place.everyone,
                ranks + place.rank * place.people,
            )
    ordered = sorted(found.items(), key=lambda one: one[1][3] / one[1][0])
    return [(name, people, shares, everyone) for name, (people, shares, everyone, _) in ordered]


def _touchpoints(answer: ArchetypesAnswer) -> Table:
    parts = [each.part for each in answer.archetypes]
    columns = (
        Column("Touchpoint"),
        *(Column(str(number), "share") for number, _ in enumerate(parts, 1)),
        Column("All", "share"),
    )
    rows = tuple(
        Row((name, *(shares.get(part, 0.0) for part in parts), everyone), people)
        for name, people, shares, everyone in _names(answer)
    )
    numbers = ", ".join(f"{number}: {each.name}" for number, each in enumerate(answer.archetypes, 1))
    return Table("touchpoints", "Who visits what", columns, rows, f"{numbers}.")


def _apart(answer: ArchetypesAnswer) -> Table:
    columns = (
        Column("Archetype"),
        Column("Touchpoint or step"),
        Column("Here", "share"),
        Column("from", "share"),
        Column("to", "share"),
        Column("All", "share"),
    )
    rows = []
    for each in answer.archetypes:
        apart = sorted(
            (place for place in each.touchpoints if place.sets_apart),
            key=lambda place: (place.everyone or 0.0) - (place.share or 0.0),
        )
        rows += [
            Row((each.name, place.name, place.share, place.low, place.high, place.everyone), place.people)
            for place in apart[:3]
        ]
        rows += [
            Row((each.name, step_words(move), move.share, move.low, move.high, move.everyone), move.people)
            for move in each.moves[:2]
        ]
    return Table("apart", "What sets them apart", columns, tuple(rows), "Share of people who do it at least once.")


def _tried(answer: ArchetypesAnswer) -> Table:
    columns = (Column("Archetypes"), Column("BIC", "count"), Column("Agreement", "number"), Column("Kept"))
    rows = tuple(
        Row((str(each.number), round(each.bic), each.agreement, _verdict(each.number, answer))) for each in answer.tried
    )
    note = "Smaller BIC is better. Agreement is 1 when people drawn again give the same groups, 0 when by chance."
    return Table("tried", "How many archetypes", columns, rows, note)


def _verdict(number: int, answer: ArchetypesAnswer) -> str:
    return "yes" if number == len(answer.archetypes) else ""


def _bars(answer: ArchetypesAnswer) -> Bars:
    series = Series(
        "Share",
        tuple(each.share for each in answer.archetypes),
        tuple(each.low for each in answer.archetypes),
        tuple(each.high for each in answer.archetypes),
        tuple(each.people for each in answer.archetypes),
    )
    names = tuple(each.name for each in answer.archetypes)
    return Bars("shares", "Share of each archetype", names, (series,), "share", "archetypes")


def _heat(answer: ArchetypesAnswer) -> Heat:
    found = _names(answer)
    parts = [each.part for each in answer.archetypes]
    return Heat(
        "visits",
        "Who visits what",
        tuple(name for name, *_ in found),
        tuple(each.name for each in answer.archetypes),
        tuple(tuple(shares.get(part, 0.0) for part in parts) for _, _, shares, _ in found),
        "share",
        "touchpoints",
        n=tuple(people for _, people, *_ in found),
    )


def _arrows(names: tuple[str, ...]) -> str:
    return " → ".join(names).replace(" → | → ", " | ")
