"""What was kept is there after a restart, in order, until it is forgotten."""

from __future__ import annotations

import pytest

from touchline.engine import journal as journal_module
from touchline.engine.journal import Entry, Journal, JournalError


def entry(number: int, size: int = 3) -> Entry:
    return Entry(1_000_000 + number, "segment", 7, bytes([number]) * size)


def test_entries_are_read_in_order_and_forgotten_up_to_a_position(tmp_path):
    journal = Journal(tmp_path / "journal.sqlite")
    assert journal.append([entry(1), entry(2)]) == 2
    assert journal.append([entry(3)]) == 3

    assert [(kept.position, kept.entry) for kept in journal.read(0, 10, 1000)] == [
        (1, entry(1)),
        (2, entry(2)),
        (3, entry(3)),
    ]
    assert [kept.position for kept in journal.read(0, 2, 1000)] == [1, 2]
    assert [kept.position for kept in journal.read(0, 10, 5)] == [1]  # six bytes would be too many
    assert [kept.position for kept in journal.read(0, 10, 1)] == [1]  # one at least, however large
    journal.forget(2)
    assert [kept.position for kept in journal.read(0, 10, 1000)] == [3]
    assert journal.waiting()[0] == 1
    journal.close()


def test_a_restart_keeps_entries_and_never_uses_a_position_again(tmp_path):
    path = tmp_path / "journal.sqlite"
    journal = Journal(path)
    journal.append([entry(1), entry(2)])
    first_id = journal.id
    journal.forget(2)
    journal.close()

    journal = Journal(path)
    assert journal.id == first_id
    assert journal.append([entry(3)]) == 3
    journal.close()
    path.unlink()
    assert Journal(path).id != first_id  # positions count anew, and that can be seen


def test_only_its_owner_can_read_it(tmp_path):
    Journal(tmp_path / "journal.sqlite").close()

    assert (tmp_path / "journal.sqlite").stat().st_mode & 0o077 == 0


def test_without_room_nothing_is_kept_and_with_room_again_it_goes_on(tmp_path, monkeypatch):
    journal = Journal(tmp_path / "journal.sqlite")
    monkeypatch.setattr(journal_module, "RESERVE_BYTES", 1 << 62)
    with pytest.raises(JournalError, match="No room left on the disk"):
        journal.append([entry(1)])
    monkeypatch.undo()

    journal.append([entry(2)])
    assert [kept.entry for kept in journal.read(0, 10, 1000)] == [entry(2)]
    journal.close()


def test_a_folder_in_the_way_is_a_sentence(tmp_path):
    (tmp_path / "journal.sqlite").mkdir()

    with pytest.raises(JournalError, match="cannot be used"):
        Journal(tmp_path / "journal.sqlite")
