from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, refresh
from touchline.verification.facade import write_demo_exports

CUSTOMERS = 300


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_demo_exports(folder / "exports", folder / "truth", seed=3, customers=CUSTOMERS)
    return folder / "exports"


@pytest.fixture(scope="session")
def company(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A small year of the demo company, as its exports lie."""
    workspace = create_workspace(
        tmp_path_factory.mktemp("company-workspace") / "w", Settings("Shop", "Europe/Berlin"), DEFAULT_JOURNEY_TOML
    )
    import_files(workspace, sorted(exports.iterdir()), accept_proposals=True)
    refresh(workspace)
    yield workspace
    workspace.close()


sys.path.insert(0, str(Path(__file__).parent))
