"""HubSpot's list of contacts as any table: read through the proposed mapping, without a correction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.events.mapping import MappingProposal, correct_mapping, propose_mapping
from touchline.events.mapping.header_zone import zone_in_header

SETTINGS = Settings("Test", time_zone="Europe/Berlin", currency="EUR")
HEADER = (
    "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,"
    "Last Activity Date (GMT+2),Lead Status,Marketing contact status,Create Date (GMT+2),Associated Company"
)
CONTACTS = """
1051,Ada,Quist,ada@example.org,+44 20 7946 0001,Jane Smith,9001,2026-08-10 14:00,New,Marketing contact,2025-01-05 09:30,Marl & Moss
1101,Ben,Roe,ben@example.org,,Tom Hill,9001,,Open,Non-marketing contact,2025-02-06 10:30,Marl & Moss
1151,Cem,Sand,,+44 20 7946 0003,Jane Smith,,2026-08-12 08:15,,Marketing contact,2025-03-07 11:30,
1201,Dan,Tate,,,Tom Hill,9002,2026-08-13 09:00,Connected,Non-marketing contact,2025-04-08 12:30,Lamp Ltd
""".strip()
"""A contact with everything; without phone and activity; without e-mail and company; without e-mail and phone."""


def written(folder: Path, rows: str, name: str = "hubspot-crm-exports-all-contacts-2026-08-20.csv") -> Path:
    path = folder / name
    path.write_text(f"{HEADER}\n{rows}\n", "utf-8")
    return path


def proposed(header: str, rows: str) -> MappingProposal:
    names = header.split(",")
    columns = zip(*(line.split(",") for line in rows.splitlines()), strict=True)
    table = pa.table(
        {n: pa.array([c or None for c in cells], pa.string()) for n, cells in zip(names, columns, strict=True)}
    )
    return propose_mapping(names, table, SETTINGS)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = create_workspace(tmp_path / "workspace", SETTINGS, "")
    yield workspace
    workspace.close()


def stored(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.store.rows(
        "select k.name, e.time::varchar, i.type, i.value, e.objects from events e join kinds k using (kind)"
        " left join identifiers i on i.identifier = e.who order by e.time"
    )


def test_the_proposal_needs_no_correction() -> None:
    found = proposed(HEADER, CONTACTS)

    assert dict(found.mapping.columns) == {
        "time": "Create Date (GMT+2)",
        "email": "Email",
        "phone": "Phone Number",
        "account": "Primary Associated Company ID",
        "key": "Record ID",
    }
    assert found.mapping.name == "Profile Updated"
    assert found.mapping.kept == (
        "Contact owner",
        "Last Activity Date (GMT+2)",
        "Lead Status",
        "Marketing contact status",
        "Associated Company",
    )
    assert found.unused == ("First Name", "Last Name")
    assert (found.problem, found.confidence >= 0.8) == ("", True)
    assert "Times carry no zone and are read in the zone that their header states." in found.statements


def test_contacts_become_facts_about_customers_and_their_accounts(workspace: Workspace, tmp_path: Path) -> None:
    [report] = import_files(workspace, [written(tmp_path, CONTACTS)], accept_proposals=True)

    assert (report.status, report.rows, report.imported, report.with_customer) == ("done", 4, 4, 3)
    assert stored(workspace) == [
        ("Profile Updated", "2025-01-05 07:30:00", "email", "ada@example.org", [{"type": "account", "id": "9001"}]),
        ("Profile Updated", "2025-02-06 08:30:00", "email", "ben@example.org", [{"type": "account", "id": "9001"}]),
        ("Profile Updated", "2025-03-07 09:30:00", "phone", "+442079460003", None),
        ("Profile Updated", "2025-04-08 10:30:00", None, None, [{"type": "account", "id": "9002"}]),
    ]
    [facts] = workspace.store.row("select properties from events order by time") or ()
    assert json.loads(facts) == {
        "Contact owner": "Jane Smith",
        "Last Activity Date (GMT+2)": "2026-08-10 14:00",
        "Lead Status": "New",
        "Marketing contact status": "Marketing contact",
        "Associated Company": "Marl & Moss",
    }
    assert "Quist" not in facts


def test_a_newer_export_amends_the_same_contacts(workspace: Workspace, tmp_path: Path) -> None:
    import_files(workspace, [written(tmp_path, CONTACTS)], accept_proposals=True)

    newer = written(
        tmp_path, CONTACTS.replace(",New,", ",Open deal,"), "hubspot-crm-exports-all-contacts-2026-09-20.csv"
    )
    [report] = import_files(workspace, [newer], accept_proposals=True)

    assert (report.rows, report.updated) == (4, 1)
    assert workspace.store.value("select count(*) from events") == 4


FULL = (
    "Record ID - Contact,First Name,Last Name,Email,Contact owner,Lifecycle Stage,Unsubscribed from all email,HubSpot Score,"
    "Recent Deal Amount,First Page Seen,Associated Company IDs,Associated Company,Associated Company IDs (Primary),Create Date"
)
FULL_ROWS = """
51,Ada,Quist,ada@example.org,jane@our.example,Lead,true,7,120.50,https://www.example.org/a,9001;9002,Marl,9001,2025-01-05 09:30
101,Ben,Roe,ben@example.org,tom@our.example,Customer,,3,,https://www.example.org/b,9001,Marl,9001,2025-02-06 10:30
151,Cem,Sand,cem@example.org,jane@our.example,Lead,,9,80.00,https://www.example.org/a,9002,Lamp,9002,2025-03-07 11:30
""".strip()


def test_scores_deals_and_pages_of_a_contact_are_facts_and_no_events() -> None:
    found = proposed(FULL, FULL_ROWS)

    assert dict(found.mapping.columns) == {
        "time": "Create Date",
        "email": "Email",
        "account": "Associated Company IDs (Primary)",
        "key": "Record ID - Contact",
    }
    assert found.mapping.name == "Profile Updated"


def test_the_address_of_the_owner_names_no_customer() -> None:
    columns = FULL.replace("Email,", "", 1)
    rows = "\n".join(
        ",".join(cell for at, cell in enumerate(line.split(",")) if at != 3) for line in FULL_ROWS.splitlines()
    )

    found = proposed(columns, rows)

    assert "Contact owner" not in found.mapping.columns.values()
    assert "Contact owner" not in found.mapping.kept


def test_a_table_of_what_happened_is_no_list_of_contacts() -> None:
    rows = "\n".join(f"{n},ada@example.org,New,2025-01-0{n} 09:30,Call made" for n in range(1, 6))

    found = proposed("Row id,Email,Lead Status,Date,Activity", rows)

    assert found.mapping.name != "Profile Updated"
    assert found.mapping.columns["name"] == "Activity"


def test_a_user_may_still_give_the_rows_another_meaning() -> None:
    found = proposed(HEADER, CONTACTS)
    names = HEADER.split(",")
    columns = zip(*(line.split(",") for line in CONTACTS.splitlines()), strict=True)
    table = pa.table(
        {n: pa.array([c or None for c in cells], pa.string()) for n, cells in zip(names, columns, strict=True)}
    )

    corrected = correct_mapping(found.mapping, {"name": "Lead Status"}, names, table, SETTINGS)

    assert corrected.mapping.columns["name"] == "Lead Status"
    assert corrected.mapping.name == ""


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Create Date (GMT+2)", "Etc/GMT-2"),
        ("Create Date (GMT+02:00)", "Etc/GMT-2"),
        ("Create Date (GMT-5)", "Etc/GMT+5"),
        ("Create Date (GMT\u22125)", "Etc/GMT+5"),
        ("Create Date (GMT+5:30)", "Asia/Kolkata"),
        ("Create Date (UTC)", "UTC"),
        ("Create Date (GMT+0)", "UTC"),
        ("Create Date (GMT+99)", ""),
        ("Create Date (EST)", ""),
        ("Create Date", ""),
    ],
)
def test_the_zone_in_a_header(header: str, zone: str) -> None:
    assert zone_in_header(header) == zone
