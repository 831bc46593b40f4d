"""The figures of an answer, side by side for the groups of a breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.analyses.rules.presentation import Bars, Column, Figure, Presentation, Row, Series, Table

TABLE = "breakdown"


@dataclass(frozen=True)
class Group:
    """One group and its answer."""

    name: str
    presentation: Presentation


def grouped(breakdown: str, groups: Sequence[Group]) -> Presentation:
    """One row per group, one column per figure, and the first figure as bars with its interval."""
    if not groups:
        return Presentation(f"Nobody in this scope has a known {breakdown}.")
    figures = groups[0].presentation.figures
    by_group = [{figure.id: figure for figure in group.presentation.figures} for group in groups]
    rows = tuple(
        Row(
            (group.name, *(_value(found.get(figure.id)) for figure in figures)),
            n=min((figure.n for figure in found.values() if figure.n is not None), default=None),
        )
        for group, found in zip(groups, by_group, strict=True)
    )
    columns = (Column(breakdown.capitalize()), *(Column(each.name, each.kind, each.currency) for each in figures))
    table = Table(TABLE, f"By {breakdown}", columns, rows)
    return Presentation(
        f"The {len(groups)} largest groups by {breakdown}.",
        charts=_bars(groups, by_group, figures[0]) if figures else (),
        tables=(table,),
    )


def _bars(groups: Sequence[Group], by_group: Sequence[dict[str, Figure]], figure: Figure) -> tuple[Bars, ...]:
    if figure.kind in ("text", "day"):
        return ()
    found = [each.get(figure.id) for each in by_group]
    values = tuple(float(each.value) if each and isinstance(each.value, int | float) else None for each in found)
    series = Series(
        figure.name,
        values,
        lows=tuple(each.low if each else None for each in found),
        highs=tuple(each.high if each else None for each in found),
        n=tuple(each.n if each else None for each in found),
    )
    labels = tuple(group.name for group in groups)
    return (Bars("breakdown-bars", figure.name, labels, (series,), figure.kind, TABLE),)


def _value(figure: Figure | None) -> str | int | float | None:
    return None if figure is None else figure.value
