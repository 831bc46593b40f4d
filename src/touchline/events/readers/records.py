"""Where each CSV record ends, so that every row knows the physical line it began on.

The fast way counts quotation marks with NumPy and holds for every block in which they stand where RFC 4180 wants
them. A block with marks elsewhere (5" pipe, a mark never closed) is walked record by record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from touchline.events.readers.lines import KEPT_CHARACTERS, LINE_LIMIT_BYTES
from touchline.events.readers.sheet import WHOLE_LINE
from touchline.events.rules import Refused

Positions = npt.NDArray[np.int64]
_NEWLINE, _QUOTE = 10, 34


@dataclass(frozen=True)
class Records:
    """Whole records of one block."""

    data: bytes
    lines: Positions
    """Physical line of each record that is not empty."""
    empty: int
    """Empty lines between them."""
    refused: tuple[Refused, ...]
    rest: bytes
    """The beginning of a record that goes on in the next block."""
    rest_line: int


def split_records(data: bytes, first_line: int, delimiter: str, *, last: bool) -> Records:
    """Find the records of a block that begins on `first_line`; with `last`, nothing can follow."""
    quick = _by_counting(data, first_line, delimiter, last=last)
    return quick if quick is not None else _by_walking(data, first_line, delimiter, last=last)


def _by_counting(data: bytes, first_line: int, delimiter: str, *, last: bool) -> Records | None:
    """None where a quotation mark stands in an odd place or a record is suspiciously long."""
    bytes_ = np.frombuffer(data, dtype=np.uint8)
    newlines = np.flatnonzero(bytes_ == _NEWLINE)
    line_of_newline = np.arange(first_line, first_line + newlines.size, dtype=np.int64)
    if b'"' in data:
        quotes = np.flatnonzero(bytes_ == _QUOTE)
        if not _well_placed(bytes_, quotes, ord(delimiter)):
            return None
        outside = (np.searchsorted(quotes, newlines) & 1) == 0
        newlines, line_of_newline = newlines[outside], line_of_newline[outside]
    end = int(newlines[-1]) + 1 if newlines.size else 0
    if last and end < len(data):
        if b'"' in data[end:] and data[end:].count(b'"') % 2:
            return None
        newlines = np.append(newlines, len(data))
        line_of_newline = np.append(line_of_newline, first_line + data.count(b"\n"))
        end = len(data)
    if len(data) - end > LINE_LIMIT_BYTES:
        return None
    starts = np.concatenate(([0], newlines[:-1] + 1))[: newlines.size]
    start_lines = np.concatenate(([first_line], line_of_newline[:-1] + 1))[: newlines.size]
    filled = newlines > starts
    next_line = int(line_of_newline[-1]) + 1 if newlines.size else first_line
    return Records(data[:end], start_lines[filled], int((~filled).sum()), (), data[end:], next_line)


def _well_placed(bytes_: npt.NDArray[np.uint8], quotes: Positions, delimiter: int) -> bool:
    """Opening marks follow a delimiter, a line end or a closing mark; closing marks are followed by the same."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = bytes_[np.maximum(opening - 1, 0)]
    doubled = np.zeros(opening.size, dtype=bool)
    doubled[1:] = opening[1:] == closing[: opening.size - 1] + 1
    opens = (opening == 0) | (before == delimiter) | (before == _NEWLINE) | doubled
    after = bytes_[np.minimum(closing + 1, bytes_.size - 1)]
    closes = (closing == bytes_.size - 1) | (after == delimiter) | (after == _NEWLINE) | (after == _QUOTE)
    return bool(opens.all() and closes.all())


@lru_cache
def _record_pattern(delimiter: str) -> re.Pattern[bytes]:
    """One record. Atomic groups: a cell has one reading only, so a failing record costs one pass."""
    mark = re.escape(delimiter.encode())
    cell = rb'(?>"(?>(?>[^"]+|"")*)"[^' + mark + rb'\n]*|[^"' + mark + rb"\n][^" + mark + rb"\n]*|)"
    return re.compile(cell + rb"(?:" + mark + cell + rb")*+(?:\n|\Z)")


def _by_walking(data: bytes, first_line: int, delimiter: str, *, last: bool) -> Records:
    record = _record_pattern(delimiter)
    kept: list[bytes] = []
    lines: list[int] = []
    refused: list[Refused] = []
    at, line, empty = 0, first_line, 0
    while at < len(data):
        found = record.match(data, at)
        if found is None:
            if not last and len(data) - at <= LINE_LIMIT_BYTES:
                break
            line_end = data.find(b"\n", at) + 1 or len(data)
            refused.append(_never_closed(line, data[at:line_end]))
            at, line = line_end, line + 1
            continue
        if not last and found.end() == len(data) and data[-1] != _NEWLINE:
            break
        text = found.group()
        if text == b"\n":
            empty += 1
        else:
            kept.append(text)
            lines.append(line)
        at, line = found.end(), line + text.count(b"\n")
    return Records(b"".join(kept), np.array(lines, dtype=np.int64), empty, tuple(refused), data[at:], line)


def _never_closed(line: int, text: bytes) -> Refused:
    return Refused(
        line,
        f"A quotation mark opens in line {line} and is never closed; a closing mark before the next comma was expected.",
        {WHOLE_LINE: text.decode("utf-8", "replace").rstrip("\n")[:KEPT_CHARACTERS]},
    )
