"""The rejection log as a file: for whoever can correct the sender, or for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from touchline.collection.questions.rejections import Rejection, RejectionFilter, every_rejection
from touchline.engine.store import Store
from touchline.events.facade import neutral


def export_rejections(store: Store, which: RejectionFilter, format_: str) -> Iterator[str]:
    """Write those that are meant, in the order in which they came, piece by piece; `format_` is a key of FORMATS.

    Cells of the CSV that a spreadsheet would run as a formula begin with an apostrophe.
    """
    write = FORMATS[format_]
    if format_ == "csv":
        yield _csv_row([field.name for field in fields(Rejection)])
    for each in every_rejection(store, which):
        yield write(each)


def _as_csv(found: Rejection) -> str:
    return _csv_row([_text(cell) for cell in vars(found).values()])


def _as_json_line(found: Rejection) -> str:
    told = {name: _text(value) if isinstance(value, datetime) else value for name, value in vars(found).items()}
    return json.dumps(told, ensure_ascii=False) + "\n"


FORMATS: Final[dict[str, Callable[[Rejection], str]]] = {"csv": _as_csv, "jsonl": _as_json_line}


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell.isoformat(timespec='milliseconds')}Z"
    return "" if cell is None else str(cell)


def _csv_row(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([neutral(cell) for cell in cells])
    return written.getvalue()
