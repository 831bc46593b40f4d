"""Finding the doors: every folder beside this module that offers one."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from touchline.collection import doors
from touchline.collection.doors.protocol import Door


@cache
def all_doors() -> tuple[Door, ...]:
    """Every door, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(doors.__path__) if module.ispkg)
    found = (getattr(importlib.import_module(f"{doors.__name__}.{name}"), "DOOR", None) for name in names)
    return tuple(door for door in found if door is not None)


def door_named(name: str) -> Door | None:
    """The door of a name; None: there is none any more."""
    return next((door for door in all_doors() if door.name == name), None)


@cache
def _exact() -> dict[str, Door]:
    return {path: door for door in all_doors() for path in door.paths if not path.endswith("/")}


def door_at(path: str) -> Door | None:
    """The door that answers a path, or None."""
    if (found := _exact().get(path)) is not None:
        return found
    for door in all_doors():
        if any(path.startswith(prefix) for prefix in door.paths if prefix.endswith("/")):
            return door
    return None
