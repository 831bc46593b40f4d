"""Two groups: a planted difference is found, habits of the same people are not."""

from __future__ import annotations

import random

import pytest

from touchline.analyses.facade import answered, usual_question
from touchline.analyses.tests.worlds import Happened, journey, make

SHOP = journey(awareness=("Ad", "Page"), purchase=("Cart", "Order"), service=("Help",))
BEFORE, NOW = "2026-01-01", "2026-04-01"


def visits(who: int, day: float, *names: str) -> list[Happened]:
    return [Happened(who, day + at / 100, name) for at, name in enumerate(names)]


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """400 journeys in January and 400 in April, of other people: half as many go from the cart to the order."""
    chance = random.Random(5)
    happened = []
    for who in range(800):
        later = who >= 400
        orders = chance.random() < (0.3 if later else 0.6)
        begins = chance.choice(("Ad", "Page"))
        ends = ("Order",) if orders else ("Help",) if chance.random() < 0.5 else ()
        happened += visits(who + 1, (90 if later else 0) + who % 20, begins, "Cart", *ends)
    workspace = make(tmp_path_factory.mktemp("differences") / "shop", SHOP, happened)
    yield workspace
    workspace.close()


def ask(workspace, kind, **given):
    texts = {
        "start": [NOW], "end": ["2026-04-30"], "compare_start": [BEFORE], "compare_end": ["2026-01-31"],
        **{name: [text] for name, text in given.items()},
    }  # fmt: skip
    return answered(workspace, usual_question(workspace, kind, texts))


def test_a_planted_difference_is_found_and_nothing_else(changed):
    found = ask(changed, "paths", anchor="cart", outcome="order", length="2")

    different = next(table for table in found.difference.tables if table.id == "paths-different")
    paths = {row.cells[0]: row.cells[3] for row in different.rows}
    assert paths["Cart → Order"] == pytest.approx(0.3, abs=0.1)  # second minus first: January minus April
    assert paths["Cart → (end)"] < 0
    assert all(row.n > 50 for row in different.rows)
    assert "differ. The largest difference: Cart → Order, " in found.difference.sentence
    assert "points more often in the second group" in found.difference.sentence
    outcome = next(table for table in found.difference.tables if table.id == "path-outcomes-different")
    assert [row.cells[0] for row in outcome.rows] == ["All paths"]


def test_where_paths_come_from_shows_no_difference(changed):
    found = ask(changed, "paths", anchor="cart", direction="before", length="2")

    assert found.difference.sentence == (
        "No detectable difference: none of the 2 paths compared differs between the groups."
    )
    assert [table.id for table in found.difference.tables] == ["paths-same"]
    assert found.difference.charts == ()


def test_both_groups_list_the_same_paths(changed):
    found = ask(changed, "paths", top="1", length="4")

    def listed(answer):
        return {path.steps for path in (*answer.paths, *answer.beside)}

    assert listed(found.answer) == listed(found.second)
    assert len(listed(found.answer)) == 2
    assert found.answer.beside[0].share.count > 0


def test_a_group_beside_another(changed):
    found = ask(changed, "paths", compare_start="", compare_end="", against='visited("order")')

    assert found.second.seen.with_path.of < found.answer.seen.with_path.of
    assert found.difference is not None


def test_the_step_matrix_shows_differences_where_they_are(changed):
    found = ask(changed, "step-matrix", anchor="cart", places="1")

    heat, table = found.difference.charts[0], found.difference.tables[0]
    cells = dict(zip(heat.rows, heat.values, strict=True))
    assert heat.diverging
    assert heat.columns == ("−1", "0", "+1")
    assert cells["Order"][2] == pytest.approx(0.3, abs=0.1)
    assert cells["(end)"][2] < 0
    assert cells["Ad"] == cells["Page"] == cells["Cart"] == (None, None, None)
    assert [row.cells for row in table.rows] == [(name, *values) for name, values in cells.items()]


def test_people_who_do_the_same_again_and_again_are_no_evidence(tmp_path):
    """In either month twelve people make forty journeys each, always the same way; who goes which way is chance."""
    happened = []
    for who in range(24):
        way = ("Ad", "Cart") if (who < 12 and who % 2) or who in (12, 13, 14) else ("Page", "Cart")
        month = 0 if who < 12 else 90
        for number in range(40):
            happened += visits(who + 1, month + number / 2, *way)
    workspace = make(tmp_path / "habits", SHOP, happened)

    found = ask(workspace, "paths", bounds="session", session_minutes="60", length="2")

    first = found.answer.paths[0]
    assert (first.share.of, first.share.clusters) == (480, 12)
    assert first.share.design_effect == pytest.approx(40 * 12 / 11, rel=0.01)
    assert found.difference.sentence.startswith("No detectable difference")
    workspace.close()
