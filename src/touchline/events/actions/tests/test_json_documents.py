"""One JSON document through the whole of an import: again, in part refused, corrected."""

from __future__ import annotations

import json
from pathlib import Path

from touchline.engine.workspace import Workspace
from touchline.events.actions.tests.files import bring, counts, one, put
from touchline.events.facade import Correction, quarantined, retry_quarantined

CALLS = [
    {
        "type": "track",
        "messageId": f"m{n}",
        "userId": f"u{n}",
        "event": "Cart Viewed",
        "timestamp": f"2026-08-0{n}T10:00:00Z",
    }
    for n in (1, 2, 3)
]


def test_a_list_of_calls_is_known_and_imported_once(workspace: Workspace, tmp_path: Path) -> None:
    first = bring(workspace, put(tmp_path, "calls.json", json.dumps(CALLS)))
    printed = bring(workspace, put(tmp_path, "printed.json", json.dumps({"data": CALLS}, indent=2)))

    assert (first.title, counts(first)) == ("Segment calls (JSON lines)", ("done", 3, 3, 0, 0))
    assert counts(printed)[:2] == ("done", 3)
    assert workspace.store.rows("select line from events order by line") == [(1,), (2,), (3,)]


def test_rows_of_a_list_wait_in_quarantine_and_are_corrected(workspace: Workspace, tmp_path: Path) -> None:
    rows = [CALLS[0], CALLS[1] | {"event": ""}, "no call", CALLS[2]]
    report = bring(workspace, put(tmp_path, "calls.json", json.dumps(rows)))
    assert counts(report) == ("done", 4, 2, 2, 0)
    assert [(row.line, row.reason) for row in quarantined(workspace).rows] == [
        (2, "event is empty, expected the name of what happened."),
        (3, "Row 3 holds a JSON text; a JSON object was expected."),
    ]

    whole = json.dumps(CALLS[1] | {"messageId": "m4"})
    again = one(
        [
            retry_quarantined(
                workspace,
                report.import_id or 0,
                [Correction("event", "Cart Viewed", line=2), Correction("_json", whole, line=3)],
            )
        ]
    )

    assert (again.imported, again.quarantined) == (2, 0)
    assert workspace.store.value("select count(*) from events") == 4


def test_a_list_nobody_knows_is_read_through_a_mapping(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        {
            "email": f"{name}@shop.example",
            "when": f"2026-08-0{n}T10:00:00Z",
            "what": {"event": "Page Viewed"},
            "page": "/",
        }
        for n, name in enumerate(("ada", "ben", "cem", "dan"), start=1)
    ]

    report = bring(workspace, put(tmp_path, "visits.json", json.dumps(rows, indent=1)))

    assert counts(report) == ("done", 4, 4, 0, 0)
    assert workspace.store.value("select count(*) from events where who is not null") == 4
