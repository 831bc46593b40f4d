"""What the front-end build left behind: hashed file names and icon shapes. Everything works, plainer, without it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

STATIC_ROOT = Path(__file__).parent / "static"
BUILT = STATIC_ROOT / "touchline"
DOT = '<circle cx="12" cy="12" r="4"/>'


@cache
def manifest() -> dict[str, str]:
    """Return plain file name -> file name with its hash; empty where the pages were not built."""
    return _read_json(BUILT / "manifest.json")


@cache
def _icons() -> dict[str, str]:
    return _read_json(BUILT / "icons.json")


def icon_shapes(name: str) -> str:
    """Return an icon's shapes as SVG markup on a 24 by 24 grid, without colour or stroke; a dot where it is unknown."""
    return _icons().get(name, DOT)


def has_icon(name: str) -> bool:
    """Whether an icon of this name was built."""
    return name in _icons()


def _read_json(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found
