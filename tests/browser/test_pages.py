"""Every page in both themes, wide and narrow: nothing for axe to find, nothing that sticks out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/",
    "/?view=table",
    "/?touchpoint=payment",
    "/?filter=nonsense(",
    "/import",
    "/imports",
    "/quarantine",
    "/journey",
    "/journey/text",
    "/journey/settings",
    "/journey/planned",
    "/journey/propose",
    "/journey/stages/service",
    "/journey/touchpoints/new",
    "/help",
    "/help/reference/settings",
    "/questions",
    *(f"/questions/{name}" for name in ("funnel", "retention", "step-matrix", "archetypes", "conformance")),
    "/questions/funnel?compare=previous&breakdown=device",
    "/questions/funnel?steps=nowhere&steps=basket",
    "/boards",
    "/numbers/customers",
    "/numbers/reach?target=stage:service",
]


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_axe_finds_nothing_and_nothing_sticks_out(page, demo_site, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    problems = {}
    for address in PAGES:
        page.goto(demo_site.url + address)
        found = violations(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("the page is wider than the window")
        if found:
            problems[address] = found

    assert problems == {}


def test_at_twice_the_size_everything_still_fits(page, demo_site):
    page.set_viewport_size({"width": 640, "height": 450})  # 1280 by 900 at 200 %
    for address in PAGES:
        page.goto(demo_site.url + address)

        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address


def test_controls_are_large_enough_to_hit(page, demo_site):
    """WCAG 2.5.8: 24 by 24 px, or apart from others; links inside sentences are exempt."""
    for address in PAGES:
        page.goto(demo_site.url + address)
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, input:not([type=hidden]), nav a, a.button, summary')]
              .map((each) => [each, (each.closest("label") ?? each).getBoundingClientRect()])
              .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
              .map(([each]) => each.outerHTML.slice(0, 120))"""
        )

        assert small == [], address


def test_the_theme_is_remembered(page, demo_site):
    page.goto(f"{demo_site.url}/import")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Dark theme").click()
    page.goto(f"{demo_site.url}/journey")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.get_by_role("button", name="Dark theme").get_attribute("aria-pressed") == "true"


def test_the_skip_link_leads_to_the_content(page, demo_site):
    page.goto(f"{demo_site.url}/import")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
