"""Where the brackets, commas and strings of a JSON text stand, found with NumPy block by block.

Nothing is decoded: a list of millions of objects can be cut into its objects without holding it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from touchline.events.readers.raw import RawBlock

_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_QUOTE = ord('"')
_STEP = np.zeros(256, dtype=np.int64)
_STEP[list(b"[{")] = 1
_STEP[list(b"]}")] = -1
_IS_MARK = _STEP != 0
_IS_MARK[ord(",")] = True


@dataclass(frozen=True)
class Marks:
    """Some text, and the brackets and commas in it that stand outside strings."""

    data: bytes
    positions: npt.NDArray[np.int64]
    signs: npt.NDArray[np.uint8]
    """The byte at each position."""
    steps: npt.NDArray[np.int64]
    """+1 where a bracket opens, −1 where one closes, 0 for a comma."""
    depths: npt.NDArray[np.int64]
    """How many brackets are open after each position."""
    bytes_read: int


class Structure:
    """Reads blocks of one JSON text, in order."""

    def __init__(self) -> None:
        self.depth = 0
        """Brackets open at the end of what was read."""
        self.in_string = False
        self._held = b""

    def marks(self, blocks: Iterable[RawBlock]) -> Iterator[Marks]:
        """Give the marks of each block of UTF-8. A backslash at the end of a block is held back for the next."""
        for block in blocks:
            data = self._held + block.data
            backslashes = len(data) - len(data.rstrip(b"\\"))
            self._held = data[len(data) - backslashes % 2 :]
            if data := data[: len(data) - backslashes % 2]:
                yield self._marks_of(data, block.bytes_read)

    def _marks_of(self, data: bytes, bytes_read: int) -> Marks:
        plain = _ESCAPE.sub(b"  ", data) if b"\\" in data else data
        bytes_ = np.frombuffer(plain, dtype=np.uint8)
        inside = np.bitwise_xor.accumulate((bytes_ == _QUOTE).view(np.uint8)) ^ np.uint8(self.in_string)
        positions = np.flatnonzero(_IS_MARK[bytes_] & (inside == 0))
        signs = bytes_[positions]
        steps = _STEP[signs]
        depths = self.depth + np.cumsum(steps)
        self.in_string = bool(inside[-1])
        self.depth = int(depths[-1]) if depths.size else self.depth
        return Marks(data, positions, signs, steps, depths, bytes_read)
