"""Writing a file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_place(path: Path) -> Iterator[Path]:
    """Give a place beside the path to write to, and move it in once the block ends well. Raises OSError."""
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place and move in, so that nothing half-written is ever under the name. Raises OSError."""
    with whole_place(path) as beside:
        beside.write_bytes(content)
