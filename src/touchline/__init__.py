"""Touchline: customer-experience management, self-hosted; a journey map measured from the files a company already has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.overview.facade import Touchline

__version__ = "0.1.0"


def open(folder: Path | str) -> Touchline:  # noqa: A001 - touchline.open(path) reads like the open it is
    """Open a workspace for Python: journey maps as dataclasses, tables and files.

    Raises StoreError with a sentence when the folder is no workspace or another process has it open.
    """
    from touchline.overview.facade import open_touchline  # most of what imports touchline never opens a workspace

    return open_touchline(folder)
