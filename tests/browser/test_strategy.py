"""From the audit to a gap, its improvement, the roadmap, and the board pack that shows them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader
from tests.pages.pain_world import make_shop

PAIN = "/pains/payment~errors"


@pytest.fixture(scope="module")
def shop(tmp_path_factory, start_site):
    """A shop with one pain point of grade C, with an amount."""
    folder = tmp_path_factory.mktemp("strategy") / "workspace"
    make_shop(folder).close()
    return start_site(folder)


def exported(page: Page, name: str) -> bytes:
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    page.locator("summary", has_text="Export").click()
    return Path(waiting.value.path()).read_bytes()


def test_from_the_audit_to_the_board_pack(page: Page, shop):
    page.goto(f"{shop.url}/strategy")
    row = page.get_by_role("row", name="Payment Purchase")
    expect(row).to_contain_text("Payment: something failed")
    page.get_by_label("Every touchpoint has somebody who answers for how customers find it. Answer").select_option(
        "partly"
    )
    page.get_by_label("Answered by").fill("Mia")
    page.get_by_role("button", name="Keep answers").click()
    expect(page.get_by_role("status")).to_contain_text("Kept 1 answer.")

    parts = page.get_by_role("navigation", name="Strategy")
    parts.get_by_role("link", name="Inventory").click()
    page.get_by_label("Kind").select_option("team")
    page.get_by_label("Name", exact=True).fill("Checkout crew")
    page.get_by_label("Days of work a quarter").fill("10")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("main")).to_contain_text("Teams have 10 days of work a quarter.")

    parts.get_by_role("link", name="Gaps").click()
    proposed = page.get_by_role("listitem").filter(has_text="Evidence grade C")
    expect(proposed).to_contain_text("80% interval")
    proposed.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Make the case").click()
    page.get_by_label("Effort, days of work").fill("12")
    page.get_by_label("Owner").fill("Mia")
    page.get_by_role("button", name="Keep").click()
    title = page.get_by_role("heading", level=1).inner_text()

    page.get_by_role("link", name="Strategy", exact=True).click()
    parts.get_by_role("link", name="Gaps").click()
    expect(page.get_by_role("row", name="Gap 1")).to_contain_text(title)
    parts.get_by_role("link", name="Proposals").click()
    expect(page.get_by_role("row", name=f"1. {title}")).to_contain_text("a month for each day of work (80% interval")
    expect(page.get_by_role("row", name=f"1. {title}")).to_contain_text("50% (grade C)")

    parts.get_by_role("link", name="Roadmap").click()
    page.get_by_label(f"Quarter of {title}").select_option(index=1)
    page.get_by_role("button", name="Move").click()
    expect(page.locator("main")).to_contain_text("12 days planned, 10 days available: 2 days too many.")

    parts.get_by_role("link", name="Board pack").click()
    expect(page.locator("#roadmap")).to_contain_text("is overloaded")
    slides = Presentation(BytesIO(exported(page, "PowerPoint"))).slides
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) >= 1
    pdf = PdfReader(BytesIO(exported(page, "PDF")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert "2 days too many" in text
    links = {each.get_object()["/A"]["/URI"] for sheet in pdf.pages for each in sheet.get("/Annots", ())}
    assert {f"{shop.url}{PAIN}", f"{shop.url}/improvements/1"} <= links
    assert f"]({shop.url}/improvements/1)" in exported(page, "Markdown").decode()
