"""Nothing that rests on fewer than ten people leaves the workspace."""

from __future__ import annotations

from touchline.analyses.exports.leaving import leaving
from touchline.analyses.rules.presentation import Bars, Column, Figure, Heat, Lines, Presentation, Row, Series, Table

SHOWN = Presentation(
    "Half of them.",
    figures=(Figure("all", "All", 40, "count", n=40), Figure("few", "Few", 0.5, "share", n=9, low=0.2, high=0.8)),
    charts=(
        Bars("b", "B", ("x", "y"), (Series("s", (0.5, 0.4), (0.1, 0.1), (0.9, 0.9), n=(9, 10)),), "share", "t"),
        Lines("l", "L", ("x", "y"), (Series("s", (0.5, 0.4), n=(None, 3)),), "share", "t"),
        Heat("h", "H", ("x", "y"), ("1",), ((0.5,), (0.4,)), "share", "t", n=(12, 2)),
    ),
    tables=(
        Table("t", "T", (Column("Step"), Column("Share", "share")), (Row(("x", 0.5), n=9), Row(("y", 0.4), n=10))),
        Table("u", "U", (Column("Day", "day"), Column("Visits", "count")), (Row(("2026-01-01", 3)),)),
    ),
)


def test_rows_and_figures_of_fewer_than_ten_are_blank() -> None:
    left = leaving(SHOWN)

    assert [figure.value for figure in left.figures] == [40, None]
    assert [row.cells for row in left.tables[0].rows] == [("x", None), ("y", 0.4)]
    assert [row.cells for row in left.tables[1].rows] == [("2026-01-01", 3)]
    bars, lines, heat = left.charts
    assert isinstance(bars, Bars)
    assert isinstance(lines, Lines)
    assert isinstance(heat, Heat)
    assert bars.series[0].values == (None, 0.4)
    assert bars.series[0].highs == (None, 0.9)
    assert lines.series[0].values == (0.5, None)
    assert heat.values == ((0.5,), (None,))
    assert left.cautions == ("Figures that rest on fewer than 10 people are left out.",)


def test_what_rests_on_enough_is_left_as_it_is() -> None:
    enough = Presentation("All.", figures=(Figure("all", "All", 40, "count", n=40),))

    assert leaving(enough) is enough
