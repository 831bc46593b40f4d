"""What axe says about a page."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

ONLY_NEW_COLOURS = """(seen) => {
  const known = new Set(seen), grounds = new Map();
  const ground = (each) => {
    if (!each) return "";
    if (!grounds.has(each)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(each);
      const own = [backgroundColor, backgroundImage, opacity].join();
      const behind = ground(each.parentElement);
      grounds.set(each, own === "rgba(0, 0, 0, 0),none,1" ? behind : `${behind}/${own}`);
    }
    return grounds.get(each);
  };
  for (const each of document.querySelectorAll("body *")) {
    const has_text = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!has_text && !each.matches("input, select, textarea")) continue;
    if (!each.checkVisibility({ visibilityProperty: true }) || each.getBoundingClientRect().width <= 1) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(each);
    const is_off = Boolean(each.closest(":disabled, [aria-disabled=true]"));
    const drawn = each.closest("svg") ? each.getAttribute("class") : "";
    const colours = [each.tagName, drawn, is_off, color, fontSize, fontWeight, ground(each)].join();
    if (!known.has(colours)) each.setAttribute("data-new-colours", "");
    known.add(colours);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-new-colours]" }] });
  return [...known];
}"""
"""Have axe judge the contrast of each pair of text and ground once: judging it is two thirds of axe's processor time."""


def by_colours() -> list[Any]:
    """What was seen in each theme, for a test that looks at pages of its own in both; `make verify` sees all again."""
    return [
        pytest.param({"light": set(), "dark": set()}, id="each colour once"),
        pytest.param({}, id="all colours", marks=pytest.mark.verify),
    ]


def violations(page: Page, seen: set[str] | None = None) -> list[str]:
    """What axe finds, each with the place; all else that it knows stays in the browser, as handing it over takes long.

    Given the colours that were seen on other pages, it judges the contrast of new ones only, and adds them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    if seen is not None:
        seen.update(page.evaluate(ONLY_NEW_COLOURS, [*seen]))
    found: list[str] = page.evaluate(
        """(rules) => axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false }).then(({ violations }) =>
          violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)))""",
        RULES,
    )
    return found
