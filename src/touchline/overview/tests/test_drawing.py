"""The drawing keeps the rules that make the emotional line honest, and is well-formed whatever the names are."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.drawing.layout import LABELS_WIDTH, lay_out
from touchline.overview.tests.sample import EMPTY, ROWS, SAMPLE, with_touchpoints
from touchline.ui.drawing.text import text_width
from touchline.ui.drawing.theme import DARK, LIGHT, PAGE

SVG = "{http://www.w3.org/2000/svg}"


class Addresses:
    def touchpoint(self, touchpoint_id: str) -> str:
        return f"/?touchpoint={touchpoint_id}"

    def number(self, measure: str, target: str) -> str:
        return f"/numbers/{measure}?target={target}"

    def pain(self, pain_id: str) -> str:
        return f"/pains/{pain_id}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def test_the_emotional_line_is_straight_and_breaks_where_too_few_answered():
    drawn = of_class(parsed(draw_map(SAMPLE)), "emotion")

    assert [line.get("d").count("L") + 1 for line in drawn] == [5, 10]  # "Tea advice", the sixth of 16, has two answers
    assert all(re.fullmatch(r"[ML\d.,]+", line.get("d")) for line in drawn)


def test_points_are_hollow_where_the_score_is_mostly_prior():
    marks = of_class(parsed(draw_map(SAMPLE)), "mark")

    hollow = [mark for mark in marks if mark.get("fill") == LIGHT.surface]
    assert len(marks) == 15
    assert len(hollow) == sum(row[9] == "hollow" for row in ROWS) == 2


def test_only_differences_that_are_not_noise_carry_a_number_and_a_name():
    root = parsed(draw_map(SAMPLE))

    assert texts(root).count("High point") == sum(row[10] == "high" for row in ROWS)
    assert texts(root).count("Low point") == sum(row[10] == "low" for row in ROWS)
    assert "−31" in texts(root)
    assert "+9" not in texts(root)  # Review request: +9, but not distinguishable


def test_a_high_point_points_up_and_a_low_point_down():
    for mark in of_class(parsed(draw_map(SAMPLE)), "mark"):
        if mark.tag == f"{SVG}path":
            ys = [float(point.split(",")[1]) for point in mark.get("d").strip("MZ").split("L")]
            assert (ys[0] < ys[1]) == ("high" in mark.get("class"))


def test_the_zero_is_the_journey_mean_and_it_is_printed():
    assert {"Mean +31.4", "n = 3,912", "0"} <= set(texts(parsed(draw_map(SAMPLE))))


def test_every_touchpoint_is_a_link_that_says_what_its_column_shows():
    links = of_class(parsed(draw_map(SAMPLE, PAGE, links=Addresses(), selected="payment")), "touchpoint")

    assert [link.get("href") for link in links] == [f"/?touchpoint={row[0]}" for row in ROWS]
    assert [link.get("data-touchpoint") for link in links if link.get("aria-current")] == ["payment"]
    assert links[7].get("aria-label") == (
        "Payment: 7,900 customers, 11,850 visits, experience −31 from the journey mean, 80% band −35 to −27, a low point, "
        "318 answers, 83% of visits went on, effort 3.4 of 7, typically 86 s to the next step, "
        "moment of truth, hygiene (97% sure to be one of the five that move most). Pain points: "
        "An error was shown: €18.6k a month (80% interval €15.1k to €22.4k), 1,488 customers, evidence grade C; "
        "Slow: €2.3k a month (80% interval €400 to €4.6k), 640 customers, evidence grade C"
    )
    assert "too few answers to say how it felt (2 answers)" in links[5].get("aria-label")


def test_numbers_lead_to_the_page_that_opens_them_without_adding_tab_stops():
    figures = of_class(parsed(draw_map(SAMPLE, PAGE, links=Addresses())), "figure")

    assert "/numbers/customers?target=payment" in {figure.get("href") for figure in figures}
    assert {figure.get("tabindex") for figure in figures} == {"-1"}


def test_a_picture_has_no_links_and_no_style_that_a_strict_policy_would_block():
    for drawn in (draw_map(SAMPLE), draw_map(SAMPLE, PAGE, links=Addresses())):
        assert " style=" not in drawn
        assert "foreignObject" not in drawn
    assert "<a " not in draw_map(SAMPLE, DARK)
    assert "var(" not in draw_map(SAMPLE, DARK)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", 'a"b&c', "\x00\x0b\u2028", "", "ปลา " * 40, "W" * 300])
def test_any_name_gives_well_formed_markup(name):
    stage = SAMPLE.stages[0]
    touchpoints = tuple(replace(each, name=name, icon=name) for each in stage.touchpoints)
    hostile = replace(
        SAMPLE, name=name, stages=(replace(stage, name=name, touchpoints=touchpoints), *SAMPLE.stages[1:])
    )

    root = parsed(draw_map(hostile, links=Addresses(), with_heading=True))

    assert [each for each in root.iter() if each.tag.endswith("script")] == []


@pytest.mark.parametrize("number", [1, 3, 16, 40])
def test_columns_hold_their_names_and_do_not_overlap(number):
    layout = lay_out(with_touchpoints(number))

    assert len(layout.columns) == number
    edges = [(column.left, column.left + column.width) for column in layout.columns]
    assert all(right <= left + 1e-6 for (_, right), (left, _) in itertools.pairwise(edges))
    assert edges[-1][1] == pytest.approx(layout.width)
    for column in layout.columns:
        longest = max(column.touchpoint.name.split(), key=len)
        assert text_width(longest, 11, bold=True) <= column.width
    parsed(draw_map(with_touchpoints(number)))


def test_names_of_rows_stay_in_their_column():
    labels = of_class(parsed(draw_map(SAMPLE, links=Addresses())), "row-labels")[0]

    for text in labels.iter(f"{SVG}text"):
        width = text_width(
            "".join(text.itertext()), float(text.get("font-size")), bold=text.get("font-weight") == "600"
        )
        left = float(text.get("x")) - (width if text.get("text-anchor") == "end" else 0)
        assert left >= 0
        assert left + width <= LABELS_WIDTH, "".join(text.itertext())


def test_touchpoints_of_which_nothing_is_known_take_no_room():
    silent = replace(SAMPLE.stages[0].touchpoints[0], visits=0, series=())
    silent = replace(silent, experience=replace(silent.experience, n=0))
    stage = replace(SAMPLE.stages[0], touchpoints=(silent, *SAMPLE.stages[0].touchpoints[1:]))

    layout = lay_out(replace(SAMPLE, stages=(stage, *SAMPLE.stages[1:])))

    assert [column.touchpoint.id for column in layout.columns][:2] == ["search", "landing"]


def test_a_map_without_data_can_be_drawn():
    parsed(draw_map(EMPTY, links=Addresses(), with_heading=True))
