"""What may leave the workspace: no row that rests on fewer than ten people."""

from __future__ import annotations

from dataclasses import replace

from touchline.analyses.rules.presentation import Bars, Chart, Figure, Heat, Lines, Presentation, Row, Series, Table

FEWEST = 10
"""As for the map: fewer may let a person be recognised."""


def leaving(shown: Presentation) -> Presentation:
    """The presentation without what rests on fewer than ten people; a caution says that something was left out."""
    tables = tuple(_table(table) for table in shown.tables)
    figures = tuple(_figure(figure) for figure in shown.figures)
    charts = tuple(_chart(chart) for chart in shown.charts)
    if (tables, figures, charts) == (shown.tables, shown.figures, shown.charts):
        return shown
    said = f"Figures that rest on fewer than {FEWEST} people are left out."
    return replace(shown, figures=figures, charts=charts, tables=tables, cautions=(*shown.cautions, said))


def _is_few(n: int | None) -> bool:
    return n is not None and n < FEWEST


def _figure(figure: Figure) -> Figure:
    return replace(figure, value=None, low=None, high=None) if _is_few(figure.n) else figure


def _table(table: Table) -> Table:
    rows = tuple(
        Row((row.cells[0], *(None for _ in row.cells[1:])), row.n, row.is_provisional) if _is_few(row.n) else row
        for row in table.rows
    )
    return replace(table, rows=rows) if rows != table.rows else table


def _chart(chart: Chart) -> Chart:
    if isinstance(chart, Bars | Lines):
        series = tuple(_series(each) for each in chart.series)
        return chart if series == chart.series else replace(chart, series=series)
    return _heat(chart)


def _series(series: Series) -> Series:
    if not any(_is_few(n) for n in series.n):
        return series
    kept = [not _is_few(n) for n in series.n]

    def only(values: tuple[float | None, ...]) -> tuple[float | None, ...]:
        return tuple(value if keep else None for value, keep in zip(values, kept, strict=True)) if values else ()

    return replace(series, values=only(series.values), lows=only(series.lows), highs=only(series.highs))


def _heat(heat: Heat) -> Heat:
    if not any(_is_few(n) for n in heat.n):
        return heat
    values = tuple(tuple(None for _ in row) if _is_few(n) else row for row, n in zip(heat.values, heat.n, strict=True))
    return replace(heat, values=values)
