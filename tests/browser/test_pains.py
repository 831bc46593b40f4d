"""Pain points in a real browser: looked for, found on the map, opened, sorted by keyboard, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import by_colours, violations
from tests.browser.test_pages import TOO_SMALL_TO_HIT, is_wider_than_the_window, looks
from tests.pages.pain_world import make_shop

COMPUTED_WITHIN_MS = 90_000
PAIN = "/pains/payment~errors"
MAP = "/?period=all"
PAGES = ("/pains?sort=-customers", PAIN, f"{PAIN}/close-up", f"{MAP}&touchpoint=payment")


@pytest.fixture(scope="module")
def pain_site(tmp_path_factory, start_site):
    """The shop whose payment fails, before anybody asked for its pain points."""
    workspace = make_shop(tmp_path_factory.mktemp("shop") / "workspace", is_computed=False)
    workspace.close()
    return start_site(workspace.folder)


@pytest.fixture(scope="module")
def computed_site(pain_site, window):
    """The same after somebody pressed the button and waited."""
    page = window.new_page()
    page.goto(f"{pain_site.url}/pains")
    page.get_by_role("button", name="Find the pain points").click()
    expect(page.get_by_role("heading", name="Where to act first")).to_be_visible(timeout=COMPUTED_WITHIN_MS)
    page.close()
    return pain_site


def test_from_the_map_to_a_pain_and_on_to_the_case_for_a_fix(page: Page, computed_site) -> None:
    page.goto(computed_site.url + MAP)
    expect(page.locator(".tile.is-stake")).to_contain_text("a month")

    page.locator("a.pain", has_text="Something failed").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("is associated, after adjustment, with")
    expect(page.locator(".twins")).to_have_count(10)  # fetched apart

    page.get_by_role("link", name="Make the case").click()
    expect(page).to_have_url(re.compile("/improvements/new[?]pain=payment~errors"))


def test_the_ranking_is_sorted_by_keyboard(page: Page, computed_site) -> None:
    page.goto(f"{computed_site.url}/pains")
    page.get_by_role("link", name="Who it hits").focus()

    page.keyboard.press("Enter")

    expect(page.locator("th[aria-sort=descending]")).to_have_text("Who it hits")
    assert page.locator("table.ranking tbody th a").first.text_content().startswith("Something failed")
    page.get_by_role("link", name="Who it hits").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Who it hits")


def test_without_javascript_everything_is_still_there(browser, computed_site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{computed_site.url}/pains")

    page.get_by_label("Symptom").select_option("errors")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("table.ranking tbody tr")).to_have_count(1)
    page.locator("table.ranking tbody th a").click()
    page.get_by_role("link", name=re.compile("twins")).click()
    expect(page.locator(".twins")).to_have_count(10)
    context.close()


@pytest.mark.parametrize("seen", by_colours())
def test_pages_are_well_made_wide_and_narrow_light_and_dark(window, computed_site, seen: dict[str, set[str]]) -> None:
    found = {}
    page = window.new_page()
    for address in PAGES:
        looks(page, 1440, 900, "light").goto(computed_site.url + address)
        if small := page.evaluate(TOO_SMALL_TO_HIT):
            found[f"{address}, too small to hit"] = small
        for theme, width in (("light", 1440), ("dark", 390)):
            if is_wider_than_the_window(looks(page, width, 900, theme)):
                found[f"{address} sticks out at {width} px"] = True
            if problems := violations(page, seen.get(theme)):
                found[f"{address}, {theme}, {width} px"] = problems
    page.close()
    assert found == {}
