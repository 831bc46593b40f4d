"""Which imports run in this process: any other that the store calls running was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_running: set[tuple[Path, int]] = set()


def is_running(store_path: Path, import_id: int) -> bool:
    """Whether a thread of this process is at it."""
    return (store_path, import_id) in _running


@contextmanager
def running(store_path: Path, import_id: int) -> Iterator[None]:
    """Say so while the block runs."""
    key = (store_path, import_id)
    _running.add(key)
    try:
        yield
    finally:
        _running.discard(key)
