"""Rows in quarantine."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from touchline.engine.store import Store
from touchline.events.intake.report import QuarantinedRow, QuarantinePage

_OF_IMPORT = "not q.resolved and ($import_id is null or q.import_id = $import_id)"
_SELECT = (
    "select q.import_id, i.file, q.line, q.reason, q.content from quarantine q join imports i using (import_id)"
    f" where {_OF_IMPORT} order by q.import_id, q.line"
)
_QUOTED = re.compile(r"""“[^”]*”|(?<=found )(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""")
_LINE = re.compile(r"^(?:line|row) \d+ | (?:of|in) (?:line|row) \d+\b", re.IGNORECASE)
_AT_ONCE = 10_000


def quarantine_page(store: Store, import_id: int | None, offset: int, limit: int) -> QuarantinePage:
    """Some waiting rows, by import and line."""
    total = store.value(f"select count(*) from quarantine q where {_OF_IMPORT}", {"import_id": import_id})
    rows = store.rows(
        f"{_SELECT} limit $limit offset $offset", {"import_id": import_id, "limit": limit, "offset": offset}
    )
    found = tuple(
        QuarantinedRow(import_id, file, line, reason, json.loads(content))
        for import_id, file, line, reason, content in rows
    )
    return QuarantinePage(found, int(total), offset)


def all_quarantined(store: Store, import_id: int | None) -> Iterator[QuarantinedRow]:
    """Every waiting row, read page by page."""
    offset = 0
    while rows := quarantine_page(store, import_id, offset, _AT_ONCE).rows:
        yield from rows
        offset += len(rows)


def quarantine_reasons(store: Store, import_id: int, limit: int = 10) -> dict[str, int]:
    """Why rows of an import wait, the most frequent reason first; reasons that differ by line and cell are one."""
    counted: Counter[str] = Counter()
    for reason, rows in store.rows(
        "select reason, count(*) from quarantine where import_id = ? and not resolved group by reason", [import_id]
    ):
        kind = _QUOTED.sub("“…”", _LINE.sub("", reason))
        counted[kind[:1].upper() + kind[1:]] += rows
    return dict(counted.most_common(limit))
