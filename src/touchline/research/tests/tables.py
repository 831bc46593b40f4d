"""A table of research notes, and importing typed content."""

from __future__ import annotations

from pathlib import Path

from touchline.engine.workspace import Workspace
from touchline.events.facade import FileReport, import_files

NOTES = (
    "Step,Note,Method,Participant,Researcher,Date,Score\n"
    "Payment,Could not find the card form,Usability test,P1,Mia,2019-03-01,1\n"
    "payment,Call me on +44 20 7946 0958 about it,Interview,P2,Mia,2026-05-02,2\n"
    "Unboxing,Too much plastic,Workshop,,Tom,2031-01-01,5\n"
    "Product page,,Interview,P3,Mia,2026-05-02,4\n"
)


def bring_in(workspace: Workspace, file: Path, content: str) -> FileReport:
    """Import typed content and give its report."""
    file.write_text(content, "utf-8")
    (report,) = import_files(workspace, [file], accept_proposals=True)
    return report
