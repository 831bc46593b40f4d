"""Every page in both themes, wide and narrow: nothing for axe to find, nothing that sticks out."""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import re
import time
from dataclasses import dataclass, field
from typing import Literal
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.browser.looking import violations

Theme = Literal["light", "dark"]
Look = tuple[int, int, Theme]
PAGES = [
    "/",
    "/?view=table",
    "/?touchpoint=payment",
    "/?filter=nonsense(",
    "/pains",
    "/import",
    "/imports",
    "/quarantine",
    "/collect",
    "/collect/keys/1",
    "/collect/rejected",
    "/collect/rejected/1",
    "/collect/webhooks/new",
    "/collect/webhooks/2",
    "/collect/webhooks/2/mapping",
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
    "/customers",
    "/customers?search=greta",
    "/customers?search=nobody@example.org",
    "/customers/1",
    "/accounts",
    "/value",
    "/identity",
    "/identity/audit",
    "/experiments",
    "/experiments/new",
    "/experiments/shorter-form",
    "/improvements",
    "/improvements/new",
    "/improvements/ledger",
    "/improvements/1",
    "/improvements/1/edit",
    "/improvements/1/launch",
    "/strategy",
    "/strategy/inventory",
    "/strategy/gaps",
    "/strategy/gaps/1",
    "/strategy/proposals",
    "/strategy/roadmap",
    "/strategy/review",
    "/strategy/pack",
]

LOOKS: tuple[Look, ...] = ((1440, 900, "light"), (640, 450, "dark"), (390, 900, "dark"))
"""Width, height and theme; 640 by 450 is 1280 by 900 at 200 %."""
FOR_AXE = (LOOKS[0], LOOKS[2])
"""Each page is tried in one of them, by turns, and each pair of colours once, as axe takes long; `make verify` tries both in full."""

TOO_SMALL_TO_HIT = """() =>
  [...document.querySelectorAll('button, select, input:not([type=hidden]), nav a, a.button, summary')]
    .map((each) => [each, (each.closest("label") ?? each).getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(([each]) => each.outerHTML.slice(0, 120))"""


def looks(page: Page, width: int, height: int, theme: Theme) -> Page:
    """The page that is open, in another window and theme."""
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    return page


