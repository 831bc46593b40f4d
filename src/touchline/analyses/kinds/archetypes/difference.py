"""What the second group's archetypes do differently from the first's."""

from __future__ import annotations

from touchline.analyses.kinds.archetypes.answer import ArchetypesAnswer
from touchline.analyses.rules.presentation import Bars, Column, Presentation, Row, Series, Table
from touchline.formulas.proportion import difference, share


def compare(first: ArchetypesAnswer, second: ArchetypesAnswer) -> Presentation:
    """Shares of the same archetypes in both groups, second minus first."""
    if not (first.archetypes and second.archetypes):
        return Presentation(f"The groups cannot be compared. {first.refusal or second.refusal}")
    columns = (
        Column("Archetype"),
        Column("First", "share"),
        Column("Second", "share"),
        Column("Change", "points"),
        Column("from", "points"),
        Column("to", "points"),
        Column("Verdict"),
    )
    rows, changes = [], []
    for one, other in zip(first.archetypes, second.archetypes, strict=True):
        change = difference(share(other.people, second.people), share(one.people, first.people))
        changes.append(change)
        rows.append(
            Row(
                (
                    one.name,
                    one.share,
                    other.share,
                    change.difference,
                    change.low,
                    change.high,
                    "no detectable change" if change.is_noise else "changed",
                ),
                min(one.people, other.people),
            )
        )
    sure = [row.cells[0] for row, change in zip(rows, changes, strict=True) if not change.is_noise]
    sentence = (
        f"The share of {', '.join(str(name) for name in sure)} changed by more than chance."
        if sure
        else "The shares of the archetypes changed by no more than chance."
    )
    series = Series(
        "Second minus first",
        tuple(change.difference for change in changes),
        tuple(change.low for change in changes),
        tuple(change.high for change in changes),
        tuple(row.n for row in rows),
    )
    names = tuple(each.name for each in first.archetypes)
    return Presentation(
        sentence,
        charts=(Bars("changes", "Change of share", names, (series,), "points", "changes"),),
        tables=(Table("changes", "Shares of the archetypes", columns, tuple(rows)),),
    )
