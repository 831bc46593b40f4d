"""A small shop: twelve customers see a product and begin to check out, two pay; a film belongs to no touchpoint."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

CALLS = ("Product Viewed", "Checkout Started", "Film Watched")


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """38 events of May 2026, one customer on each day from the 1st; to be copied."""
    calls = [
        {
            "type": "track",
            "event": event,
            "userId": f"u{customer}",
            "messageId": f"{customer}-{position}",
            "context": {"page": {"path": "/shop"}},
            "timestamp": f"2026-05-{customer + 1:02d}T10:{position:02d}:00Z",
        }
        for customer in range(12)
        for position, event in enumerate((*CALLS, "Payment Info Entered") if customer < 2 else CALLS)
    ]
    folder = tmp_path_factory.mktemp("overview")
    file = folder / "calls.jsonl"
    file.write_text("\n".join(json.dumps(call) for call in calls), "utf-8")
    workspace = create_workspace(folder / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    (report,) = import_files(workspace, [file], accept_proposals=True)
    assert (report.imported, report.quarantined) == (38, 0)
    bring_up_to_date(workspace)
    workspace.close()
    return workspace.folder


@pytest.fixture
def shop(shop_folder: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """A copy of it, open."""
    return open_copy(shop_folder)


@pytest.fixture
def page_workspace(request: pytest.FixtureRequest) -> Workspace:
    """What `client` asks about: the shop in tests that name it, and else an empty workspace."""
    wanted = "shop" if "shop" in request.fixturenames else "empty_workspace"
    found: Workspace = request.getfixturevalue(wanted)
    return found


@pytest.fixture
def empty_workspace(tmp_path: Path) -> Iterator[Workspace]:
    """With the default journey."""
    workspace = create_workspace(tmp_path / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    yield workspace
    workspace.close()
