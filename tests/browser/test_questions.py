"""Each kind of question, asked, kept on a board and kept as a segment in a real browser, with the keyboard's reach."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from touchline.analyses.facade import all_kinds

USUALLY = ("funnel", "retention", "conformance")
"""Of the kinds, which share their pages: tests/questions/test_kept.py keeps all of them without a browser."""
KINDS = [
    pytest.param(kind, id=kind.name, marks=() if kind.name in USUALLY else pytest.mark.verify) for kind in all_kinds()
]
WITH_PARTS = [each for each in KINDS if each.values[0].parts]


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_asked_and_kept(page: Page, demo_site, kind) -> None:
    page.goto(f"{demo_site.url}/questions")
    page.get_by_role("link", name=kind.title, exact=False).filter(has_text=kind.asks).click()
    page.locator("summary", has_text=re.compile("Last|Everything")).click()
    page.get_by_label("Everything").check()
    page.locator(".menu-body", has=page.get_by_label("Everything")).get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("period=all"))
    sentence = page.locator(".answer-sentence").first.text_content()
    assert sentence

    page.get_by_role("textbox", name="On a board").fill(f"Board of {kind.name}")
    page.get_by_role("textbox", name="Titled").fill(f"Our {kind.name}")
    page.get_by_role("textbox", name="With a note").fill("Kept by a test")
    page.get_by_role("button", name="Keep on the board").click()

    card = page.locator("article", has=page.get_by_role("heading", name=f"Our {kind.name}"))
    expect(card.locator(".answer-sentence").first).to_have_text(sentence)
    expect(card).to_contain_text("Kept by a test")
    card.get_by_role("link", name=f"Our {kind.name}").click()
    expect(page.locator(".answer-sentence").first).to_have_text(sentence)
    expect(page).to_have_url(re.compile("period=all"))


@pytest.mark.parametrize("kind", WITH_PARTS)
def test_a_part_of_a_question_becomes_a_segment(page: Page, demo_site, kind) -> None:
    page.goto(f"{demo_site.url}/questions/{kind.name}?period=all")
    page.get_by_label("Named").fill(f"Found by {kind.name}")
    page.get_by_role("button", name="Keep these customers").click()

    said = page.locator(".message")
    expect(said).to_contain_text(f"as the segment “Found by {kind.name}”")
    kept = int(re.search(r"Kept ([\d,]+) customers", said.text_content() or "")[1].replace(",", ""))

    page.goto(f'{demo_site.url}/questions/paths?period=all&filter=segment("Found by {kind.name}")')
    if kept:
        expect(page.locator(".answer-sentence").first).to_be_visible()


def test_a_board_is_taken_away_as_pdf_and_slides(page: Page, demo_site, tmp_path: Path) -> None:
    from pptx import Presentation

    page.goto(demo_site.url)
    page.locator("summary", has_text="Keep").click()
    page.get_by_role("textbox", name="On a board").fill("For Friday")
    page.get_by_role("button", name="Keep on the board").click()
    page.goto(f"{demo_site.url}/questions/funnel")
    page.get_by_role("textbox", name="On a board").fill("For Friday")
    page.get_by_role("button", name="Keep on the board").click()

    files = {}
    for name in ("PDF", "PowerPoint"):
        page.locator("summary", has_text="Export").click()
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        files[name] = Path(download.value.path()).read_bytes()
        page.reload()

    assert len(PdfReader(BytesIO(files["PDF"])).pages) == 2
    slides = Presentation(BytesIO(files["PowerPoint"])).slides
    assert [sum(shape.has_chart for shape in slide.shapes) for slide in slides] == [1, 1]


def test_steps_are_asked_for_by_keyboard_and_a_bad_one_is_explained(page: Page, demo_site) -> None:
    page.goto(f"{demo_site.url}/questions/funnel")
    page.get_by_label("Steps, 1").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("baskett")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("There is no touchpoint or event “baskett”. There are: basket")
    expect(page.get_by_label("Steps, 1")).to_have_value("baskett")
    expect(page.get_by_label("Steps, 2")).not_to_have_value("")
