"""docs/guide/collect-live.md as its reader does it: a visit in a real page stands on the map and the timeline, without reload."""

from __future__ import annotations

import base64
import re
import shlex
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "collect-live.md").read_text("utf-8")
ARRIVES_MS = 15_000
"""The guide says three seconds; the machines of tests are busy."""


def guide_command(beginning: str) -> list[str]:
    """The words of a command that the guide shows, without the program's name."""
    (command,) = re.findall(rf"^\$ touchline ({beginning}.*)$", GUIDE, re.MULTILINE)
    return shlex.split(command)


def without_reload(page: Page) -> None:
    page.evaluate("window.loadedOnce = true")


def was_not_reloaded(page: Page) -> bool:
    return page.evaluate("window.loadedOnce === true")


def test_a_visit_appears_on_the_map_and_the_timeline_without_reload(
    page: Page, browser, tmp_path, monkeypatch, run_touchline, start_site, shop
):
    monkeypatch.chdir(tmp_path)
    shop_url = f"http://127.0.0.1:{shop.server_port}"
    run_touchline(*guide_command("init"))
    made = run_touchline(
        *(word.replace("http://127.0.0.1:8080", shop_url) for word in guide_command('-w shop key create "Shop'))
    )
    site = start_site(tmp_path / "shop")
    (example,) = re.findall(r"^```html\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    token = re.search(r"^    (tl_\S+)$", made, re.MULTILINE).group(1)
    shop.page = example.replace("http://127.0.0.1:8000", site.url).replace("YOUR-TOKEN", token)

    page.goto(site.url)
    expect(page.get_by_role("heading", name="No data yet")).to_be_visible()
    without_reload(page)
    customer = browser.new_context().new_page()
    customer.goto(f"{shop_url}/products/red-shirt.html")
    expect(page.get_by_role("heading", name="Nobody is in this scope")).to_be_visible(timeout=ARRIVES_MS)
    customer.get_by_role("button", name="I agree").click()
    customer.get_by_role("button", name="Into the basket").click()

    expect(page.locator("journey-map")).to_be_visible(timeout=ARRIVES_MS)
    expect(page.get_by_role("link", name="Basket", exact=False).first).to_be_visible()
    assert was_not_reloaded(page)

    customer.reload()
    customer.get_by_role("button", name="Log in as Ada").click()
    page.goto(f"{site.url}/customers")
    expect(page.get_by_text("ada@example.org").first).to_be_visible(timeout=ARRIVES_MS)
    page.get_by_role("link", name="ada@example.org").first.click()
    without_reload(page)
    expect(page.get_by_text("Product page").first).to_be_visible()
    expect(page.get_by_text("Checkout", exact=True)).to_have_count(0)

    customer.goto(f"{shop_url}/checkout")

    expect(page.get_by_text("Checkout", exact=True).first).to_be_visible(timeout=ARRIVES_MS)
    assert was_not_reloaded(page)
    customer.context.close()


def test_a_key_is_made_and_copied_on_the_page_which_counts_what_comes_by_it(page: Page, demo_site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=demo_site.url)
    page.goto(f"{demo_site.url}/collect")
    page.get_by_label("What sends with it").fill("Kiosk app")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Copy the token").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_have_count(1)
    token = page.evaluate("navigator.clipboard.readText()")
    assert token == page.locator("#token").text_content()

    page.goto(f"{demo_site.url}/collect")
    without_reload(page)
    row = page.get_by_role("row").filter(has_text="Kiosk app")
    expect(row).to_contain_text("nothing yet")
    assert token not in page.content()
    page.get_by_label("What sends with it").focus()
    basic = base64.b64encode(f"{token}:".encode()).decode()
    call = b'{"userId": "42", "event": "Coupon Applied"}'
    with urlopen(Request(f"{demo_site.url}/v1/track", call, {"Authorization": f"Basic {basic}"}), timeout=10) as answer:
        assert answer.status == 200

    expect(row).not_to_contain_text("nothing yet", timeout=ARRIVES_MS)
    assert was_not_reloaded(page)
    assert page.evaluate("document.activeElement.name") == "name"  # whoever types goes on typing
