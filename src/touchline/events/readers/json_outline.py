"""What one JSON document is: a list of rows, an object around such a list, or a single object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from touchline.events.readers.json_structure import Marks, Structure
from touchline.events.readers.lines import LINE_LIMIT_BYTES
from touchline.events.readers.raw import RawBlock
from touchline.events.readers.sheet import UnreadableFileError

_CURLY = ord("{")
_CLOSING: Final = {b"[": ord("]"), b"{": ord("}")}
_OWN_NAMES: Final = frozenset({"id", "_id", "uuid", "messageId", "email", "name", "number", "order_number"})
"""An object with one of these is a thing of its own, such as an order with its lines, and no envelope."""
_ENVELOPE_KEPT_WHOLE = "batch"
"""Segment's envelope dates the calls in it, so it stays one row."""
_FIRST_CHOICE = "data"


@dataclass(frozen=True)
class Outline:
    """Where the rows of a document stand."""

    depth: int
    """Brackets open around each row: 1 for a list, 2 for a list in an object, 0 for a single object."""
    list_index: int = 0
    """Which of the containers of that depth holds the rows, counted from 0."""
    lines: int = 1
    notes: tuple[str, ...] = ()


class FollowedByMoreError(Exception):
    """The first value of the file is not its only one: it may be JSON lines."""

    def __init__(self, line: int) -> None:
        super().__init__(f"another value follows the one that ends in line {line}")
        self.line = line
        """Where the first value ends."""


def outline_of(path: Path, blocks: Iterable[RawBlock]) -> Outline:
    """Look through a document, given as UTF-8.

    Raises UnreadableFileError when it is cut short, broken or holds no rows, FollowedByMoreError when it is not alone.
    """
    survey = _Survey(path)
    for marks in survey.structure.marks(blocks):
        survey.look_at(marks)
    return survey.outline()


def lists_of(path: Path, blocks: Iterable[RawBlock]) -> dict[str, Outline]:
    """Return where each list directly in an outer object stands, by its name; raises as `outline_of`."""
    survey = _Survey(path)
    for marks in survey.structure.marks(blocks):
        survey.look_at(marks)
    return survey.lists()


@dataclass
class _Survey:
    """What is known of the document so far."""

    path: Path
    structure: Structure = field(default_factory=Structure)
    first: bytes = b""
    lines: int = 1
    is_closed: bool = False
    skeleton: bytearray = field(default_factory=bytearray)
    """The outer object with its containers emptied."""
    objects_of: Counter[int] = field(default_factory=Counter)
    """Container of the outer object, or −1 for the outer list -> objects in it."""
    containers: int = 0
    skipping: bool = False

    def look_at(self, marks: Marks) -> None:
        self.first = self.first or marks.data.lstrip()[:1]
        if self.is_closed:
            self._look_behind(marks.data)
            return
        end = self._end(marks)
        if self.first == b"[":
            rows = (marks.signs == _CURLY) & (marks.depths == 2)
            self.objects_of[-1] += int(rows.sum())
        else:
            self._look_into(marks, end)
        self.lines += marks.data.count(b"\n", 0, end)
        if self.is_closed:
            self._look_behind(marks.data[end:])

    def outline(self) -> Outline:
        self._check_closed()
        if self.first == b"[":
            if not self.objects_of[-1]:
                raise UnreadableFileError(f"{self.path} holds a JSON list without any object: nothing can be imported.")
            return Outline(1, lines=self.lines)
        return self._of_object(self._outer_object())

    def lists(self) -> dict[str, Outline]:
        self._check_closed()
        containers = [(name, value) for name, value in self._outer_object().items() if isinstance(value, (list, dict))]
        return {
            name: Outline(2, index, self.lines)
            for index, (name, value) in enumerate(containers)
            if isinstance(value, list)
        }

    def _check_closed(self) -> None:
        if not self.is_closed:
            raise UnreadableFileError(
                f"{self.path} is cut short or broken: the JSON that begins with {self.first.decode()} is not closed at the "
                f"end, line {self.lines}. The whole export was expected."
            )

    def _end(self, marks: Marks) -> int:
        """Position behind the bracket that closes the document, or the end of the block."""
        closing = np.flatnonzero(marks.depths <= 0)
        if not closing.size:
            return len(marks.data)
        if marks.signs[closing[0]] != _CLOSING[self.first]:
            raise self._broken()
        self.is_closed = True
        return int(marks.positions[closing[0]]) + 1

    def _look_behind(self, data: bytes) -> None:
        if data.strip():
            raise FollowedByMoreError(self.lines)

    def _look_into(self, marks: Marks, end: int) -> None:
        """Keep of the outer object what stands outside its containers, and count the objects in each of them."""
        opens = (marks.steps == 1) & (marks.depths == 2)
        ordinals = self.containers - 1 + np.cumsum(opens)
        rows = (marks.signs == _CURLY) & (marks.depths == 3)
        found, counts = np.unique(ordinals[rows], return_counts=True)
        self.objects_of.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))
        self.containers += int(opens.sum())
        closes = (marks.steps == -1) & (marks.depths == 1)
        kept_from = 0
        for at in marks.positions[opens | closes].tolist():
            if self.skipping:
                kept_from = at
            else:
                self.skeleton += marks.data[kept_from : at + 1]
            self.skipping = not self.skipping
        if not self.skipping:
            self.skeleton += marks.data[kept_from:end]
        if len(self.skeleton) > LINE_LIMIT_BYTES:
            raise UnreadableFileError(
                f"{self.path}: its JSON object holds more than {LINE_LIMIT_BYTES // 2**20} MB outside of lists; "
                "a list of rows was expected."
            )

    def _outer_object(self) -> dict[str, Any]:
        try:
            found = msgspec.json.decode(bytes(self.skeleton))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._broken() from None
        return dict(found)

    def _broken(self) -> UnreadableFileError:
        return UnreadableFileError(
            f"{self.path} is no whole JSON: its brackets do not match or something between them is missing. "
            "A list of objects, an object around such a list, or one object per line was expected."
        )

    def _of_object(self, outer: dict[str, Any]) -> Outline:
        containers = [name for name, value in outer.items() if isinstance(value, (list, dict))]
        lists = {name: index for index, name in enumerate(containers) if isinstance(outer[name], list)}
        filled = {name: index for name, index in lists.items() if self.objects_of[index]}
        if _ENVELOPE_KEPT_WHOLE in lists or not (filled or _FIRST_CHOICE in lists):
            return Outline(0, lines=self.lines)
        if not filled:
            raise UnreadableFileError(f"{self.path} holds an empty list {_FIRST_CHOICE!r}: there is nothing to import.")
        if _FIRST_CHOICE not in filled and not _OWN_NAMES.isdisjoint(outer):
            return Outline(0, lines=self.lines)
        chosen = max(filled, key=lambda name: (name == _FIRST_CHOICE, self.objects_of[filled[name]]))
        others = ", ".join(repr(name) for name in filled if name != chosen)
        unread = f" Not read: {others}." if others else ""
        return Outline(
            2, filled[chosen], self.lines, (f"Read the list {chosen!r} of the JSON object as rows.{unread}",)
        )
