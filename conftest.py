"""Fixtures for tests that look at pages: a workspace of their own and Django's client on it."""

from __future__ import annotations

import functools
import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchline.config.settings")

settings.register_profile("everyday", max_examples=24, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)  # make verify
settings.load_profile("everyday")


LONG = (
    "tests/docs/test_console_blocks.*verification",  # plants worlds, and shares nothing with the other pages
    "tests/browser/test_(pages|map|questions|timeline|collect_live)",  # they look at one running demo
    "tests/docs/test_console_blocks",
    "tests/clients/",
    "src/touchline/api/",
    "tests/browser/sdk/",
    "tests/browser/test_first_hour",
    "tests/browser/test_importing",
    "tests/proofs/",
    "tests/hostile/",
    "tests/browser/",
    "src/touchline/events/actions/tests/test_interruptions",
    "src/touchline/cli/",
    "src/touchline/verification/",
    "tests/",
)
"""What takes long, in the order in which it is begun, so that no worker is left with much while the others are done."""
KEPT_TOGETHER = LONG[:6]
"""What one worker does, as what these tests share takes long to make. Everything else is divided by file."""


def _place(nodeid: str, patterns: Sequence[str]) -> int:
    """Which of the patterns fits first, or their number."""
    return next((place for place, each in enumerate(patterns) if re.match(each, nodeid)), len(patterns))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Let one worker do a whole file, or what is kept together: pytest 9.2 no longer reads what xdist 3.8 marks."""
    from xdist.scheduler import LoadGroupScheduling

    class Scheduling(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            place = _place(nodeid, KEPT_TOGETHER)
            return KEPT_TOGETHER[place] if place < len(KEPT_TOGETHER) else nodeid.split("::", 1)[0]

    config.option.loadscopereorder = False
    return Scheduling(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    items.sort(key=lambda item: _place(item.nodeid, LONG))


gc.disable()  # a fifth of what collecting the tests takes, and it finds nothing: all of it stays until the end


def pytest_collection_finish() -> None:
    """From here on look for garbage, but not among what was collected."""
    gc.freeze()
    gc.enable()


def pytest_unconfigure() -> None:
    """Libraries complain of what is left when Python ends."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _new_stores_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Making its tables takes more than half of the time of a new store, and the tests make a thousand: they copy one that was made.

    The engine's own tests make theirs: src/touchline/engine/tests/conftest.py.
    """
    from touchline.engine.store import Store, StoreError

    create = Store.create
    made = tmp_path_factory.mktemp("store") / "store.duckdb"
    create(made).close()

    @functools.wraps(create)
    def copied(path: Path) -> Store:
        if path.exists():
            raise StoreError(f"{path} exists already.")
        shutil.copy(made, path)
        return Store.open(path)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "create", copied)
        yield


@pytest.fixture
def open_copy(tmp_path: Path) -> Iterator[Callable[[Path], Workspace]]:
    """Open a copy of a workspace that was filled once, under its own name; it is closed when the test ends."""
    opened: list[Workspace] = []

    def copy(folder: Path) -> Workspace:
        opened.append(open_workspace(shutil.copytree(folder, tmp_path / folder.name)))
        return opened[-1]

    yield copy
    for workspace in opened:
        workspace.close()


@pytest.fixture
def page_workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace with the default journey, named Fernhill Outdoor."""
    from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

    workspace = create_workspace(tmp_path / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    yield workspace
    workspace.close()


@pytest.fixture
def client(page_workspace: Workspace):
    """Django's test client, asking from this machine about `page_workspace`."""
    import django
    from django.test import Client, override_settings

    class AskingFromAThread(Client):
        """Playwright leaves an event loop running in the thread of the tests; Django's middleware refuses to run there."""

        def request(self, **request):
            with ThreadPoolExecutor(max_workers=1) as thread:
                return thread.submit(super().request, **request).result()

    django.setup()
    uploads = page_workspace.uploads
    uploads.mkdir(exist_ok=True)
    with override_settings(WORKSPACE_FOLDER=page_workspace.folder, FILE_UPLOAD_TEMP_DIR=str(uploads)):
        yield AskingFromAThread(SERVER_NAME="127.0.0.1", enforce_csrf_checks=False)