def is_wider_than_the_window(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@dataclass
class Found:
    """What is wrong with which address."""

    by_axe: dict[str, list[str]] = field(default_factory=dict)
    sticking_out: list[str] = field(default_factory=list)
    small: dict[str, list[str]] = field(default_factory=dict)


def deliver(site: str, made: str) -> None:
    """Send to the webhook that was just made, signed with the secret that was shown; it waits for a mapping."""
    path, secret = re.search(r"/hooks/\S+", made).group(), re.search(r"whsec_(\S+)", made).group(1)
    body, seconds = b'{"at": "2026-08-01T10:00:00Z", "mail": "ada@example.org", "rating": 4}', str(int(time.time()))
    digest = hmac.new(base64.b64decode(secret), b"msg_1." + seconds.encode() + b"." + body, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    headers = {"webhook-id": "msg_1", "webhook-timestamp": seconds, "webhook-signature": signature}
    with urlopen(Request(site + path, body, headers), timeout=10) as answer:
        assert answer.status == 200


@pytest.fixture(scope="module")
def rejected_event(demo_site, run_touchline) -> None:
    """A write key and a webhook, and an event of each that waits in the rejection log."""
    made = run_touchline("-w", demo_site.folder, "key", "create", "Shop website", "--origin", "https://shop.example")
    token = re.search(r"tl_\S+", made).group()
    basic = base64.b64encode(f"{token}:".encode()).decode()
    request = Request(f"{demo_site.url}/v1/track", b"{}", {"Authorization": f"Basic {basic}"})
    with urlopen(request, timeout=10) as answer:
        assert answer.status == 200
    deliver(demo_site.url, run_touchline("-w", demo_site.folder, "hook", "create", "generic", "--name", "Tills"))
    deadline = time.monotonic() + 20
    while b"no_mapping" not in urlopen(f"{demo_site.url}/collect/rejected?code=no_mapping", timeout=10).read():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    while b"no_event_name" not in urlopen(f"{demo_site.url}/collect/rejected", timeout=10).read():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture(scope="module")
def launched(demo_site, run_touchline) -> None:
    """An experiment that is planned; an improvement that reaches everyone, and is too early to read."""
    run_touchline("-w", demo_site.folder, "experiments", "plan", "Shorter form", "--at", "payment")
    asked = ("--title", "Shorter form", "--touchpoint", "payment", "--target", "experience", "--effort-days", "12")
    run_touchline("-w", demo_site.folder, "case", *asked, "--next-review", "2026-12-01")
    run_touchline("-w", demo_site.folder, "launch", "1", "--on", "2026-10-20")


@pytest.fixture(scope="module")
def planned(demo_site, run_touchline, launched: None, tmp_path_factory) -> None:
    """A team, a gap that is kept and others that are proposed, a lens, a quarter that is overloaded, a closed audit."""
    table = tmp_path_factory.mktemp("inventory") / "inventory.csv"
    table.write_text("kind,name,serves,days_a_quarter\nteam,Crew,payment,5\n", "utf-8")
    run = functools.partial(run_touchline, "-w", demo_site.folder, "strategy")
    run("inventory", "--import", table)
    answers = ("--answer", "people.owner=partly", "--answer", "data.joined=not at all", "--who", "Mia")
    run("audit", *answers, "--target", "20", "--lens", "experience_economy", "--close")
    run("gaps", "--keep", "answer:people.owner", "--owner", "Mia")
    run("roadmap", "--put", "1=2026-Q4")


@pytest.fixture(scope="module")
def found(window: BrowserContext, demo_site, rejected_event: None, planned: None) -> Found:
    """Each page is loaded once and looked at in every way; axe looks once."""
    found = Found()
    page = window.new_page()
    seen: dict[Look, set[str]] = {look: set() for look in FOR_AXE}
    for place, address in enumerate(PAGES):
        looks(page, 1440, 900, "light").goto(demo_site.url + address)
        if small := page.evaluate(TOO_SMALL_TO_HIT):
            found.small[address] = small
        for look in LOOKS:
            if is_wider_than_the_window(looks(page, *look)):
                found.sticking_out.append(f"{address} at {look[0]} px")
            if look == FOR_AXE[place % 2] and (problems := violations(page, seen[look])):
                found.by_axe[f"{address}, {look}"] = problems
    page.close()
    return found


def test_axe_finds_nothing(found: Found) -> None:
    assert found.by_axe == {}


@pytest.mark.verify
@pytest.mark.parametrize("look", FOR_AXE)
def test_axe_finds_nothing_in_either_look(
    window: BrowserContext, demo_site, rejected_event: None, planned: None, look: Look
) -> None:
    problems = {}
    page = window.new_page()
    for address in PAGES:
        looks(page, *look).goto(demo_site.url + address)
        if found := violations(page):
            problems[address] = found
    page.close()
    assert problems == {}


def test_nothing_sticks_out_of_a_wide_and_a_narrow_window_and_at_twice_the_size(found: Found) -> None:
    assert found.sticking_out == []


def test_controls_are_large_enough_to_hit(found: Found) -> None:
    """WCAG 2.5.8: 24 by 24 px, or apart from others; links inside sentences are exempt."""
    assert found.small == {}


def test_the_theme_is_remembered(page: Page, demo_site) -> None:
    page.goto(f"{demo_site.url}/import")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Dark theme").click()
    page.goto(f"{demo_site.url}/journey")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.get_by_role("button", name="Dark theme").get_attribute("aria-pressed") == "true"


def test_the_skip_link_leads_to_the_content(page: Page, demo_site) -> None:
    page.goto(f"{demo_site.url}/import")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
