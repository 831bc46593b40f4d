"""A disk that is full while the store folds in its log: the engine gives the file up, the store opens it anew by itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

FULL = """
import os, resource, sys
from pathlib import Path
import pyarrow as pa
from touchline.engine.store import Store, StoreError

store = Store.create(Path(sys.argv[1]))
with store.transaction() as writer:
    writer.execute("create table bulk (text varchar)")
    writer.execute("set checkpoint_threshold = '1MB'")
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, hard))  # enough for the log, soon too little for the file
done = 0
try:
    while True:
        with store.transaction() as writer:
            with writer.staged("told", pa.table({"text": [os.urandom(500).hex() for _ in range(100)]})):
                writer.execute("insert into bulk from told")
        done += 1
except StoreError as error:
    print("no" if "durable" in str(error) else "yes", "room")
commits = store.commits
print(store.value("select count(*) from bulk") // 100 - done)
answers_are_new = store.commits > commits
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
with store.transaction() as writer:
    writer.execute("insert into bulk values ('after')")
store.close()
store = Store.open(Path(sys.argv[1]))
print(store.value("select count(*) from bulk where text = 'after'"), answers_are_new)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
def test_the_store_goes_on_once_there_is_room(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "store.duckdb")], capture_output=True, text=True, check=False
    )

    # The last commit was in the log though it failed; it is there, and so is what came after.
    assert done.stdout.split("\n")[:3] == ["no room", "1", "1 True"], done.stderr
