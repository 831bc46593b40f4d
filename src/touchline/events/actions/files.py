"""Which files an import looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from touchline.events.readers.opening import ENDINGS


def files_of(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Give each file and whether it was found by walking a folder; folders in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from ((file, True) for file in sorted(path.rglob("*")) if _is_meant(file, path))
        else:
            yield path, False


def looks_like_table(file: Path) -> bool:
    """Whether the ending is one of those tables have."""
    return file.suffix.lower() in ENDINGS


def _is_meant(file: Path, folder: Path) -> bool:
    """Hidden files, and the lock files office programs leave, are nobody's data."""
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in file.relative_to(folder).parts)
    return file.is_file() and not hidden
