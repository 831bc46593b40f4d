"""What a journal holds that this store, or this Touchline, knows nothing of: kept where people see it, never dropped."""

from __future__ import annotations

from touchline.collection.tasks import store_left_behind
from touchline.engine.journal import JOURNAL_FILE, Entry, Journal

CALL = b'{"type":"track","event":"Coffee Drunk","userId":"42"}'


def test_entries_of_unknown_keys_and_doors_are_kept_as_rejected(page_workspace):
    journal = Journal(page_workspace.folder / JOURNAL_FILE)
    journal.append([Entry(1_760_000_000_000_000, "segment", 99, CALL), Entry(1_760_000_000_000_000, "telex", 1, CALL)])
    journal.close()

    assert store_left_behind(page_workspace) == 2
    assert store_left_behind(page_workspace) == 0
    kept = page_workspace.store.rows("select door, key_id, code, content from rejections order by rejection_id")
    assert kept == [(door, key, "unreadable", CALL.decode()) for door, key in (("segment", 99), ("telex", 1))]
