"""The named sources there are: every folder beside this file that exposes `SOURCE`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from touchline.events import sources
from touchline.events.sources.protocol import Source


@cache
def named_sources() -> tuple[Source, ...]:
    """All named sources, ordered by folder name."""
    folders = sorted(module.name for module in iter_modules(sources.__path__) if module.ispkg)
    modules = [import_module(f"{sources.__name__}.{folder}") for folder in folders]
    return tuple(module.SOURCE for module in modules if hasattr(module, "SOURCE"))
