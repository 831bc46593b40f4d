"""Pages about data that hold hostile texts: nothing of them runs, nothing makes a page wider than the window."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from tests.hostile.hostile_world import HOSTILE, make_hostile_workspace

from touchline.analyses.facade import keep_segment
from touchline.boards.facade import keep_question
from touchline.engine.workspace import open_workspace
from touchline.journeys.facade import adopt_unmapped, journey_map
from touchline.segments.facade import save_filter

STEPS = {"steps": ["event:Product Viewed", "event:Product Added"]}
FUNNEL = "/questions/funnel?steps=event:Product+Viewed&steps=event:Product+Added&period=all"
PAGES = [
    "/",
    "/?view=table",
    f"/?touchpoint={quote(HOSTILE[0])}&filter={quote(HOSTILE[1])}",
    "/quarantine",
    "/imports",
    "/journey",
    "/journey/planned",
    "/journey/propose",
    "/boards",
    "/boards/1",
    f"{FUNNEL}&breakdown=campaign",
    f"{FUNNEL}&split={quote(HOSTILE[1])}",
    "/questions/paths?period=all",
    f"/questions/sessions?breakdown={quote(HOSTILE[0])}",
    f"/numbers/reach?target={'L' * 500}",
]
EXPORTS = ["/map.svg", "/map.html"]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory, start_site):
    folder = make_hostile_workspace(tmp_path_factory.mktemp("hostile-site"))
    workspace = open_workspace(folder)
    adopt_unmapped(workspace, journey_map(workspace).unmapped.kinds, "service")
    save_filter(workspace, HOSTILE[0], "orders > 0")
    keep_segment(workspace, HOSTILE[1], "funnel", STEPS, "through")
    keep_question(workspace, HOSTILE[1], "funnel", STEPS, HOSTILE[0], HOSTILE[1])
    workspace.close()
    return start_site(folder)


def test_no_text_runs_and_none_makes_a_page_wider(browser, hostile_site, tmp_path):
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("dialog", lambda dialog: (problems.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda each: problems.append(f"{page.url}: {each.text}") if "Content Security" in each.text else None
    )
    for address in PAGES:
        answer = page.goto(hostile_site.url + address)
        assert answer.status in (200, 404), address
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{address} is wider than the window")
    for address in EXPORTS:
        file = tmp_path / address[1:]
        file.write_bytes(context.request.get(hostile_site.url + address).body())
        page.goto(file.as_uri())
    context.close()

    assert problems == []
