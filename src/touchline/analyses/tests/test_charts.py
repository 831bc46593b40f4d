"""Charts: round ticks, every value inside the picture, breaks where nothing can be said, text escaped."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.analyses.drawing.charts import draw_chart
from touchline.analyses.drawing.scale import scale_over
from touchline.analyses.rules.presentation import Bars, Chart, Heat, Lines, Series
from touchline.ui.drawing.theme import DARK, LIGHT, PAGE


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0.13, 0.42], (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)),
        ([3, 17], (0, 5, 10, 15, 20)),
        ([-0.2, 0.3], (-0.2, -0.1, 0.0, 0.1, 0.2, 0.3)),
        ([None], (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_ticks_are_round_and_hold_every_value(values: list[float | None], ticks: tuple[float, ...]) -> None:
    assert scale_over(values, 0, 100).ticks == pytest.approx(ticks)


@given(
    st.lists(st.floats(-1e12, 1e12, allow_subnormal=False).map(lambda value: round(value, 6)), min_size=1, max_size=8)
)
def test_any_values_have_a_scale(values: list[float]) -> None:
    scale = scale_over(values, 10, 90)

    assert all(10 <= scale.place(value) <= 90 for value in values)
    assert 2 <= len(scale.ticks) <= 12


def test_a_line_breaks_where_nothing_can_be_said_and_is_dashed_where_it_may_change() -> None:
    chart = Lines(
        "l", "Came back", ("a", "b", "c", "d", "e"), (Series("all", (1.0, 0.5, None, 0.4, 0.3)),), "share", "t", 4
    )

    drawn = draw_chart(chart, PAGE)

    strokes = re.findall(r"<path d=\"M[^\"]+\" stroke=\"var\(--accent\)\"[^>]*>", drawn)
    assert len(strokes) == 2
    assert ["stroke-dasharray" in stroke for stroke in strokes] == [False, True]
    assert drawn.count("<circle") == 4


CHARTS: tuple[Chart, ...] = (
    Bars(
        "b",
        "<b>",
        ("<i>", "y"),
        (Series("s&", (0.5, None), (0.4, None), (0.6, None)), Series("t", (0.1, 0.2))),
        "share",
        "t",
    ),
    Bars("b", "None", (), (Series("s", ()),), "count", "t"),
    Lines("l", "L", ("x",), (Series("s", (3.0,), (2.0,), (4.0,)),), "count", "t"),
    Lines("l", "L", (), (), "count", "t"),
    Heat("h", "H", ("<r>",), ("1", "2"), ((0.5, None),), "points", "t", diverging=True, provisional=((0, 1),)),
)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("theme", [PAGE, LIGHT, DARK])
def test_every_chart_is_a_picture_with_its_title(chart: Chart, theme: object) -> None:
    drawn = ElementTree.fromstring(draw_chart(chart, theme))  # type: ignore[arg-type]

    title = drawn.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == f"{chart.title}. The table below says the same."
