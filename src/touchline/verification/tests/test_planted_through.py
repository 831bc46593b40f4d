"""A planted world through the importers: every row is understood, and the product sees what was planted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from touchline.customers.facade import resolve
from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import refresh
from touchline.verification.verify.persons import persons
from touchline.world.planted.exports.company import write_planted_company
from touchline.world.planted.switches import Switches
from touchline.world.planted.world import make_planted_world


@pytest.fixture(scope="module")
def through(tmp_path_factory: pytest.TempPathFactory):
    folder: Path = tmp_path_factory.mktemp("planted")
    world = make_planted_world(4, 200, Switches())
    definition = write_planted_company(world, folder / "files")
    workspace = create_workspace(folder / "workspace", Settings("Planted", "UTC", "EUR"), definition)
    reports = import_files(workspace, [folder / "files"], accept_proposals=True)
    refresh(workspace)
    yield world, workspace, reports
    workspace.close()


def test_every_row_of_every_file_is_understood(through):
    _, _, reports = through

    assert len(reports) == 5
    assert {report.status for report in reports} == {"done"}
    assert sum(report.quarantined + report.skipped for report in reports) == 0


def test_pages_are_visited_as_often_as_planted_but_for_those_at_the_counter(through):
    """Visits without an account on the browser that everybody uses are nobody's."""
    world, workspace, _ = through
    seen = dict(
        workspace.store.rows(
            "select t.id, count(*) from visits v join touchpoints t on t.position = v.touchpoint group by 1"
        )
    )
    planted = np.bincount(world.life.visits.place, minlength=world.plan.touchpoints)

    for place, name in enumerate(world.plan.names):
        if name.kind in ("page", "delivery", "payment"):
            assert planted[place] * 0.97 - 2 <= seen.get(name.id, 0) <= planted[place]


def test_customers_of_the_store_are_the_persons_of_the_world(through):
    world, workspace, _ = through
    resolve(workspace)

    who = persons(workspace)

    assert len(who) == len(set(who.values()))
    assert len(who) >= 0.98 * len(world.people)


def test_a_workspace_holds_no_truth(through):
    _, workspace, _ = through

    assert {path.name for path in workspace.folder.rglob("*") if "truth" in path.name} == set()
    assert "loyalty" not in (workspace.folder / "journey.toml").read_text("utf-8")
