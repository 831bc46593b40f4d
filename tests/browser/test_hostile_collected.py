"""Pages about what anybody may send with the public write key, opened in a browser: nothing of it runs."""

from __future__ import annotations

from urllib.parse import quote

from tests.hostile.collecting_world import collecting_world
from tests.hostile.hostile_bodies import MARKUP
from tests.hostile.test_collected_texts import hostile_calls

from touchline.journeys.facade import refresh

PAGES = (
    "/", "/?view=table", "/customers", f"/customers?q={quote(MARKUP[0])}", f"/customers?q={quote(MARKUP[1])}", "/customers/1",
    "/accounts", "/accounts/1", "/identity", "/identity/audit", "/collect", "/collect/keys/1", "/collect/rejected",
    f"/collect/rejected?q={quote(MARKUP[1])}", "/collect/rejected/1", "/imports", "/questions/paths?period=all",
    "/questions/sessions?breakdown=campaign",
)  # fmt: skip


def test_nothing_that_was_collected_runs_and_nothing_makes_a_page_wider(browser, start_site, tmp_path):
    with collecting_world(tmp_path) as world:
        assert {status for status, _ in world.send(hostile_calls())} == {200}
        world.settle()
        refresh(world.workspace)
    site = start_site(tmp_path / "w")
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("dialog", lambda dialog: (problems.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda each: problems.append(f"{page.url}: {each.text}") if "Content Security" in each.text else None
    )
    for address in PAGES:
        answer = page.goto(site.url + address)
        if answer.status not in (200, 404):
            problems.append(f"{address}: {answer.status}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            problems.append(f"{address} is wider than the window")
    context.close()

    assert problems == []
