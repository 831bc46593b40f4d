"""Shares of two groups beside each other: first, second, change with its interval, and whether it is more than chance."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.rules.presentation import Column, Presentation, Row, Table
from touchline.formulas.clustered import Compared
from touchline.ui.numbers import signed

NOISE = "no detectable change"


def shares_beside(
    id_: str, caption: str, heading: str, names: Sequence[str], found: Sequence[Compared]
) -> Presentation:
    """A sentence about the largest change that is more than chance, and the table of all of them."""
    sure = [(name, each) for name, each in zip(names, found, strict=True) if each.is_found]
    if sure:
        name, each = max(sure, key=lambda pair: abs(pair[1].change.difference or 0.0))
        points = signed((each.change.difference or 0.0) * 100, 1)
        said = f"{len(sure)} of {len(found)} differ by more than chance; most of all “{name}”, by {points} points."
    else:
        said = "No detectable change: the two groups are alike as far as these numbers can tell."
    return Presentation(said, tables=(difference_table(id_, caption, heading, names, found),))


def difference_table(id_: str, caption: str, heading: str, names: Sequence[str], found: Sequence[Compared]) -> Table:
    """One row per share."""
    rows = tuple(
        Row(
            (
                name,
                each.first.value,
                each.second.value,
                each.change.difference,
                each.change.low,
                each.change.high,
                "yes" if each.is_found else NOISE,
            ),
            n=min(each.first.clusters, each.second.clusters),
        )
        for name, each in zip(names, found, strict=True)
    )
    columns = (
        Column(heading),
        Column("first", "share"),
        Column("second", "share"),
        Column("change", "points"),
        Column("low", "points"),
        Column("high", "points"),
        Column("differs"),
    )
    return Table(id_, caption, columns, rows)
