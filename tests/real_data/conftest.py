"""The real data sets, and workspaces into which they were imported once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import FileReport, import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

ROOT = Path(__file__).parents[2]
Imported = tuple[Workspace, list[FileReport]]


@pytest.fixture(scope="session")
def data_set() -> Callable[[str], Path]:
    """Find a file or folder of the real data, or skip."""
    folder = Path(os.environ.get("TOUCHLINE_DATA", ROOT.parent / "shared" / "data"))

    def find(name: str) -> Path:
        if not (folder / name).exists():
            pytest.skip(f"The real data set {name} is not here; set TOUCHLINE_DATA to the folder that holds it.")
        return folder / name

    return find


@pytest.fixture(scope="module")
def import_of(
    data_set: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Imported]]:
    """Import a data set with the proposed mapping, uncorrected, into a workspace of its own; once per module."""
    imported: dict[str, Imported] = {}

    def give(name: str) -> Imported:
        if name not in imported:
            settings = Settings(name, time_zone="Europe/London", currency="GBP")
            workspace = create_workspace(tmp_path_factory.mktemp("real") / "workspace", settings, DEFAULT_JOURNEY_TOML)
            imported[name] = (workspace, import_files(workspace, [data_set(name)], accept_proposals=True))
        return imported[name]

    yield give
    for workspace, _ in imported.values():
        workspace.close()
