"""A shop whose payments are scored low, made once, and copied for whoever changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace
from touchline.improvements.tests.worlds import bring, low_scores
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

BEGIN = date(2026, 6, 1)


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory) -> Path:
    """Four weeks of sixty customers: two payments of five end in the lowest score, every basket in the highest."""
    folder = tmp_path_factory.mktemp("strategy")
    workspace = create_workspace(folder / "shop", Settings("Fernhill Outdoor", currency="EUR"), DEFAULT_JOURNEY_TOML)
    bring(workspace, folder, low_scores(range(-4, 0), BEGIN))
    workspace.close()
    return folder / "shop"


@pytest.fixture
def shop(shop_folder, tmp_path) -> Iterator[Workspace]:
    """A copy of it, open."""
    shutil.copytree(shop_folder, tmp_path / "shop")
    workspace = open_workspace(tmp_path / "shop")
    yield workspace
    workspace.close()


@pytest.fixture
def asking(client, shop):
    """Django's client, asking about the shop."""
    from django.test import override_settings

    with override_settings(WORKSPACE_FOLDER=shop.folder):
        yield client
