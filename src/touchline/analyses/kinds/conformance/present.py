"""The answer as it is shown."""

from __future__ import annotations

from touchline.analyses.kinds.conformance.answer import Compared, Deviation, Next
from touchline.analyses.rules.presentation import Bars, Column, Figure, Presentation, Row, Series, Table
from touchline.formulas.evidence import MINIMUM_N
from touchline.ui.numbers import percent, whole

BLANK = "–"

KIND_WORDS = {
    "stopped": "stopped",
    "skipped": "skipped",
    "unplanned": "unplanned",
    "repeated": "repeated",
    "back": "repeated",
    "early": "wrong order",
    "late": "wrong order",
}


def present(found: Compared) -> Presentation:
    """A sentence, the fitness, and the deviations: how many, what follows, how they feel."""
    tables = (_deviations(found), _afterwards(found), _feelings(found), _steps(found)) if found.people else ()
    return Presentation(
        sentence=_sentence(found),
        figures=figures(found),
        charts=_charts(found),
        tables=tuple(table for table in tables if table.rows),
        cautions=tuple(_cautions(found)),
    )


def figures(found: Compared) -> tuple[Figure, ...]:
    """The figures of a group."""
    planned = found.as_planned
    return (
        Figure("fitness", "Mean fitness", found.fitness, "share", found.people, found.fitness_low, found.fitness_high),
        Figure("as-planned", "Exactly as planned", planned.value, "share", planned.of, planned.low, planned.high),
        Figure("journeys", "Journeys compared", found.journeys, "count", found.people),
        Figure("variants", "Different courses", found.variants, "count", found.people),
    )


def _sentence(found: Compared) -> str:
    if not found.people:
        return "No journey that began in this period is over yet: nothing can be compared with the plan."
    said = f"Of {whole(found.people)} {found.unit}s {_share(found.as_planned.value)} went exactly as planned"
    if not found.deviations:
        return said + "; none leaves the plan."
    first = max(found.deviations, key=lambda each: each.share.count)
    return (
        f"{said}. What most do otherwise: {_share(first.share.value)} {first.words} "
        f"({whole(first.share.count)} of {whole(first.share.of)} who could)."
    )


def _share(value: float | None) -> str:
    return "too few to say how many" if value is None else percent(value, 0)


def _charts(found: Compared) -> tuple[Bars, ...]:
    if not found.deviations:
        return ()
    shares = [each.share for each in found.deviations]
    series = Series(
        "Share of those who could",
        tuple(each.value for each in shares),
        tuple(each.low for each in shares),
        tuple(each.high for each in shares),
        tuple(each.of for each in shares),
    )
    labels = tuple(each.words for each in found.deviations)
    return (Bars("deviations-bars", "Deviations", labels, (series,), "share", "deviations"),)


def _deviations(found: Compared) -> Table:
    left = found.found - sum(each.share.count > 0 for each in found.deviations)
    return Table(
        "deviations",
        "Deviations from the plan",
        (
            Column(f"{found.unit.capitalize()}s …"),
            Column("kind"),
            Column("share", "share"),
            Column("from", "share"),
            Column("to", "share"),
            Column("of", "count"),
        ),
        tuple(_deviation_row(each) for each in found.deviations),
        "“of” are those who could: who met the step, or both steps, that are named. from, to: 95% interval."
        + (f" {whole(left)} rarer deviations are not listed." if left > 0 else ""),
    )


def _deviation_row(each: Deviation) -> Row:
    share = each.share
    return Row((each.words, KIND_WORDS[each.kind], share.value, share.low, share.high, share.of), share.of)


def _afterwards(found: Compared) -> Table:
    return Table(
        "afterwards",
        "What they do next",
        (
            Column(f"{found.unit.capitalize()}s who …"),
            Column("do next"),
            Column("complete", "share"),
            Column("others", "share"),
        ),
        tuple(_afterwards_row(each) for each in found.deviations if each.next and each.share.count >= MINIMUM_N),
        "others: could have done the same and did not. complete: reach the last planned step that is not optional.",
    )


def _afterwards_row(each: Deviation) -> Row:
    following = ", ".join(_next_words(one) for one in each.next[:2] if one.share.value is not None)
    cells = (each.words, following or BLANK, each.completes.value, each.others_complete.value)
    return Row(cells, each.share.count)


def _next_words(one: Next) -> str:
    return f"{one.touchpoint or 'nothing more'} {_share(one.share.value)}"


def _feelings(found: Compared) -> Table:
    return Table(
        "feelings",
        "How they feel",
        (
            Column(f"{found.unit.capitalize()}s who …"),
            Column("score", "score"),
            Column("others", "score"),
            Column("difference", "score"),
            Column("from", "score"),
            Column("to", "score"),
            Column("reads"),
        ),
        tuple(_feelings_row(each) for each in found.deviations if each.felt.n),
        "Mean experience score of their first answer then or later. others: could have done the same and did not. What "
        "goes together is no proof of a cause.",
    )


def _feelings_row(each: Deviation) -> Row:
    change = each.difference
    said = "cannot say" if change.value is None else "" if change.is_clear else "noise"
    cells = (each.words, each.felt.value, each.others_felt.value, change.value, change.low, change.high, said)
    return Row(cells, each.felt.n)


def _steps(found: Compared) -> Table:
    return Table(
        "steps",
        "The planned steps",
        (
            Column("Step"),
            Column(f"{found.unit}s", "count"),
            Column("skipped", "share"),
            Column("of", "count"),
            Column("stopped here", "share"),
        ),
        tuple(
            Row(
                (f"{number}. {step.name}", step.done, step.skipped.value, step.skipped.of or None, step.stopped.value),
                step.done,
            )
            for number, step in enumerate(found.steps, 1)
        ),
        "Met in its order; skipped, of those who got further; stopped: got no further though more was planned.",
    )


def _cautions(found: Compared) -> list[str]:
    said = []
    if found.by_stages:
        said.append(
            "The journey definition plans no order, so the order of its stages stands in: only going back counts. Plan one "
            "on the page Journey or in journey.toml, under planned."
        )
    if found.unseen:
        said.append(f"Left out, because it never occurs in the data: {', '.join(found.unseen)}.")
    if found.not_over:
        said.append(f"{whole(found.not_over)} journeys that began in the period may still go on; they are left out.")
    if found.set_aside:
        said.append(
            f"{whole(found.set_aside)} journeys hold nothing but what is allowed at any time; they are left out."
        )
    return said
