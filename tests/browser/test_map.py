"""The map in a real browser: by keyboard, with the panel, filtered, opened and taken away as a PDF."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

SCREENSHOTS = Path(os.environ.get("TOUCHLINE_SCREENSHOTS", "screenshots"))

BESIDE_THE_FIGURES = {"x": 20, "y": 20}


@pytest.fixture
def map_page(page, demo_site):
    page.goto(demo_site.url)
    expect(page.locator(".journey-map")).to_be_visible()
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.dataset.touchpoint ?? document.activeElement.id")


def test_arrow_keys_move_between_touchpoints_and_enter_opens_one(map_page):
    map_page.locator('a.touchpoint[data-touchpoint="basket"]').focus()

    map_page.keyboard.press("ArrowRight")
    map_page.keyboard.press("ArrowRight")
    assert focused(map_page) == "payment"
    expect(map_page.locator(".map-readout")).to_contain_text("Payment:")

    map_page.keyboard.press("Enter")
    expect(map_page.locator("#panel-name")).to_have_text("Payment")
    assert focused(map_page) == "panel"
    assert "touchpoint=payment" in map_page.url

    map_page.keyboard.press("Escape")
    expect(map_page.locator("#panel")).to_have_count(0)
    assert focused(map_page) == "payment"

    map_page.go_back()
    expect(map_page.locator("#panel-name")).to_have_text("Payment")


def test_home_and_end_reach_the_ends_and_the_map_scrolls_along(map_page):
    map_page.set_viewport_size({"width": 390, "height": 800})
    map_page.locator("a.touchpoint").first.focus()

    map_page.keyboard.press("End")

    last = map_page.locator("a.touchpoint").last
    assert focused(map_page) == last.get_attribute("data-touchpoint")
    box = last.bounding_box()
    assert box["x"] + box["width"] <= 390
    labels = map_page.locator(".row-labels").bounding_box()
    assert labels["x"] == pytest.approx(map_page.locator(".map-scroll").bounding_box()["x"], abs=2)


def test_a_step_in_the_panel_leads_to_the_next_touchpoint(map_page):
    map_page.locator('a.touchpoint[data-touchpoint="payment"]').click(position=BESIDE_THE_FIGURES)
    step = map_page.locator("[data-step]").first
    name = step.text_content()

    step.click()

    expect(map_page.locator("#panel-name")).to_have_text(name)
    expect(map_page.locator("a.touchpoint[aria-current]")).to_have_count(1)


def test_the_map_is_narrowed_and_widened_again(map_page):
    everyone = map_page.locator(".provenance").text_content()

    map_page.get_by_text("All channels").click()
    map_page.get_by_label("App", exact=True).check()
    map_page.locator("details[open]").get_by_role("button", name="Apply").click()
    expect(map_page.locator(".provenance")).not_to_have_text(everyone)

    map_page.get_by_label("Remove the filter App").click()
    expect(map_page.locator(".provenance")).to_have_text(everyone)


def test_a_number_opens_the_events_behind_it(map_page):
    customers = map_page.locator('a.figure[href*="/numbers/customers?target=payment"]')
    shown = customers.text_content()

    customers.click()

    expect(map_page.get_by_role("heading", level=1)).to_contain_text("Customers")
    expect(map_page.locator("main table tbody tr").first).to_be_visible()
    assert shown


def test_the_map_leaves_as_a_pdf(map_page, tmp_path):
    map_page.get_by_text("Export", exact=True).click()
    with map_page.expect_download() as download:
        map_page.get_by_text("Print (PDF)").click()

    download.value.save_as(tmp_path / "map.pdf")
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")


def test_without_javascript_everything_is_still_there(browser, demo_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_site.url)

    page.locator('a.touchpoint[data-touchpoint="payment"]').click(position=BESIDE_THE_FIGURES)
    expect(page.locator("#panel-name")).to_have_text("Payment")
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.get_by_role("row", name=re.compile("^Payment"))).to_be_visible()
    page.locator("summary", has_text="Last 90 days").click()
    page.get_by_label("Everything").check()
    page.locator("details[open]").get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("period=all"))
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_to_look_at(page, demo_site, theme):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.emulate_media(color_scheme=theme)
    for name, address, width in (
        ("map", "/", 1440),
        ("table", "/?view=table", 1440),
        ("panel", "/?touchpoint=payment", 390),
    ):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(demo_site.url + address)
        page.screenshot(path=SCREENSHOTS / f"{name}-{theme}.png", full_page=True)

        assert (SCREENSHOTS / f"{name}-{theme}.png").stat().st_size > 20_000
