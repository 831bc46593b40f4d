"""A workspace whose data hold hostile texts wherever a file can put one."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hostile_texts import HOSTILE

from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, refresh

NAMES = ("Page Viewed", "Product Viewed", "Product Added", "Order Completed")
CUSTOMERS = 2 * len(HOSTILE)
BEGINS = datetime.fromisoformat("2026-03-01T09:00:00+00:00")


def _call(customer: int, place: int, name: str) -> str:
    def hostile(more: int) -> str:
        return HOSTILE[(customer + place + more) % len(HOSTILE)]

    return json.dumps(
        {
            "type": "track", "event": name, "userId": f"u{customer}", "messageId": f"m{customer}-{place}",
            "timestamp": (BEGINS + timedelta(days=customer % 20, minutes=place)).isoformat(),
            "properties": {hostile(1): hostile(2), "path": f"/{hostile(3)}", "name": hostile(4)},
            "context": {"campaign": {"name": hostile(5), "source": hostile(6)}},
        }
    )  # fmt: skip


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Closed; whoever changes it takes a copy."""
    folder = tmp_path_factory.mktemp("hostile")
    calls = [
        _call(customer, place, name)
        for customer in range(CUSTOMERS)
        for place, name in enumerate((*NAMES, HOSTILE[customer % len(HOSTILE)]))
    ]
    (folder / "calls.jsonl").write_text("\n".join(calls) + "\n", "utf-8")
    workspace = create_workspace(folder / "w", Settings(HOSTILE[0]), DEFAULT_JOURNEY_TOML)
    import_files(workspace, [folder / "calls.jsonl"], accept_proposals=True)
    refresh(workspace)
    workspace.close()
    return folder / "w"


@pytest.fixture
def hostile(hostile_folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the hostile workspace."""
    shutil.copytree(hostile_folder, tmp_path / "w")
    workspace = open_workspace(tmp_path / "w")
    yield workspace
    workspace.close()
