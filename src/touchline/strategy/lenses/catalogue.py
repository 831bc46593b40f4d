"""All lenses, found by walking this folder."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from touchline.strategy import lenses
from touchline.strategy.rules.answers import Area


@cache
def all_lenses() -> tuple[Area, ...]:
    """In the order of their titles."""
    found = (each.name for each in pkgutil.iter_modules(lenses.__path__) if each.ispkg)
    return tuple(sorted((_lens(name) for name in found), key=lambda lens: lens.title))


def _lens(name: str) -> Area:
    lens: Area = import_module(f"{lenses.__name__}.{name}").LENS
    return lens
