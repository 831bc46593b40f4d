"""Responses as feedback records, the neutral row of Formbricks: one row per answered field, to keep or to take elsewhere.

events/sources/formbricks_feedback reads the same rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from touchline.engine.workspace import Workspace
from touchline.events.actions.exporting import neutral
from touchline.kit.whole_file import whole_place

COLUMNS: Final = (
    "submission_id", "collected_at", "source_type", "field_id", "field_type", "source_id", "source_name", "field_label",
    "field_group_id", "value_text", "value_number", "value_boolean", "value_date", "metadata", "language", "user_id",
    "tenant_id",
)  # fmt: skip
JSON_LINES: Final = (".jsonl", ".ndjson")

Record = dict[str, Any]

_encode = msgspec.json.Encoder().encode
_FIELD_TYPES: Final = {"nps": "nps", "csat": "csat", "ces": "ces"}
"""Metric -> field type; any other metric is a rating."""
_SUPPORT, _REVIEW, _SURVEY = "support", "review", "survey"
_OBJECT_OF: Final = {_REVIEW: "review", _SURVEY: "survey", _SUPPORT: "case"}
_RESPONSES: Final = """
select e.id::varchar as id, e.time, k.name, k.channel, k.label, k.page, k.source, e.device, e.campaign, e.metric, e.score, e.score_min,
  e.score_max, e.text, e.language, e.objects, e.properties ->> '$.question' as question, i.type as named_by, i.value as named
from events e join kinds k using (kind) left join identifiers i on i.identifier = e.who
where e.metric is not null or e.text is not null
order by e.time, e.id
"""


def feedback_records(workspace: Workspace) -> Iterator[Record]:
    """Give every response as records in the order of time, one for its score and one for its words.

    Keys as in COLUMNS; None where there is nothing. `submission_id` is the id of the event in the store.
    """
    for batch in workspace.store.batches(_RESPONSES):
        for response in batch.to_pylist():
            yield from _records(response)


def write_feedback_records(workspace: Workspace, path: Path) -> int:
    """Write every response, as JSON lines where the file is called so, else as CSV; return the rows written.

    Cells a spreadsheet would run as a formula begin with an apostrophe. Raises OSError and StoreError.
    """
    with whole_place(path) as place:
        if path.suffix.casefold() in JSON_LINES:
            return _write_json_lines(workspace, place)
        return _write_csv(workspace, place)


def _write_csv(workspace: Workspace, path: Path) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for record in feedback_records(workspace):
            writer.writerow([_cell(record[name]) for name in COLUMNS])
            rows += 1
    return rows


def _write_json_lines(workspace: Workspace, path: Path) -> int:
    rows = 0
    with path.open("wb") as file:
        for record in feedback_records(workspace):
            file.write(_encode({name: value for name, value in record.items() if value is not None}) + b"\n")
            rows += 1
    return rows


def _records(response: Record) -> Iterator[Record]:
    kind = _source_type(response["name"])
    submission = f"{int(response['id']):032x}"
    objects = {each["type"]: each["id"] for each in response["objects"] or ()}
    whole = dict.fromkeys(COLUMNS) | {
        "submission_id": submission,
        "collected_at": response["time"].isoformat() + "Z",
        "source_type": kind,
        "source_id": objects.get(_OBJECT_OF[kind]),
        "source_name": response["label"],
        "field_label": response["question"],
        "field_group_id": submission,
        "language": response["language"],
        "user_id": response["named"],
    }
    if response["metric"] is not None:
        type_ = _FIELD_TYPES.get(response["metric"], "rating")
        ends = {name: response[of] for name, of in (("scale_min", "score_min"), ("scale_max", "score_max"))}
        yield whole | {
            "field_id": response["metric"],
            "field_type": type_,
            "value_number": response["score"],
            "metadata": _metadata(response) | {"metric": response["metric"]} | ends,
            "language": None,
        }
    if response["text"] is not None:
        yield whole | {
            "field_id": "comment",
            "field_type": "text",
            "value_text": response["text"],
            "metadata": _metadata(response),
        }


def _metadata(response: Record) -> Record:
    """What the row has no column for, so that it means the same where it is imported again."""
    told = {
        "event": response["name"],
        "channel": response["channel"],
        "imported_from": response["source"],
        "page": response["page"],
        "device": response["device"],
        "campaign": response["campaign"],
        "identifier_type": response["named_by"],
    }
    return {name: value for name, value in told.items() if value is not None}


def _source_type(name: str) -> str:
    if name.startswith(("Ticket", "Live Chat", "Case")):
        return _SUPPORT
    return _REVIEW if "Review" in name else _SURVEY


def _cell(value: Any) -> str:
    """Numbers and records are ours and run nothing; words may be anything."""
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return _encode(value).decode() if isinstance(value, dict) else neutral(str(value))
