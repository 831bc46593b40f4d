"""Blocks of whole lines with their line numbers; a line too long to hold is found without holding it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from touchline.events.readers.raw import RawBlock
from touchline.events.readers.sheet import WHOLE_LINE
from touchline.events.rules import Refused

LINE_LIMIT_BYTES = 16 * 1024 * 1024
KEPT_CHARACTERS = 1000
"""Of a line too long to hold, this much goes to quarantine."""


@dataclass(frozen=True)
class LineBlock:
    """Whole lines as UTF-8, the last one possibly without its newline."""

    data: bytes
    first_line: int
    """Physical line, counted from 1."""
    bytes_read: int
    refused: tuple[Refused, ...] = ()


def too_long(line: int, start: bytes) -> Refused:
    """The row that stands in quarantine for a line nobody could have meant."""
    return Refused(
        line,
        f"Line {line} is longer than {LINE_LIMIT_BYTES // 2**20} MB; a row of a table was expected.",
        {WHOLE_LINE: start[:KEPT_CHARACTERS].decode("utf-8", "replace")},
    )


def line_blocks(blocks: Iterable[RawBlock], first_line: int = 1, skip_bytes: int = 0) -> Iterator[LineBlock]:
    """Cut UTF-8 blocks at line ends, beginning after the first `skip_bytes`, which end before `first_line`."""
    cutter = _Cutter(first_line)
    position = 0
    for block in blocks:
        data, skip_bytes = block.data[skip_bytes:], max(0, skip_bytes - len(block.data))
        position = block.bytes_read
        if cut := cutter.cut(data, position):
            yield cut
    if last := cutter.finish(position):
        yield last


class _Cutter:
    """Holds the piece of a line that is not whole yet."""

    def __init__(self, first_line: int) -> None:
        self._line = first_line
        self._rest = b""
        self._dropping = False

    def cut(self, data: bytes, position: int) -> LineBlock | None:
        refused: tuple[Refused, ...] = ()
        if self._dropping:
            end = data.find(b"\n")
            if end < 0:
                return None
            data, self._dropping, self._line = data[end + 1 :], False, self._line + 1
        end = data.rfind(b"\n") + 1
        whole = self._rest + data[:end] if end else b""
        self._rest = data[end:] if end else self._rest + data
        first = self._line
        self._line += whole.count(b"\n")
        if len(self._rest) > LINE_LIMIT_BYTES:
            refused = (too_long(self._line, self._rest),)
            self._rest, self._dropping = b"", True
        return LineBlock(whole, first, position, refused) if whole or refused else None

    def finish(self, position: int) -> LineBlock | None:
        return LineBlock(self._rest, self._line, position) if self._rest else None
