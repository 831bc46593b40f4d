"""The bytes of a file in blocks, gzip opened on the way; and the fingerprint by which the same file is known again."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from touchline.events.readers.sheet import UnreadableFileError

BLOCK_BYTES = 8 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class RawBlock:
    """Some bytes as they are after opening gzip, and how far into the file on disk they reach."""

    data: bytes
    bytes_read: int


def check_is_file(path: Path) -> int:
    """Return the size in bytes. Raises UnreadableFileError for a missing, special or empty file and for a folder."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = str(path).encode("utf-8", "replace").decode()
        raise UnreadableFileError(
            f"{shown}: the name of the file holds bytes that are no text; please rename it."
        ) from None
    try:
        if path.is_dir():
            raise UnreadableFileError(f"{path} is a folder; a file was expected.")
        if not path.exists():
            raise UnreadableFileError(f"{path} does not exist.")
        if not path.is_file():
            raise UnreadableFileError(f"{path} is not an ordinary file.")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise UnreadableFileError(f"{path} cannot be read: {error.strerror or error}.") from None
    if size == 0:
        raise UnreadableFileError(f"{path} is empty: a header line and rows were expected.")
    return size


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of the content as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_gzip(path: Path) -> bool:
    """Say whether the content is gzip, whatever the name says."""
    with path.open("rb") as file:
        return file.read(2) == GZIP_MAGIC


def raw_blocks(path: Path, block_bytes: int = BLOCK_BYTES) -> Iterator[RawBlock]:
    """Give the content block by block. Raises UnreadableFileError when a gzip file is damaged or cut short."""
    with path.open("rb") as file:
        if not is_gzip(path):
            yield from _blocks_of(file, file, block_bytes)
            return
        try:
            with gzip.GzipFile(fileobj=file) as opened:
                yield from _blocks_of(opened, file, block_bytes)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise UnreadableFileError(f"{path} is a gzip file that is damaged or cut short: {error}.") from None


def _blocks_of(content: gzip.GzipFile | BinaryIO, file: BinaryIO, block_bytes: int) -> Iterator[RawBlock]:
    while data := content.read(block_bytes):
        yield RawBlock(data, file.tell())
