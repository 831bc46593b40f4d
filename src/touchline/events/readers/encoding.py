"""Which encoding a text file is in, and its content as UTF-8.

Exports come as UTF-8 with or without a byte-order mark, as UTF-16 (Google Play), and as Windows-1252 (older Excel).
A file that is ASCII for its first gigabyte can still turn out to be Windows-1252, so plain files are looked at whole:
checking for ASCII costs less than a tenth of reading.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from touchline.events.readers.raw import RawBlock, is_gzip, raw_blocks
from touchline.events.readers.sheet import UnreadableFileError

SAMPLE_BYTES = 1024 * 1024
INVALID = "\ufdd0"
"""Stands where bytes did not fit the encoding. A Unicode noncharacter: no real text holds it."""
INVALID_UTF8 = INVALID.encode()
_MARK = "touchline-mark"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file become text."""

    codec: str
    bom_bytes: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user is told; nothing when it is plain UTF-8."""
        return () if self.codec == "utf-8" else (f"Read as {_NAMES.get(self.codec, self.codec[:6].upper())}.",)


def _mark(error: UnicodeError) -> tuple[str, int]:
    return INVALID, int(getattr(error, "end", 0))


codecs.register_error(_MARK, _mark)


def sniff_encoding(path: Path) -> Encoding:
    """Tell the encoding of a text file. Raises UnreadableFileError when it holds no text."""
    sample = next((block.data for block in raw_blocks(path, SAMPLE_BYTES)), b"")
    for bom, codec in _BOMS:
        if sample.startswith(bom):
            return Encoding(codec, len(bom))
    if b"\0" in sample:
        return Encoding(_sixteen_bit(sample, path))
    if _is_binary(sample[:10_000].decode("latin-1")):
        raise _no_text(path)
    blocks = [RawBlock(sample, len(sample))] if is_gzip(path) else raw_blocks(path)
    return Encoding(_eight_bit(block.data for block in blocks))


def as_utf8(blocks: Iterable[RawBlock], encoding: Encoding) -> Iterator[RawBlock]:
    """Give the same text as UTF-8 without byte-order mark; bytes that do not fit become INVALID."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(errors=_MARK)
    to_drop = encoding.bom_bytes
    position = 0
    for block in blocks:
        data, to_drop, position = block.data[to_drop:], 0, block.bytes_read
        untouched = encoding.codec == "utf-8" and data.isascii() and not decoder.getstate()[0]
        yield RawBlock(data if untouched else _encoded(decoder.decode(data)), position)
    if rest := decoder.decode(b"", final=True):
        yield RawBlock(_encoded(rest), position)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _sixteen_bit(sample: bytes, path: Path) -> str:
    """Western text in UTF-16 has a zero in every other byte, always on the same side."""
    half = max(1, len(sample) // 2)
    likely = "utf-16-le" if sample[1::2].count(0) > sample[0::2].count(0) else "utf-16-be"
    if _is_binary(sample[: half * 2].decode(likely, "replace")):
        raise _no_text(path)
    zero_first, zero_second = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if zero_second > 0.3 > 0.05 > zero_first:
        return "utf-16-le"
    if zero_first > 0.3 > 0.05 > zero_second:
        return "utf-16-be"
    raise _no_text(path)


def _no_text(path: Path) -> UnreadableFileError:
    return UnreadableFileError(
        f"{path} holds binary data, not a table: CSV, TSV, XLSX, JSON, JSON lines or Parquet was expected."
    )


def _is_binary(text: str) -> bool:
    """Text has next to no control characters but tabs and line ends."""
    looked_at = text[:10_000]
    controls = sum(character < " " and character not in "\t\n\r" for character in looked_at)
    return controls * 20 > len(looked_at)


def _eight_bit(blocks: Iterable[bytes]) -> str:
    """UTF-8 unless most lines with an accent in them are not UTF-8; single odd lines then go to quarantine."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen_utf8 = False
    for data in blocks:
        if data.isascii() and not decoder.getstate()[0]:
            continue
        try:
            decoder.decode(data)
        except UnicodeDecodeError:
            return "utf-8" if seen_utf8 or _mostly_utf8(data) else "cp1252"
        seen_utf8 = True
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    whole_lines = data[data.find(b"\n") + 1 :] if len(data) > SAMPLE_BYTES else data
    accented = [line for line in whole_lines.split(b"\n") if not line.isascii()]
    return sum(map(_is_utf8, accented)) * 2 > len(accented)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
