"""Take a picture of every page of a demo workspace: `python -m tools.screenshots`.

Pictures go to screenshots/ (not kept by git), named page-theme-width.png; with --readme also the two pictures of
the map in docs/images. Look at each before a change to the pages is called done.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
THEMES = ("light", "dark")
WIDTHS_PX = (1440, 390)
START_SECONDS = 30
BESIDE_THE_NAVIGATION = {
    "table": "/?view=table",
    "panel": "/?touchpoint=payment",
    "refused": "/?filter=nonsense(",
    "nobody": "/?period=dates&start=2001-01-01&end=2001-01-31",
    "customer": "/customers/1",
    "customers-found": "/customers?search=greta",
    "number": "/numbers/customers?target=payment",
    "number-stage": "/numbers/reach?target=stage:service",
    "touchpoint": "/journey/touchpoints/payment",
    "stage": "/journey/stages/service",
    "journey-text": "/journey/text",
    "settings": "/journey/settings",
    "help-page": "/help/algorithms/experience-score",
}
"""Name of the picture -> address."""


def main() -> None:
    """Write the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--workspace", type=Path, help="an imported workspace; without it, a demo is made for the purpose"
    )
    asked.add_argument("--readme", action="store_true", help="also write docs/images/journey-map-*.png")
    asked.add_argument("--only", default="", help="take only pictures whose name begins so")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = options.workspace or _demo(Path(folder))
        empty = Path(folder) / "empty"
        _touchline("--workspace", empty, "init")
        with _serving(workspace) as url, _serving(empty) as empty_url, _browser() as browser:
            pictures = ROOT / "screenshots"
            pictures.mkdir(exist_ok=True)
            for name, address in (_addresses(browser, url) | _empty_addresses(browser, empty_url)).items():
                if name.startswith(options.only):
                    _take_all(browser, address, name, pictures)
            if options.readme:
                _take_for_readme(browser, url)


def _demo(folder: Path) -> Path:
    _touchline("demo", "--no-serve", "--folder", folder / "demo")
    return folder / "demo" / "workspace"


def _addresses(browser: Browser, url: str) -> dict[str, str]:
    """Name of the picture -> address, for the pages of the navigation and some that they lead to."""
    page = browser.new_page()
    page.goto(url)
    found = page.locator("nav.rail li a").evaluate_all(
        "links => links.map(each => [each.textContent.trim(), each.href])"
    )
    page.close()
    return {title.lower(): address for title, address in found} | {
        name: url + address for name, address in BESIDE_THE_NAVIGATION.items()
    }


def _empty_addresses(browser: Browser, url: str) -> dict[str, str]:
    return {
        f"empty-{name}": address
        for name, address in _addresses(browser, url).items()
        if "/?" not in address[len(url) :]
    }


def _take_all(browser: Browser, address: str, name: str, folder: Path) -> None:
    for theme in THEMES:
        for width in WIDTHS_PX:
            with _page(browser, theme, width) as page:
                page.goto(address)
                page.screenshot(path=folder / f"{name}-{theme}-{width}.png", full_page=True)
    print(name)


def _take_for_readme(browser: Browser, url: str) -> None:
    """The map down to the end of its card, in a window that just holds it."""
    folder = ROOT / "docs" / "images"
    folder.mkdir(exist_ok=True)
    for theme in THEMES:
        with _page(browser, theme, WIDTHS_PX[0]) as page:
            page.goto(url)
            card = page.locator(".map-card").bounding_box()
            assert card
            page.set_viewport_size({"width": WIDTHS_PX[0], "height": round(card["y"] + card["height"] + 10)})
            path = folder / f"journey-map-{theme}.png"
            page.screenshot(path=path)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


@contextlib.contextmanager
def _page(browser: Browser, theme: str, width: int) -> Iterator[Page]:
    context = browser.new_context(
        color_scheme="dark" if theme == "dark" else "light", viewport={"width": width, "height": 900}
    )
    yield context.new_page()
    context.close()


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("No Chrome or Chromium was found.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])


@contextlib.contextmanager
def _serving(workspace: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "touchline", "--workspace", str(workspace), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            with contextlib.suppress(urllib.error.URLError), urllib.request.urlopen(f"{url}/help", timeout=5):
                break
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _touchline(*arguments: object) -> None:
    command = [sys.executable, "-m", "touchline", *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
