"""The one browser of a test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

NO_BROWSER = "No Chrome or Chromium was found, so nothing was tried in a browser."
FLAGS = ["--no-sandbox", "--js-flags=--no-opt --no-maglev"]
"""Pages of tests live too short for the compilers that make a script fast: they cost more than they save."""


@pytest.fixture(scope="session")
def browser_path() -> str | None:
    """Any Chrome or Chromium on this machine. The headless one has no window to draw."""
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    )
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser(browser_path: str | None) -> Iterator[Browser]:
    """A running one; with CI=true a missing one is a failure."""
    if browser_path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        yield browser
        browser.close()
