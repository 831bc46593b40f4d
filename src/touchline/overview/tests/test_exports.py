"""What leaves the workspace: every kind of file, without figures that rest on fewer than ten, without running cells."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from touchline.journeys.facade import ExperienceScore, JourneyMap, TouchpointMeasures
from touchline.kit.whole_file import write_whole
from touchline.overview.exports.catalogue import FORMATS, UnknownFormatError, export_map
from touchline.overview.exports.csv_file import COLUMNS
from touchline.overview.exports.small_cells import FEWEST, without_small_cells
from touchline.overview.tests.sample import SAMPLE, score, share


def changed(touchpoint_id: str, **changes: object) -> JourneyMap:
    """The sample with one touchpoint changed."""
    stages = tuple(
        replace(
            stage, touchpoints=tuple(replace(t, **changes) if t.id == touchpoint_id else t for t in stage.touchpoints)
        )
        for stage in SAMPLE.stages
    )
    return replace(SAMPLE, stages=stages)


def touchpoint(journey_map: JourneyMap, touchpoint_id: str) -> TouchpointMeasures:
    return next(each for each in journey_map.touchpoints if each.id == touchpoint_id)


def rows(journey_map: JourneyMap) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export_map(journey_map, "csv").content.decode("utf-8-sig"))))


def test_csv_has_one_row_per_touchpoint_and_unrounded_figures():
    payment = next(row for row in rows(SAMPLE) if row["touchpoint_id"] == "payment")

    assert len(rows(SAMPLE)) == 16
    assert {
        name: payment[name]
        for name in (
            "stage",
            "customers",
            "reach",
            "success",
            "experience_difference",
            "reads",
            "stands_out",
            "channels",
        )
    } == {
        "stage": "Purchase",
        "customers": "7900",
        "reach": "0.191376",
        "success": "0.830042",
        "experience_difference": "-31.0",
        "reads": "much worse",
        "stands_out": "low point",
        "channels": "web 0.580; app 0.420",
    }


def test_where_the_map_cannot_say_a_cell_is_empty():
    advice = next(row for row in rows(SAMPLE) if row["touchpoint_id"] == "advice")

    assert (advice["experience_difference"], advice["effort_ces_mean"], advice["answers"]) == ("", "", "")
    assert advice["stands_out"] == "too few answers"


@pytest.mark.parametrize("name", ["=1+1", "+49", "-cmd", "@SUM(A1)", "\tx"])
def test_no_cell_runs_in_a_spreadsheet(name):
    row = next(row for row in rows(changed("payment", name=name)) if row["touchpoint_id"] == "payment")

    assert row["touchpoint"] == f"'{name}"


def test_nine_customers_are_left_out_and_ten_stay():
    nine, ten = (without_small_cells(changed("refer", customers=number)) for number in (9, 10))

    assert "refer" not in {each.id for each in nine.touchpoints}
    assert "Left out because fewer than 10 customers were there: Recommends us." in nine.notes
    assert "refer" in {each.id for each in ten.touchpoints}


def test_nobody_at_all_names_nobody():
    assert touchpoint(without_small_cells(changed("ad", customers=0)), "ad").series[0].amount == 812_000


def test_figures_that_rest_on_fewer_than_ten_are_blank():
    few = changed(
        "payment",
        went_on=share(9, 7_900),
        dropped_out=share(0, 7_900),
        experience=score(-31.0, 4, -9.0, 9, "solid", "low"),
        customers_before=3,
    )

    payment = touchpoint(without_small_cells(few), "payment")

    assert payment.went_on.value is None
    assert payment.dropped_out.value == 0
    assert (payment.experience.difference, payment.experience.n, payment.experience.sources) == (None, 0, ())
    assert payment.customers_before is None


def test_small_transitions_kinds_and_headline_figures_do_not_leave():
    left = without_small_cells(SAMPLE)

    assert {(each.from_id, each.to_id) for each in left.transitions} == {("ad", "search"), ("payment", "confirmed")}
    assert next(figure for figure in left.headline if figure.id == "repeat").n == 0
    assert [kind.customers for kind in left.unmapped.kinds] == [9_120, 4_410, 880]


def test_a_scope_of_nine_customers_leaves_nothing_but_the_reason():
    left = without_small_cells(replace(SAMPLE, customers=9))

    assert (left.stages, left.headline, left.transitions, left.customers, left.visits) == ((), (), (), 0, 0)
    assert left.notes == ("Fewer than 10 customers are in this scope, so no figure may leave the workspace.",)


def smallest(value: object) -> list[int]:
    """Every count of customers or answers in exported JSON, but those of nobody."""
    if isinstance(value, list):
        return [count for each in value for count in smallest(each)]
    if not isinstance(value, dict):
        return []
    own = [value[name] for name in ("customers", "n", "of", "count", "visits", "customers_before") if value.get(name)]
    return own + [count for each in value.values() for count in smallest(each)]


def test_no_count_in_exported_json_is_below_ten():
    tiny = changed("payment", loops=share(3, 11), experience=score(1.0, 4, 1.0, 7, "hollow", ""))

    assert min(smallest(json.loads(export_map(tiny, "json").content))) >= FEWEST


def test_json_has_stages_with_their_touchpoints():
    found = json.loads(export_map(SAMPLE, "json").content)

    assert [stage["id"] for stage in found["stages"]] == [stage.id for stage in SAMPLE.stages]
    assert found["stages"][2]["touchpoints"][1]["experience"]["label"] == "low"
    assert found["stages"][-1]["goes_on"] is None
    assert found["start"] == "2026-07-03"


def test_mermaid_scores_run_from_one_to_five_and_leave_out_what_cannot_be_said():
    text = export_map(SAMPLE, "mmd").content.decode()

    assert text.startswith(
        "journey\n    title Buy tea online\n    section Awareness\n      Social ad: 4: Social media\n"
    )
    assert "      Payment: 3: Website\n" in text
    assert "%% Too few answers: Tea advice, Recommends us" in text
    assert {int(score) for score in re.findall(r": (\d): ", text)} <= {1, 2, 3, 4, 5}


def test_no_name_becomes_a_directive_of_mermaid():
    hostile = '%%{init: {"themeCSS": "x"}}%%'
    silent = changed(
        "payment",
        name=hostile,
        experience=ExperienceScore(None, None, None, None, None, 0, None, "broken", "", None, True, ()),
    )

    assert "%%{" not in export_map(replace(silent, name=hostile, notes=(hostile,)), "mmd").content.decode()


def test_mermaid_syntax_in_a_name_is_taken_out():
    text = export_map(changed("payment", name="Pay: now; #1, fast\nsection X"), "mmd").content.decode()

    assert "      Pay now 1 fast section X: 3: Website\n" in text


def test_html_fetches_nothing_and_says_the_same_twice():
    page = export_map(changed("payment", name="<img src=x onerror=alert(1)>"), "html").content.decode()

    assert not re.search(r"<(script|link|img|iframe)\b|url\(http|@import|src=\"", page)
    assert "<svg" in page
    assert page.count("much worse") >= 1
    assert "prefers-color-scheme:dark" in page


def test_pictures_are_what_they_say():
    ElementTree.fromstring(export_map(SAMPLE, "svg").content)
    assert export_map(SAMPLE, "png").content.startswith(b"\x89PNG")
    assert export_map(SAMPLE, "pdf").content.startswith(b"%PDF")


def test_file_names_are_harmless():
    assert export_map(replace(SAMPLE, workspace="../Æther & Söhne"), "svg").name == "ther-s-hne-journey-map.svg"


def test_an_unknown_format_is_answered_with_those_there_are():
    with pytest.raises(UnknownFormatError, match=r"cannot be written as \.docx; it can as \.svg, \.png, \.pdf, \.html"):
        export_map(SAMPLE, ".docx")
    assert set(FORMATS) == {"svg", "png", "pdf", "html", "csv", "json", "mmd"}


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "map.csv").mkdir()

    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        write_whole(tmp_path / "map.csv", b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["map.csv"]


def test_columns_are_named_once():
    names = [name for name, _ in COLUMNS]

    assert len(names) == len(set(names))


def test_touchpoints_nobody_came_by_are_named_and_take_no_row_except_in_data():
    nothing = ExperienceScore(None, None, None, None, None, 0, None, "broken", "", None, True, ())
    journey_map = changed("payment", customers=0, visits=0, experience=nothing, series=())
    sentence = "Nobody came by: Payment."

    assert len(rows(journey_map)) == len(rows(SAMPLE)) - 1
    assert sentence in rows(journey_map)[0]["notes"]
    for suffix in ("html", "mmd", "svg"):
        written = export_map(journey_map, suffix).content.decode()
        assert sentence in written, suffix
        assert '<th scope="row">Payment</th>' not in written
    assert '"Payment"' in export_map(journey_map, "json").content.decode()
