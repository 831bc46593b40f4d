"""docs/guide/experiments.md in a real browser: a page asks for its variant, and stands in the experiment that is read."""

from __future__ import annotations

import base64
import json
import time
from urllib.request import Request, urlopen

from playwright.sync_api import Page, expect

from touchline.collection.facade import make_write_key
from touchline.engine.workspace import Settings, create_workspace
from touchline.experiments.facade import Plan, create_experiment, start_experiment
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

ARRIVES_SECONDS = 20
NAME = "reassurance-at-checkout"
SHOP = """<!doctype html><html lang="en"><title>Checkout</title>
<script async src="{site}/v1/touchline.js" data-write-key="{token}"></script>
<script>
  window.touchline = window.touchline || [];
  touchline.push(["variant", "reassurance-at-checkout", (arm) => {{ document.body.dataset.arm = String(arm); }}]);
</script><body><p>Pay here</p></body></html>"""


def asked_by_server(site: str, token: str, **body: object) -> dict[str, object]:
    basic = base64.b64encode(f"{token}:".encode()).decode()
    request = Request(f"{site}/v1/variant", json.dumps(body).encode(), {"Authorization": f"Basic {basic}"})
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


def arms_once_there_are(site: str, customers: int) -> dict[str, int]:
    deadline = time.monotonic() + ARRIVES_SECONDS
    while True:
        with urlopen(f"{site}/api/v1/experiments/{NAME}/reading", timeout=10) as answer:
            arms = {arm["name"]: arm["exposed"] for arm in json.load(answer)["arms"]}
        if sum(arms.values()) >= customers or time.monotonic() > deadline:
            return arms
        time.sleep(0.2)


def test_pages_and_servers_get_a_variant_and_are_counted(page: Page, tmp_path, start_site, shop):
    workspace = create_workspace(tmp_path / "workspace", Settings("Quill & Co"), DEFAULT_JOURNEY_TOML)
    shop_url = f"http://127.0.0.1:{shop.server_port}"
    _, token = make_write_key(workspace, "Shop", [shop_url])
    create_experiment(workspace, Plan("Reassurance at checkout", "ordered", change_name="reassurance"))
    start_experiment(workspace, NAME)
    workspace.close()
    site = start_site(workspace.folder)
    shop.page = SHOP.format(site=site.url, token=token)

    page.goto(shop_url)
    expect(page.locator("body")).to_have_attribute("data-arm", "undefined")  # nobody has agreed yet
    page.evaluate("touchline.consent({ analytics: true })")
    drawn = page.evaluate(f"touchline.variant('{NAME}')")
    answered = asked_by_server(site.url, token, experiment=NAME, userId="42", consent=True)
    assert asked_by_server(site.url, token, experiment=NAME, userId="42", consent=True) == answered
    page.evaluate("dispatchEvent(new Event('online'))")

    expected = {"control": 0, "reassurance": 0}
    for arm in (drawn, answered["variant"]):
        expected[arm] += 1
    assert arms_once_there_are(site.url, 2) == expected
    page.goto(f"{site.url}/experiments/{NAME}")
    expect(page.get_by_role("heading", name="Who is in it")).to_be_visible()
