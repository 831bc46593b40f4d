from __future__ import annotations

import re

from touchline.ui.drawing.spark import draw_spark


def heights(drawn: str) -> list[float]:
    """From the top, 3 to 21 of 24."""
    return [float(y) for y in re.findall(r"[ML][\d.]+,([\d.]+)", drawn)]


def test_values_reach_from_edge_to_edge_unless_the_ends_are_given():
    assert heights(draw_spark([10, 20])) == [21, 3]
    assert heights(draw_spark([-50, 50], (-100, 100))) == [16.5, 7.5]


def test_equal_values_lie_where_they_are_on_given_ends_else_in_the_middle():
    assert heights(draw_spark([5, 5])) == [12, 12]
    assert heights(draw_spark([100, 100], (-100, 100))) == [3, 3]


def test_one_value_is_no_line():
    assert draw_spark([5], (-100, 100)) == ""
