"""The kinds of questions there are: every folder beside this file that exposes `KIND`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from touchline.analyses import kinds
from touchline.analyses.rules.kind import Kind
from touchline.analyses.rules.problem import QuestionError, what_exists


@cache
def all_kinds() -> tuple[Kind[Any, Any], ...]:
    """All kinds, in the order in which they are offered."""
    folders = sorted(module.name for module in iter_modules(kinds.__path__) if module.ispkg)
    modules = [import_module(f"{kinds.__name__}.{folder}") for folder in folders]
    found: list[Kind[Any, Any]] = [module.KIND for module in modules if hasattr(module, "KIND")]
    return tuple(sorted(found, key=lambda kind: kind.order))


def kind_named(name: str) -> Kind[Any, Any]:
    """The kind of this name. Raises QuestionError naming those there are."""
    for kind in all_kinds():
        if kind.name == name:
            return kind
    raise QuestionError(what_exists("kind of question", name, [kind.name for kind in all_kinds()]))
