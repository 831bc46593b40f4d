from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from touchline.engine.store import Store, StoreError, StoreInUseError, StoreTooNewError
from touchline.engine.workspace import Settings, create_workspace, open_workspace, read_settings


@pytest.fixture
def store(tmp_path: Path):
    made = Store.create(tmp_path / "store.duckdb")
    yield made
    made.close()


def test_a_store_is_readable_by_its_owner_only(store: Store) -> None:
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_transaction_is_whole_or_absent(store: Store) -> None:
    table = pa.table({"name": ["loyal"], "expression": ["orders >= 2"]})

    def break_off_half_way() -> None:
        with store.transaction() as writer, writer.staged("rows", table):
            writer.execute("insert into filters select name, expression, timestamp '2026-01-01' from rows")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        break_off_half_way()

    assert store.value("select count(*) from filters") == 0


def test_reading_goes_on_while_a_transaction_is_open(store: Store) -> None:
    with store.transaction() as writer:
        writer.execute("insert into filters values ('loyal', 'orders >= 2', timestamp '2026-01-01')")
        seen_by_others = store.value("select count(*) from filters")
        seen_inside = writer.value("select count(*) from filters")

    assert (seen_by_others, seen_inside, store.value("select count(*) from filters")) == (0, 1, 1)


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    made = Store.create(tmp_path / "store.duckdb")
    with made.transaction() as writer:
        writer.set_meta("schema_version", "99")
    made.close()

    with pytest.raises(StoreTooNewError, match=r"newer Touchline.*99"):
        Store.open(tmp_path / "store.duckdb")


def test_a_file_that_is_no_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "store.duckdb").write_text("name,email\n", "utf-8")

    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "store.duckdb")


@pytest.mark.parametrize("name", ["shop", "lock-version-newer"])
def test_a_damaged_store_is_told_from_one_in_use(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    path = tmp_path / name / "store.duckdb"
    store = Store.create(path)
    with store.transaction() as writer:
        writer.execute("insert into meta select 'key ' || i, repeat('x', 100) from range(20000) t(i)")
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(byte ^ 255 for byte in content[4096:])
    path.write_bytes(content)

    with pytest.raises(StoreError, match="is damaged: part of it was overwritten") as told:
        Store.open(path)
    assert type(told.value) is StoreError


def test_what_failed_first_is_what_is_told(store: Store) -> None:
    table = pa.table({"number": ["none"]})

    def write() -> None:
        with store.transaction() as writer, writer.staged("rows", table):
            writer.execute("insert into imports (import_id) select number::int from rows")

    with pytest.raises(Exception, match="Could not convert string 'none'"):
        write()


def test_ctrl_c_in_a_statement_is_ctrl_c(store: Store) -> None:
    def write() -> None:
        with store.transaction() as writer:
            writer.set_meta("half", "way")
            raise RuntimeError("Query interrupted")  # what the engine makes of it

    with pytest.raises(KeyboardInterrupt):
        write()
    assert store.meta("half") is None


def test_a_limit_of_memory_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHLINE_MEMORY_MB", "2 GB")

    with pytest.raises(StoreError, match="TOUCHLINE_MEMORY_MB is '2 GB'; expected a number"):
        Store.create(tmp_path / "store.duckdb")


def test_a_store_in_use_by_another_process_says_so(store: Store) -> None:
    code = f"from pathlib import Path; from touchline.engine.store import Store; Store.open(Path({str(store.path)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert StoreInUseError.__name__ in done.stderr


def test_a_workspace_is_private_and_remembers_what_it_assumes(tmp_path: Path) -> None:
    made = create_workspace(tmp_path / "shop", Settings('Ada "&" Co', "Europe/Berlin", "EUR", "sunday"), "name = 'x'\n")

    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert read_settings(made.folder) == Settings('Ada "&" Co', "Europe/Berlin", "EUR", "sunday")
    assert open_workspace(made.folder) is made
    made.close()


def test_a_second_workspace_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    create_workspace(tmp_path, Settings("one"), "").close()

    with pytest.raises(StoreError, match="is a workspace already"):
        create_workspace(tmp_path, Settings("two"), "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", "not valid TOML"),
        ('time_zone = "Mars/Olympus"', "'Mars/Olympus' is not a time zone"),
        ('week_starts = "payday"', "week_starts = 'payday' is not a day of the week"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "workspace.toml").write_text(text, "utf-8")

    with pytest.raises(StoreError, match=sentence):
        read_settings(tmp_path)


def test_what_was_committed_is_counted_and_what_was_rolled_back_is_not(store: Store) -> None:
    before = store.commits
    with store.transaction() as writer:
        writer.set_meta("a", "1")
    with pytest.raises(StoreInUseError), store.transaction():
        raise StoreInUseError

    assert store.commits == before + 1


def test_the_log_is_folded_into_the_file_of_a_store_that_was_opened(tmp_path: Path) -> None:
    Store.create(tmp_path / "store.duckdb").close()
    store = Store.open(tmp_path / "store.duckdb")
    log = tmp_path / "store.duckdb.wal"
    with store.transaction() as writer:
        writer.execute("insert into filters values ('loyal', 'orders >= 2', timestamp '2026-01-01')")
    with store.transaction() as writer:
        writer.execute("update filters set expression = 'orders >= 3'")
    assert log.stat().st_size > 0
    store.checkpoint()
    assert not log.exists()
    store.close()
