"""One thing that was looked at before an estimate may be believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """A check of an estimate, with what it found."""

    name: str
    """Short and stable, for code and tests: 'pre-trend'."""
    passed: bool | None
    """None: it could not be done, and counts as not passed."""
    sentence: str
    """What was looked at, what was found and what was expected."""
