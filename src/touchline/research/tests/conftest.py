"""A tiny shop of three customers: each sees a product, two pay. And a table of research notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.research.tests.tables import NOTES, bring_in

EVENTS = "\n".join(
    f'{{"type": "track", "event": "{event}", "userId": "u{customer}", "messageId": "{customer}-{event}", '
    f'"timestamp": "2026-05-0{customer + 1}T10:0{minute}:00Z"}}'
    for customer in range(3)
    for minute, event in enumerate(("Product Viewed", "Payment Info Entered")[: 2 if customer < 2 else 1])
)


@pytest.fixture
def shop(page_workspace: Workspace, tmp_path: Path) -> Workspace:
    """`page_workspace` with five events of three customers."""
    bring_in(page_workspace, tmp_path / "calls.jsonl", EVENTS)
    return page_workspace


@pytest.fixture
def notes_file(tmp_path: Path) -> Path:
    """Four rows: two on Payment, one on a step of its own, one without words."""
    file = tmp_path / "notes.csv"
    file.write_text(NOTES, "utf-8")
    return file
