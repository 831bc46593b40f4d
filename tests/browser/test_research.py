"""Notes of interviews on a step of the map, in a real browser: written, read and removed by keyboard."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.looking import by_colours, violations

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.research.facade import add_research_note

SCREENSHOTS = Path(os.environ.get("TOUCHLINE_SCREENSHOTS", "screenshots"))
CALLS = "\n".join(
    f'{{"type": "track", "event": "{event}", "userId": "u{customer}", "messageId": "{customer}-{event}", '
    f'"timestamp": "2026-05-{customer + 1:02d}T10:0{minute}:00Z"}}'
    for customer in range(12)
    for minute, event in enumerate(("Product Viewed", "Checkout Started", "Payment Info Entered"))
)
NOTES = (
    "Step,Note,Method,Participant,Researcher,Date\n"
    "Payment,I could not find where the card number goes,Usability test,P1,Mia,2026-05-06\n"
    "Unboxing,Everybody speaks of the plastic,Workshop,,Tom,2026-05-12\n"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory, start_site):
    """Twelve customers who pay, a table with a note on Payment and one on no step, and a note that was typed in."""
    folder = tmp_path_factory.mktemp("research")
    for name, content in (("calls.jsonl", CALLS), ("notes.csv", NOTES)):
        (folder / name).write_text(content, "utf-8")
    workspace = create_workspace(folder / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    import_files(workspace, [folder / "calls.jsonl", folder / "notes.csv"])
    add_research_note(workspace, "product", "Opens the size guide first", method="observation")
    workspace.close()
    return start_site(workspace.folder)


def test_a_note_is_put_on_a_step_and_removed_by_keyboard(page, site):
    page.goto(site.url)
    page.locator('a.touchpoint[data-touchpoint="payment"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-name")).to_have_text("Payment")

    page.get_by_text("Add a note", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("She asked whether the shop keeps the card")
    page.keyboard.press("Escape")
    expect(page.get_by_label("What was said or seen")).to_have_value("She asked whether the shop keeps the card")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("P7")
    page.get_by_role("button", name="Put it on this step").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Put a note on “Payment”.")).to_be_visible()
    section = page.locator(".panel #research")
    expect(section).to_contain_text("She asked whether the shop keeps the card")
    expect(section).to_contain_text("Interview, P7")
    expect(section.locator(".research-note")).to_have_count(2)

    page.get_by_label("Remove this note: She asked").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Removed the note.")).to_be_visible()
    expect(section.locator(".research-note")).to_have_count(1)


@pytest.mark.parametrize("seen", by_colours())
def test_axe_finds_nothing_and_nothing_sticks_out(page, site, seen):
    SCREENSHOTS.mkdir(exist_ok=True)
    page.goto(f"{site.url}/?touchpoint=payment")
    page.get_by_text("Add a note", exact=True).click()
    for theme, width in (("light", 1440), ("dark", 390), ("dark", 1440), ("light", 390)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"research-{theme}-{width}.png", full_page=True)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page, seen.get(theme)) == []
