"""The kinds of symptoms there are: every folder beside this file that exposes `SYMPTOM`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from touchline.pains import symptoms
from touchline.pains.symptoms.protocol import SymptomKind


@cache
def all_symptoms() -> tuple[SymptomKind, ...]:
    """All kinds, in the order of their folders' names."""
    folders = sorted(module.name for module in iter_modules(symptoms.__path__) if module.ispkg)
    modules = [import_module(f"{symptoms.__name__}.{folder}") for folder in folders]
    return tuple(module.SYMPTOM for module in modules if hasattr(module, "SYMPTOM"))


def symptom_named(name: str) -> SymptomKind:
    """The kind of this name. Raises LookupError naming those there are."""
    for kind in all_symptoms():
        if kind.name == name:
            return kind
    raise LookupError(f"There is no symptom “{name}”. There are: {', '.join(each.name for each in all_symptoms())}.")
