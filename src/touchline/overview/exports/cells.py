"""Cells of a spreadsheet that do not run."""

from __future__ import annotations

from typing import Final

_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str) -> str:
    """Text as a cell that a spreadsheet shows instead of running (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(_RUNS) else text
