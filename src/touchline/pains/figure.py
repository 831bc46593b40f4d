"""One figure as pages of pain points write it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One figure of a row of evidence: its name, its value and what it rests on."""

    name: str
    value: str
    rests_on: str = ""
