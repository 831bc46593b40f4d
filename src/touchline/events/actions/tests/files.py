"""Small files for the tests of importing, and how they are brought in."""

from __future__ import annotations

from pathlib import Path

from touchline.engine.workspace import Workspace
from touchline.events.facade import (
    FileReport,
    import_files,
)

EVENTS = """event_id,customer email,time,event,page
1,ada@shop.example,2026-08-01 10:00:00,Page Viewed,/shirts?utm=x
2,ada@shop.example,2026-08-01 10:05:00,Product Added,/cart/
3,ben@shop.example,2026-08-01 11:00:00,Page Viewed,/
4,none@shop.example,2026-08-01 12:00:00,Page Viewed,/
"""
ORDERS = """Name,Email,Financial Status,Paid at,Created at,Currency,Subtotal,Total,Lineitem quantity,Lineitem name,Lineitem price,Phone,Id
#1001,ada@shop.example,paid,2026-08-01 10:10:00 +0200,2026-08-01 10:10:00 +0200,EUR,20.00,20.00,1,Shirt,20.00,,9001
#1002,ben@shop.example,pending,,2026-08-02 09:00:00 +0200,EUR,30.00,30.00,1,Shoe,30.00,+49 30 1234567,9002
"""


def one(reports: list[FileReport]) -> FileReport:
    (report,) = reports
    assert report.rows == report.imported + report.quarantined + report.skipped
    return report


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def bring(workspace: Workspace, path: Path) -> FileReport:
    return one(import_files(workspace, [path], accept_proposals=True))


def counts(report: FileReport) -> tuple[str, int, int, int, int]:
    return report.status, report.rows, report.imported, report.quarantined, report.skipped


def long_file(rows: int) -> str:
    lines = [f"{n},user{n % 1000},2026-08-01 10:00:00,Page Viewed,/p{n % 7}" for n in range(rows)]
    return "event_id,user_id,time,event,page\n" + "\n".join(lines) + "\n"
