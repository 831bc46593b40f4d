"""Pain points on the map: drawn without covering each other, said in words, and never more sure than they are."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.exports.catalogue import export_map
from touchline.overview.pains import amount_in_words, as_on_map, pains_at
from touchline.overview.table import pain_table, touchpoint_table
from touchline.overview.tests.sample import EMPTY, PAINS, SAMPLE
from touchline.overview.tests.test_drawing import Addresses, of_class, parsed, texts
from touchline.overview.tests.test_terminal import printed
from touchline.overview.tiles import money_tile
from touchline.pains.tests import sample as computed

NONE_FOUND = replace(PAINS, pains=(), at_stake=None, why_no_total="There is one customer, so nothing can be compared.")


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    found = of_class(parsed(svg), "pain-box")
    return [tuple(float(box.get(name)) for name in ("x", "y", "width", "height")) for box in found]


def test_boxes_lie_beside_or_under_each_other_within_the_map():
    placed = boxes(draw_map(SAMPLE))

    assert len(placed) == len(PAINS.pains)
    for (x, y, width, height), (other_x, other_y, *_) in itertools.combinations(placed, 2):
        assert abs(x - other_x) >= width or abs(y - other_y) >= height
    assert all(x >= 0 and x + width <= 1296 for x, _, width, _ in placed)


def test_what_finds_no_room_is_counted():
    many = replace(PAINS, pains=tuple(replace(PAINS.pains[0], id=f"payment~{number}") for number in range(12)))
    svg = draw_map(replace(SAMPLE, pains=many))

    assert len(boxes(svg)) == 3  # one under the other
    assert "and 9 pain points more in the table" in texts(parsed(svg))


def test_a_lead_shows_no_amount_on_the_map_and_a_range_in_words():
    lead = next(pain for pain in PAINS.pains if pain.grade == "D" and pain.at_stake)
    shown = texts(parsed(draw_map(SAMPLE)))

    assert "€18.6k" in shown
    assert "€4.2k" not in shown
    assert amount_in_words(lead) == "−€900 to €9.3k a month, a lead, not a cause"


def test_what_costs_nothing_is_told_from_what_cannot_be_said():
    unknown = replace(PAINS.pains[0], at_stake=None, counts_in_total=False)
    harmless = replace(unknown, is_no_loss=True)

    assert "no amount can be said" in texts(parsed(draw_map(replace(SAMPLE, pains=replace(PAINS, pains=(unknown,))))))
    assert "no loss can be seen" in texts(parsed(draw_map(replace(SAMPLE, pains=replace(PAINS, pains=(harmless,))))))


def test_touchpoints_with_pains_carry_a_flag_and_boxes_lead_to_their_page():
    root = parsed(draw_map(SAMPLE, links=Addresses()))

    assert len(of_class(root, "pain-flag")) == len({pain.touchpoint_id for pain in PAINS.pains})
    assert {link.get("href") for link in of_class(root, "pain")} == {f"/pains/{pain.id}" for pain in PAINS.pains}


def test_a_moment_of_truth_has_a_mark_and_a_key():
    root = parsed(draw_map(SAMPLE))

    assert len(of_class(root, "moment")) == 2
    assert "moment of truth" in texts(root)
    assert "moment of truth" not in texts(parsed(draw_map(replace(SAMPLE, pains=replace(PAINS, moments=())))))


@pytest.mark.parametrize(
    ("pains", "sentence"),
    [
        (None, "Pain points have not been looked for yet."),
        (NONE_FOUND, "There is one customer, so nothing can be compared."),
        (replace(NONE_FOUND, why_no_total=""), "No pain point stands out."),
    ],
)
def test_without_pains_the_row_says_why(pains, sentence):
    assert sentence in texts(parsed(draw_map(replace(SAMPLE, pains=pains))))


def test_the_total_is_that_of_the_joint_model_and_no_sum():
    shown = money_tile(PAINS)

    assert (shown.value, shown.unit, shown.band) == ("€24.9k", "a month", "80% interval €20.3k to €30.2k")
    assert PAINS.at_stake.median < sum(pain.at_stake.median for pain in PAINS.pains if pain.counts_in_total)
    assert money_tile(NONE_FOUND).value == "cannot say"


def test_tables_say_the_same_in_words():
    rows = {row.name: [cell.text for cell in row.cells] for row in pain_table(SAMPLE).rows if row.name != "Slow"}
    payment = next(row for row in touchpoint_table(SAMPLE).rows if row.id == "payment")

    assert rows["An error was shown"][:4] == ["Payment", "1,488 customers", "€18.6k", "€15.1k to €22.4k"]
    assert rows["Rage or dead clicks"][2:4] == ["a lead, not a cause", "−€900 to €9.3k"]
    assert any(cell.text.startswith("An error was shown: €18.6k a month (80% interval") for cell in payment.cells)


def test_the_terminal_has_a_line_for_each_pain():
    text = printed(SAMPLE)

    assert "1 Payment: An error was shown: €18.6k a month" in text
    assert "Money at stake" in text
    assert "Where to act first" not in printed(EMPTY)


def test_evidence_that_rests_on_fewer_than_ten_stays_in_the_workspace():
    written = json.loads(export_map(SAMPLE, "json").content)["pains"]

    assert {each["n"] for pain in written["pains"] for each in pain["evidence"]} == {
        pain.customers for pain in PAINS.pains
    }
    assert written["at_stake"]["median"] == 24_900


def test_files_say_where_to_act_first():
    page = export_map(SAMPLE, "html").content.decode()
    lines = export_map(SAMPLE, "csv").content.decode("utf-8-sig").splitlines()

    assert page.index("Where to act first") < page.index("The same in numbers")
    assert "An error was shown: €18.6k a month" in next(line for line in lines if ",payment,Payment," in line)
    ElementTree.fromstring(export_map(SAMPLE, "svg").content)


def test_results_come_onto_the_map_as_they_were_computed():
    found = as_on_map(computed.SAMPLE)

    assert [pain.id for pain in found.pains] == [
        "payment~errors", "tracking~broken_promise", "support~repeat_contact", "product~frustration", "landing~slow_page",
    ]  # fmt: skip
    assert [pain.counts_in_total for pain in found.pains] == [True, True, True, False, False]
    assert found.pains[0].name == "An error was shown"
    assert found.pains[-1].why_no_amount == "The effect cannot be estimated, so there is no amount."
    assert found.at_stake.median == 24_900
    assert [moment.touchpoint_id for moment in found.moments] == ["payment"]
    assert [each.n for each in found.pains[0].evidence] == [1_860, 1_742, 214, 214]
    assert as_on_map(computed.REFUSED).why_no_total == "There is one customer; pains are found by comparing customers."
    assert pains_at(replace(SAMPLE, pains=found), "payment") == found.pains[:1]
