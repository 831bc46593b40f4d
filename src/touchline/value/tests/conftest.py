"""A shop of 300 customers, imported once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.value.tests.shops import bring_in, orders_of_a_shop


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Do not change its data; assumptions may be changed."""
    folder = tmp_path_factory.mktemp("value")
    workspace = create_workspace(folder / "shop", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    bring_in(workspace, folder, orders_of_a_shop())
    yield workspace
    workspace.close()
