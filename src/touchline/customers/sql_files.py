"""The questions and changes that are long enough for files of their own, in `sql/`."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def sql(name: str) -> str:
    """The text of one of them."""
    return (resources.files(__package__) / "sql" / f"{name}.sql").read_text("utf-8")
