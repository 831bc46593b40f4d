"""All kinds of conditions, found by walking this folder, and how a piece of a filter becomes one of them."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from touchline.segments import conditions
from touchline.segments.conditions.counting import read_count
from touchline.segments.conditions.entry import Condition, Count, Entry, Function, Trait
from touchline.segments.conditions.reading import unknown
from touchline.segments.rules.expression import Call, Leaf
from touchline.segments.rules.problem import FilterError


@cache
def entries() -> tuple[Entry, ...]:
    """Return every kind of condition, in alphabetical order."""
    modules = [
        import_module(f"{conditions.__name__}.{found.name}") for found in pkgutil.iter_modules(conditions.__path__)
    ]
    return tuple(sorted((module.ENTRY for module in modules if hasattr(module, "ENTRY")), key=lambda entry: entry.name))


def condition(leaf: Leaf) -> Condition:
    """Return what a piece of a filter means. Raises FilterError."""
    if isinstance(leaf, Call):
        functions = {entry.name: entry for entry in entries() if isinstance(entry, Function)}
        if leaf.name.lower() not in functions:
            raise FilterError(unknown("function", leaf.name, functions), leaf.column)
        return functions[leaf.name.lower()].read(leaf)
    counts = {entry.name: entry for entry in entries() if isinstance(entry, Count)}
    if not leaf.of_customer and leaf.name.lower() in counts:
        return read_count(counts[leaf.name.lower()], leaf)
    [trait] = [entry for entry in entries() if isinstance(entry, Trait)]
    return trait.read(leaf)
