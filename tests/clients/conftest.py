"""The five clients send to one collector: once for all tests here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.clients.collector import CollectorProcess
from tests.clients.gateway import Gateway
from tests.clients.pages import ShopPages
from tests.clients.plans import BROWSER, CLIENTS, plan
from tests.clients.story import FAULTS, Story, Told, let_everybody_send, send_with_a_wrong_key, sender
from tests.conftest import NO_BROWSER

from tools.install_clients import is_installed
from touchline.collection.facade import make_write_key
from touchline.engine.workspace import Settings, create_workspace, open_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

NOT_INSTALLED = (
    "The JavaScript clients are not installed; `make setup` does that where the npm registry is within reach."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Make an empty workspace with the default journey."""

    def make() -> Path:
        folder = tmp_path_factory.mktemp("clients") / "workspace"
        create_workspace(folder, Settings("Fernhill Outdoor", currency="EUR"), DEFAULT_JOURNEY_TOML).close()
        return folder

    return make


@pytest.fixture(scope="session")
def shop_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopPages]:
    """Pages of a shop with Segment's browser client, on a port of their own."""
    if not is_installed():
        pytest.fail(NOT_INSTALLED) if os.environ.get("CI") == "true" else pytest.skip(NOT_INSTALLED)
    pages = ShopPages(tmp_path_factory.mktemp("shop"))
    yield pages
    pages.close()


@pytest.fixture(scope="session")
def missing(browser_path: str | None) -> dict[str, str]:
    """Clients that cannot be tried here, and why."""
    if not is_installed():
        return dict.fromkeys(("segment-node", "rudder-node", BROWSER.name), NOT_INSTALLED)
    return {BROWSER.name: NO_BROWSER} if browser_path is None else {}


@pytest.fixture(scope="session")
def shop_page(request: pytest.FixtureRequest, missing: dict[str, str]) -> Iterator[Page | None]:
    """An open page of the shop; None where the browser's client cannot be tried."""
    if BROWSER.name in missing:
        yield None
        return
    browser: Browser = request.getfixturevalue("browser")
    pages: ShopPages = request.getfixturevalue("shop_pages")
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages.url)
    yield page
    context.close()


@pytest.fixture(scope="session")
def story(missing: dict[str, str], shop_page: Page | None, new_workspace: Callable[[], Path]) -> Iterator[Story]:
    """Everybody sends; the lines are bad; the collector is killed and comes back. Then everything is stored and at rest."""
    folder = new_workspace()
    with ExitStack() as closing:
        workspace = open_workspace(folder)
        origins = [shop_page.url.rstrip("/")] if shop_page else []
        _, token = make_write_key(workspace, "Shop website", origins)
        workspace.close()
        collector = CollectorProcess(folder)
        closing.callback(collector.stop)
        told = {
            name: Told(client, Gateway(collector.port), Gateway(collector.port, FAULTS))
            for name, client in CLIENTS.items()
            if name not in missing
        }
        for each in told.values():
            closing.callback(each.calm.close)
            closing.callback(each.stormy.close)
        plans = {name: plan(each.client, token, each.calm.url, each.stormy.url) for name, each in told.items()}
        senders = {
            name: closing.enter_context(sender(told[name].client, each))
            for name, each in plans.items()
            if name != BROWSER.name
        }
        if shop_page:
            shop_page.evaluate("legs => void shop.send(legs)", plans[BROWSER.name]["legs"])
        let_everybody_send(told, senders, collector, shop_page)
        refused = send_with_a_wrong_key(collector.url)
        collector.stop()
        workspace = open_workspace(folder)
        closing.callback(workspace.close)
        yield Story(workspace, token, told, missing, refused)
