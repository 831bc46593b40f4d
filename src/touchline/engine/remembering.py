"""Answers already given, kept in memory until the data change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from touchline.engine.store import Store
from touchline.engine.workspace import Workspace

MOST_ANSWERS = 64
"""A whole map is about 200 kB."""

VERSION = """
select coalesce((select max(seq) from events), 0), coalesce((select max(seq) from revisions), 0),
  (select count(*) from visits), (select count(*) from responses), (select count(*) from series),
  (select count(*) from quarantine where not resolved), (select count(*) from imports),
  (select list(key || '=' || value order by key) from meta)
"""
"""What changes whenever the data change."""

SEGMENTS = "select list(name || '=' || counted order by name) from segments"
"""Filters may name them: answers change with their members."""

Answer = TypeVar("Answer")


class Memory(Generic[Answer]):
    """The latest answers of one kind, over all workspaces of this process."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def recall(
        self, workspace: Workspace, asked: Hashable, answer: Callable[[], Answer], version: str | None = None
    ) -> Answer:
        """Return the answer to what was asked of the data as they are, from memory where it was given before.

        With a `version` it is given again for as long as that is the same, whatever becomes of the data meanwhile.
        """
        of_data = version or (data_version(workspace), _unless_committed(workspace.store, SEGMENTS))
        key = (workspace.store.path, of_data, workspace.settings, asked)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        found = answer()
        with self._lock:
            self._answers[key] = found
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return found


def data_version(workspace: Workspace) -> str:
    """What is the same as long as the data are: for whoever keeps something derived from them."""
    return _unless_committed(workspace.store, VERSION)


_seen: WeakKeyDictionary[Store, dict[str, tuple[int, str]]] = WeakKeyDictionary()


def _unless_committed(store: Store, sql: str) -> str:
    """The row of a question about the whole store, asked again only after a commit: each page would ask it ten times."""
    commits = store.commits
    seen = _seen.setdefault(store, {})
    if sql not in seen or seen[sql][0] != commits:
        seen[sql] = (commits, str(store.row(sql)))
    return seen[sql][1]
