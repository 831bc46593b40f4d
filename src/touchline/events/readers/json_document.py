"""One JSON document: a list of objects, an object around such a list, or a single object, pretty-printed or not.

Rows are numbered from 1 in the order of the list, for a whole list may stand in one line. The raw object stays in
`_json`, as in JSON lines. The file is read twice, in blocks: once for its outline, once for its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from touchline.events.readers.encoding import SAMPLE_BYTES, Encoding, as_utf8, sniff_encoding
from touchline.events.readers.json_outline import FollowedByMoreError, Outline, outline_of
from touchline.events.readers.json_structure import Marks, Structure
from touchline.events.readers.jsonl import BLOCK_BYTES, RAW_COLUMN, as_object, batch_of_objects, flatten, open_jsonl
from touchline.events.readers.lines import LINE_LIMIT_BYTES
from touchline.events.readers.raw import RawBlock, check_is_file, raw_blocks
from touchline.events.readers.sheet import Batch, Sheet, UnreadableFileError

_LOOKED_AT_LINES = 200


def open_json(path: Path) -> Sheet:
    """Open a file that begins with a bracket, as JSON lines where it is.

    Raises UnreadableFileError with a sentence when it is cut short, broken or holds no rows.
    """
    encoding = sniff_encoding(path)
    start = next((block.data for block in as_utf8(raw_blocks(path, SAMPLE_BYTES), encoding)), b"")
    if _is_lines(start):
        return open_jsonl(path)
    try:
        outline = outline_of(path, _blocks(path, encoding))
    except FollowedByMoreError as more:
        if more.line == 1:
            return open_jsonl(path)
        raise UnreadableFileError(
            f"{path} holds several JSON documents one after the other; the first ends in line {more.line}. "
            "One document, or one object per line, was expected."
        ) from None
    if outline.depth == 0 and outline.lines == 1:
        return open_jsonl(path)
    columns = (*_columns(path, encoding, outline), RAW_COLUMN)
    batches = _batches(_blocks(path, encoding), outline, columns)
    return Sheet(
        path, "json", columns, batches, check_is_file(path), encoding.codec, notes=encoding.notes + outline.notes
    )


def _is_lines(start: bytes) -> bool:
    """Whether the first line is a whole value with others below it, or most lines below a broken one are objects."""
    first, *below = [line for line in start.split(b"\n") if line.strip()][:_LOOKED_AT_LINES] or [b""]
    if not below:
        return False
    if as_object(first) is not None:
        return True
    return sum(as_object(line) is not None for line in below) * 2 > len(below)


def _blocks(path: Path, encoding: Encoding) -> Iterator[RawBlock]:
    return as_utf8(raw_blocks(path, BLOCK_BYTES), encoding)


def _columns(path: Path, encoding: Encoding, outline: Outline) -> list[str]:
    """Keys of the objects in the first megabyte and more, in order of appearance; later ones are still in `_json`."""
    names: dict[str, None] = {}
    for pieces, _ in elements_of(as_utf8(raw_blocks(path, SAMPLE_BYTES), encoding), outline):
        objects = [as_object(piece) for piece in pieces]
        for object_ in objects:
            names.update(dict.fromkeys(flatten(object_ or {})))
        if any(object_ is not None for object_ in objects):
            return list(names)
    raise UnreadableFileError(f"{path}: no row of its JSON can be read; objects such as {{...}} were expected.")


def _batches(blocks: Iterator[RawBlock], outline: Outline, columns: tuple[str, ...]) -> Iterator[Batch]:
    row = 1
    for pieces, bytes_read in elements_of(blocks, outline):
        yield batch_of_objects(enumerate(pieces, start=row), columns, bytes_read, "Row")
        row += len(pieces)


def elements_of(blocks: Iterator[RawBlock], outline: Outline) -> Iterator[tuple[list[bytes], int]]:
    """Give the text of each row, block by block, and how far into the file the block reaches."""
    if outline.depth == 0:
        data = b"".join(block.data for block in blocks)
        yield [data.strip()], len(data)
        return
    cutter = _Cutter(outline)
    for marks in Structure().marks(blocks):
        if pieces := cutter.cut(marks):
            yield pieces, marks.bytes_read


class _Cutter:
    """Cuts one list into its elements; holds the piece of an element that is not whole yet."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._lists = 0
        self._inside = False
        self._rest = b""

    def cut(self, marks: Marks) -> list[bytes]:
        at, opens = self._cuts(marks)
        pieces: list[bytes] = []
        start = 0
        for position, begins in zip(at, opens, strict=True):
            if begins:
                self._inside = True
            else:
                pieces.append((self._rest + marks.data[start:position]).strip())
                self._inside = marks.data[position] == ord(",")
                self._rest = b""
            start = position + 1
        if self._inside:
            self._hold(marks.data[start:])
        elif pieces and not pieces[-1]:
            pieces.pop()  # an empty list, or a comma behind the last row
        return pieces

    def _cuts(self, marks: Marks) -> tuple[list[int], list[bool]]:
        """Positions of the brackets and commas of the list, and which of them is the bracket that opens it."""
        depth = self._outline.depth
        opens = (marks.steps == 1) & (marks.depths == depth)
        ends = ((marks.steps == -1) & (marks.depths == depth - 1)) | ((marks.steps == 0) & (marks.depths == depth))
        which = self._lists - 1 + np.cumsum(opens)
        self._lists += int(opens.sum())
        wanted = (opens | ends) & (which == self._outline.list_index)
        return marks.positions[wanted].tolist(), opens[wanted].tolist()

    def _hold(self, data: bytes) -> None:
        """Of a row longer than any row can be, the start is kept: it is refused with it."""
        self._rest = (self._rest + data)[: LINE_LIMIT_BYTES + 1]
