from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = create_workspace(tmp_path / "workspace", Settings("Test", "Europe/Berlin", "EUR"), "")
    yield workspace
    workspace.close()
