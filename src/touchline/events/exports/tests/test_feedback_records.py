from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.exports.feedback_records import COLUMNS, feedback_records, write_feedback_records
from touchline.events.facade import import_files
from touchline.events.sources.formbricks_feedback import SOURCE

REVIEWS = """Review Id,Review Created (UTC),Review Stars,Review Title,Review Content,Review User Email,Review Language,Domain Url
r1,2026-08-10 07:30:00,4,,=1+1 is what I paid,ada@example.org,en,
r2,2026-08-11 08:00:00,1,,,,,
"""
TICKETS = """{"type":"track","messageId":"m1","userId":"u1","event":"Ticket Created","timestamp":"2026-08-09T10:00:00Z","properties":{"subject":"Where is it?","ticket_id":"77"}}
{"type":"track","messageId":"m2","anonymousId":"a1","event":"Survey Answered","timestamp":"2026-08-12T10:00:00Z","properties":{"metric":"nps","score":9,"survey_id":"sv1"}}
{"type":"track","messageId":"m3","userId":"u1","event":"Cart Viewed","timestamp":"2026-08-12T11:00:00Z"}
"""


@pytest.fixture
def new_workspace(tmp_path: Path) -> Iterator[Any]:
    opened: list[Workspace] = []

    def make(name: str, *files: Path) -> Workspace:
        workspace = create_workspace(tmp_path / name, Settings("Test", "Europe/Berlin", "EUR"), "")
        opened.append(workspace)
        import_files(workspace, files)
        return workspace

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture
def workspace(new_workspace, tmp_path: Path) -> Workspace:
    """Two reviews, one of them with words; a ticket with words; an NPS answer; a cart, which is no response."""
    (tmp_path / "reviews.csv").write_text(REVIEWS, "utf-8")
    (tmp_path / "calls.jsonl").write_text(TICKETS, "utf-8")
    return new_workspace("first", tmp_path / "reviews.csv", tmp_path / "calls.jsonl")


def responses(workspace: Workspace) -> list[tuple[object, ...]]:
    """What a response says, whichever event holds it."""
    found = workspace.store.rows(
        "select e.time, k.name, k.channel, e.metric, e.score, e.score_min, e.score_max, e.text, e.language, i.type, i.value"
        " from events e join kinds k using (kind) left join identifiers i on i.identifier = e.who"
        " where e.metric is not null or e.text is not null"
    )
    scores = [(*row[:7], *row[9:]) for row in found if row[3] is not None]
    return sorted(scores, key=repr) + sorted(((*row[:3], *row[7:]) for row in found if row[7] is not None), key=repr)


def test_columns_are_those_that_are_read() -> None:
    assert tuple(SOURCE.columns) == COLUMNS


def test_each_answered_field_is_one_record(workspace: Workspace) -> None:
    told = [(record["source_type"], record["field_id"], record["field_type"]) for record in feedback_records(workspace)]

    assert told == [
        ("support", "comment", "text"),
        ("review", "stars", "rating"),
        ("review", "comment", "text"),
        ("review", "stars", "rating"),
        ("survey", "nps", "nps"),
    ]


def test_a_record_holds_score_time_customer_and_what_has_no_column(workspace: Workspace) -> None:
    stars = list(feedback_records(workspace))[1]

    assert (stars["collected_at"], stars["value_number"], stars["user_id"]) == (
        "2026-08-10T07:30:00Z",
        4.0,
        "ada@example.org",
    )
    assert stars["source_id"] == "r1"
    assert stars["metadata"] == {
        "event": "Review Posted", "channel": "review", "imported_from": "trustpilot_reviews", "identifier_type": "email",
        "metric": "stars", "scale_min": 1.0, "scale_max": 5.0,
    }  # fmt: skip


def test_a_csv_runs_no_formula(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"

    assert write_feedback_records(workspace, path) == 5

    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert tuple(header) == COLUMNS
    assert rows[2][COLUMNS.index("value_text")] == "'=1+1 is what I paid"
    assert rows[1][COLUMNS.index("value_number")] == "4"


@pytest.mark.parametrize("name", ["records.csv", "records.jsonl"])
def test_an_export_imported_elsewhere_holds_the_same_responses(
    workspace: Workspace, new_workspace, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    write_feedback_records(workspace, path)

    other = new_workspace("second", path)

    assert responses(other) == responses(workspace)
    assert len(responses(other)) == 5


def test_json_lines_leave_out_what_is_not_there(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    write_feedback_records(workspace, path)

    first = json.loads(path.read_text("utf-8").splitlines()[0])

    assert first["value_text"] == "Where is it?"
    assert "value_number" not in first


def test_a_workspace_without_responses_gives_a_header_alone(new_workspace, tmp_path: Path) -> None:
    path = tmp_path / "records.csv"

    assert write_feedback_records(new_workspace("empty"), path) == 0
    assert path.read_text("utf-8").strip() == ",".join(COLUMNS)
