"""The terminal's map: readable at 80 columns, and it says without colour what it says with it."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from touchline.overview.terminal import print_map
from touchline.overview.tests.sample import EMPTY, SAMPLE


def printed(journey_map, width: int = 80) -> str:
    stream = io.StringIO()
    print_map(Console(file=stream, width=width, force_terminal=False), journey_map)
    return stream.getvalue()


def test_no_line_is_wider_than_80_columns():
    assert max(len(line.rstrip()) for line in printed(SAMPLE).splitlines()) <= 80


def test_touchpoints_stand_under_their_stage_with_their_figures():
    lines = [line.split() for line in printed(SAMPLE).splitlines()]

    assert ["Payment", "7.9k", "19%", "▼", "−31", "−35", "to", "−27", "318", "83%", "86", "s"] in lines
    assert ["Tea", "advice", "1.9k", "5%", "–", "–", "2", "48%", "14", "h"] in lines
    assert ["Return", "and", "refund", "640", "2%", "○", "−8", "−19", "to", "+3", "14", "52%", "8.6", "days"] in lines


def test_it_says_on_how_much_it_rests_and_what_the_marks_mean():
    text = " ".join(printed(SAMPLE).split())

    assert "Measured from 41,280 customers, 231,870 visits and 3,912 answers. Data until 30 Sep 2026." in text
    assert "difference from the journey mean, +31.4 of −100 to +100 (n = 3,912)" in text
    assert "Unmapped: 12% of events" in text


def test_without_data_it_says_what_to_do_next():
    text = printed(EMPTY)

    assert "There is no data yet." in text
    assert "Next: touchline import FILE_OR_FOLDER" in text


def test_where_nobody_came_by_it_points_to_what_is_unmapped():
    assert "12% of all events belong to no touchpoint. See which" in " ".join(
        printed(replace(SAMPLE, customers=0)).split()
    )
    without = replace(SAMPLE, customers=0, unmapped=replace(SAMPLE.unmapped, kinds=()))
    assert "All data: touchline map --all" in printed(without)
