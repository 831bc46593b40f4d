"""From the map to a pain, its case, the files, the launch, and, once weeks have passed, the verdict."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader

from touchline.engine.workspace import Settings, create_workspace
from touchline.improvements.tests.worlds import REGIONS, bring, low_scores
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.pains.facade import pains_of

TODAY = datetime.now(UTC).date()
"""Plans are fixed on the day of the clock, so the weeks that have passed lie after it."""
PAIN = "/pains/payment~low_score"


@pytest.fixture(scope="module")
def shop(tmp_path_factory, start_site):
    """Sixteen weeks in which two of five payments end in the lowest score, and what is sent in the weeks to come."""
    folder = tmp_path_factory.mktemp("shop")
    workspace = create_workspace(folder / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    bring(workspace, folder, low_scores(range(-16, 0), TODAY))
    pains_of(workspace)
    workspace.close()
    later = "\n".join(map(json.dumps, low_scores(range(8), TODAY, helped_regions=range(6))))
    (folder / "later.jsonl").write_text(later, "utf-8")
    return start_site(folder / "workspace")


def exported(page: Page, name: str) -> bytes:
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    content = Path(waiting.value.path()).read_bytes()
    page.locator("summary", has_text="Export").click()
    return content


def test_from_a_pain_on_the_map_to_the_verdict(page: Page, shop, run_touchline):
    page.goto(shop.url)
    page.locator(f"a[href='{PAIN}']").first.click()
    page.get_by_role("link", name="Make the case").click()
    page.get_by_label("How", exact=True).fill("Say which field the bank refused.")
    page.get_by_label("Owner").fill("Mia")
    page.get_by_label("Cost, once").fill("9000")
    page.get_by_role("button", name="Keep").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Fix “Payment: customers gave a low score”")
    expect(page.locator("#state")).to_contain_text("of 960 visits")
    expect(page.locator("#plan")).to_contain_text("Decision rule, fixed in advance.")

    pdf = PdfReader(BytesIO(exported(page, "PDF")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert "Share of bad visits to Payment" in text
    assert any(link.get_object()["/A"]["/URI"].startswith(f"{shop.url}{PAIN}") for link in pdf.pages[0]["/Annots"])
    assert len(Presentation(BytesIO(exported(page, "PowerPoint"))).slides) >= 5
    assert exported(page, "Markdown").decode().startswith("# Fix “Payment")

    page.get_by_role("link", name="Launch", exact=True).click()
    page.get_by_label("From").fill(TODAY.isoformat())
    page.get_by_label("For", exact=True).select_option(label="Some regions or groups")
    page.get_by_label("Divided by").select_option("region")
    page.get_by_label("Which of them").fill(", ".join(REGIONS[:6]))
    page.get_by_role("button", name="Launch and fix the plan").click()
    expect(page.locator("#verdict")).to_contain_text("There are no data after the launch")

    run_touchline("-w", shop.folder, "import", shop.folder.parent / "later.jsonl")
    page.reload()
    expect(page.locator("#verdict")).to_contain_text("Verdict: it works")
    expect(page.locator("#verdict")).to_contain_text("fell by 29.7 percentage points")
    expect(page.locator("#verdict")).to_contain_text("The change very likely caused it.")
    page.get_by_role("link", name="Improvements").click()
    page.get_by_role("link", name="Ledger").click()
    expect(page.get_by_role("row", name="Fix “Payment: customers gave a low score”")).to_contain_text("It works")
