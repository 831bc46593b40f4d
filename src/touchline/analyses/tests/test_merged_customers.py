"""Two names that turn out to be one person change past reports; taking the link back takes that back to the last row."""

import json

import pytest

from touchline.analyses.conftest import answer
from touchline.customers.facade import redo_link, undo_link
from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import Scope, journey_map, refresh, save_definition_text

SHOP = """
name = "Shop"
[[stage]]
id = "all"
name = "All"
[[stage.touchpoint]]
id = "view"
name = "View"
any = [{ event = "Product Viewed" }]
[[stage.touchpoint]]
id = "buy"
name = "Buy"
any = [{ event = "Order Completed" }]
"""
DERIVED = ("visits", "responses", "traits", "identities", "refused_identifiers", "account_members")


def call(kind, time, **more):
    return {"type": kind, "timestamp": f"2026-03-{time}:00Z", **more}


MARCH = [
    # somebody looks in one browser on the 1st and is known by name on the 2nd; only on the 20th do the two meet
    call("track", "01T10:00", event="Product Viewed", anonymousId="tab", context={"locale": "de-AT"}),
    call("identify", "01T10:01", anonymousId="tab", traits={"newsletter": "no", "company": "Acme"}),
    call("track", "02T10:00", event="Order Completed", userId="ada", properties={"order_id": "1", "total": 20}),
    call("track", "02T11:00", event="Survey Answered", userId="ada", properties={"metric": "nps", "score": 9}),
    call("identify", "02T12:00", userId="ada", traits={"newsletter": "yes"}),
    call("track", "03T10:00", event="Product Viewed", userId="bob"),
]
MEETING = [call("identify", "20T10:00", userId="ada", anonymousId="tab", traits={"city": "Graz"})]


def bring(workspace, calls, name):
    file = workspace.folder.parent / f"{name}.jsonl"
    file.write_text("".join(json.dumps({"messageId": f"{name}{n}", **each}) + "\n" for n, each in enumerate(calls)))
    assert [report.status for report in import_files(workspace, [file])] == ["done"]


def state(workspace):
    refresh(workspace)
    return {table: workspace.store.rows(f"select * from {table} order by all") for table in DERIVED}


def reports(workspace):
    """Reached and bought in the funnel; customers of the map and of its two touchpoints."""
    funnel = answer(workspace, "funnel", steps=["view", "buy"], period="all")
    drawn = journey_map(workspace, Scope())
    touchpoints = [each.customers for each in drawn.touchpoints]
    return [step.reached for step in funnel.steps], drawn.customers, touchpoints


@pytest.fixture
def make(tmp_path):
    made = []

    def make_one(name):
        (tmp_path / name).mkdir()
        workspace = create_workspace(tmp_path / name / "shop", Settings("Shop", currency="EUR"), "")
        save_definition_text(workspace, SHOP)
        bring(workspace, MARCH, "march")
        made.append(workspace)
        return workspace

    yield make_one
    for workspace in made:
        workspace.close()


def test_a_merge_changes_past_reports_and_its_undoing_takes_that_back(make):
    shop = make("shop")
    before = reports(shop)
    bring(shop, MEETING, "meeting")
    merged, merged_state = reports(shop), state(shop)
    without = make("without")
    bring(without, MEETING, "meeting")
    with without.store.transaction() as writer:
        writer.execute("delete from links where reason like '%anonymous_id%'")
    (ends,) = shop.store.rows("select a, b from links where reason like '%anonymous_id%'")

    undo_link(shop, *ends)
    undone, undone_state = reports(shop), state(shop)
    redo_link(shop, *ends)

    assert before == ([2, 0], 3, [2, 1])
    assert merged == ([2, 1], 2, [2, 1])
    assert undone == before
    assert undone_state == state(without)
    assert state(shop) == merged_state
    assert merged_state["traits"] != undone_state["traits"]
