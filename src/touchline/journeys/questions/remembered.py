"""Maps already asked for, kept in memory until the data or the definition change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from touchline.engine.workspace import Workspace
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.journey_map import JourneyMap
from touchline.segments.facade import Scope

MOST_MAPS = 64
"""A map is about 200 kB."""

Key = tuple[Path, str, Scope]

VERSION = """
select coalesce((select max(seq) from events), 0), coalesce((select max(seq) from revisions), 0),
  (select count(*) from visits), (select count(*) from responses), (select count(*) from series),
  (select count(*) from quarantine where not resolved), (select count(*) from imports),
  (select list(key || '=' || value order by key) from meta)
"""

_maps: OrderedDict[Key, JourneyMap] = OrderedDict()
_lock = threading.Lock()


def remembered(
    workspace: Workspace, definition: JourneyDefinition, scope: Scope, measure: Callable[[], JourneyMap]
) -> JourneyMap:
    """Return the map of this scope from memory, or measure it and remember it."""
    key = (workspace.store.path, f"{_version(workspace)} {workspace.settings} {definition}", scope)
    with _lock:
        if key in _maps:
            _maps.move_to_end(key)
            return _maps[key]
    found = measure()
    with _lock:
        _maps[key] = found
        while len(_maps) > MOST_MAPS:
            _maps.popitem(last=False)
    return found


def _version(workspace: Workspace) -> tuple[Any, ...] | None:
    """What changes whenever an answer may change."""
    return workspace.store.row(VERSION)
