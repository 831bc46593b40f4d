"""Scopes and the filter language, as pure functions and dataclasses."""

from __future__ import annotations

from touchline.segments.rules.problem import FilterError
from touchline.segments.rules.scope import Scope

__all__ = ["FilterError", "Scope"]
