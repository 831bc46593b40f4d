"""A tiny shop, three customers: each sees a product, two pay, each pays tribute in a survey; and a table of research notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.events.facade import import_files

EVENTS = "\n".join(
    f'{{"type": "track", "event": "{event}", "userId": "u{customer}", "messageId": "{customer}-{event}", '
    f'"timestamp": "2026-05-0{customer + 1}T10:0{minute}:00Z"}}'
    for customer in range(3)
    for minute, event in enumerate(("Product Viewed", "Payment Info Entered")[: 2 if customer < 2 else 1])
)
NOTES = (
    "Step,Note,Method,Participant,Researcher,Date,Score\n"
    "Payment,Could not find the card form,Usability test,P1,Mia,2019-03-01,1\n"
    "payment,Call me on +44 20 7946 0958 about it,Interview,P2,Mia,2026-05-02,2\n"
    "Unboxing,Too much plastic,Workshop,,Tom,2031-01-01,5\n"
    "Product page,,Interview,P3,Mia,2026-05-02,4\n"
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


def bring_in(workspace: Workspace, file: Path, content: str):
    """Import typed content and give its report."""
    file.write_text(content, "utf-8")
    (report,) = import_files(workspace, [file], accept_proposals=True)
    return report
