"""Write the generated reference pages: `make docs`. A test fails when a page differs from what the code says.

Every module `tools/reference_<name>.py` offers PAGES: file name under docs/reference -> function returning its text.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs" / "reference"


def pages() -> dict[str, Callable[[], str]]:
    """Return every generated page by file name."""
    found: dict[str, Callable[[], str]] = {}
    for path in sorted(Path(__file__).parent.glob("reference_*.py")):
        found |= importlib.import_module(f"tools.{path.stem}").PAGES
    return found


def main() -> None:
    """Write all pages."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text(), "utf-8")
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()
