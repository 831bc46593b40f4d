"""What the second group does differently."""

from __future__ import annotations

from touchline.analyses.kinds.conformance.answer import Compared, Part
from touchline.analyses.rules.presentation import Bars, Column, Figure, Presentation, Row, Series, Table
from touchline.formulas.evidence import Change
from touchline.formulas.mean import Sample, mean_change
from touchline.formulas.proportion import difference as share_difference
from touchline.formulas.proportion import share
from touchline.ui.numbers import signed


def difference(first: Compared, second: Compared) -> Presentation:
    """Second minus first: fitness, customers as planned, and the deviations most frequent in either."""
    fit = mean_change(_fits(second), _fits(first))
    planned = _change(second.as_planned, first.as_planned)
    n = min(first.people, second.people)
    table = _deviations(first, second)
    values = tuple(row.cells[3] if isinstance(row.cells[3], float) else None for row in table.rows)
    bars = Bars(
        "difference-bars",
        "Deviations: second minus first",
        tuple(str(row.cells[0]) for row in table.rows),
        (Series("Second minus first", values, n=tuple(row.n for row in table.rows)),),
        "points",
        table.id,
    )
    return Presentation(
        sentence=f"Fitness: {_words(fit)}. Exactly as planned: {_words(planned)}.",
        figures=(
            Figure(
                "fitness-change", "Mean fitness, second minus first", fit.difference, "points", n, fit.low, fit.high
            ),
            Figure(
                "as-planned-change",
                "Exactly as planned, second minus first",
                planned.difference,
                "points",
                n,
                planned.low,
                planned.high,
            ),
        ),
        charts=(bars,) if table.rows else (),
        tables=(table,),
    )


def _deviations(first: Compared, second: Compared) -> Table:
    others = {(each.kind, each.words): each for each in second.deviations}
    rows = []
    for each in first.deviations:
        other = others.get((each.kind, each.words))
        if other is None:
            continue
        change = _change(other.share, each.share)
        rows.append(
            Row(
                (
                    each.words,
                    each.share.value,
                    other.share.value,
                    change.difference,
                    change.low,
                    change.high,
                    "" if not change.is_noise else "no detectable change",
                ),
                min(each.share.of, other.share.of),
            )
        )
    return Table(
        "deviations-difference",
        "Deviations, second minus first",
        (
            Column("Who …"),
            Column("first", "share"),
            Column("second", "share"),
            Column("change", "points"),
            Column("from", "points"),
            Column("to", "points"),
            Column("reads"),
        ),
        tuple(rows),
        "The most frequent deviations of either group. from, to: Newcombe’s interval, 95%.",
    )


def _change(second: Part, first: Part) -> Change:
    return share_difference(share(second.count, second.of), share(first.count, first.of))


def _fits(found: Compared) -> Sample:
    return Sample(found.people, found.fitness_total, found.fitness_squares)


def _words(change: Change) -> str:
    if change.difference is None:
        return "too few to compare"
    if change.is_noise:
        return "no detectable change"
    return f"{signed(change.difference * 100, 1)} points"
