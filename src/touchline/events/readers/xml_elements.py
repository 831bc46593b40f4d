"""XML element by element, out of files nobody vouches for: entities are refused, nothing outside the file is read.

The standard library's expat does the parsing. Entity declarations end the reading, so neither an expanding entity nor
one that names another file can do anything; elements have bounds of depth and length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from touchline.events.readers.lines import LINE_LIMIT_BYTES
from touchline.events.readers.raw import raw_blocks
from touchline.events.readers.sheet import UnreadableFileError

BLOCK_BYTES = 1024 * 1024
DEEPEST = 64
"""Levels; event logs have about six."""
_DEEPEST_WANTED = 3
_ELEMENT_BYTES = 64
"""What an element takes at least, so that millions of empty ones are not one small row."""


@dataclass(slots=True)
class Element:
    """One element with all that is in it; names are without their namespace."""

    name: str
    path: tuple[str, ...]
    """Names of the elements around a wanted one, from the outermost; not kept of the elements in it."""
    attributes: Mapping[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> Element | None:
        """Return the first element of that name directly inside."""
        return next((each for each in self.children if each.name == name), None)


IsWanted = Callable[[tuple[str, ...]], bool]
"""Whether the element with this path, its own name included, is to be given whole."""


def elements(
    path: Path, is_wanted: IsWanted, begins: frozenset[str] = frozenset()
) -> Iterator[tuple[list[Element], int]]:
    """Give the wanted elements block by block, and how far into the file each block reaches.

    Wanted ones stand at most three levels deep. Elements named in `begins` that are not wanted are given as well when they
    begin, without what is in them. Raises UnreadableFileError when the file is broken, cut short, or declares entities.
    """
    walk = _Walk(path, is_wanted, begins)
    reach = 0
    for block in raw_blocks(path, BLOCK_BYTES):
        walk.feed(block.data, is_last=False)
        reach = block.bytes_read
        yield walk.take(), reach
    walk.feed(b"", is_last=True)
    yield walk.take(), reach


class _Walk:
    def __init__(self, path: Path, is_wanted: IsWanted, begins: frozenset[str]) -> None:
        self._path, self._is_wanted, self._begins = path, is_wanted, begins
        self._around: list[str] = []
        self._open: list[Element] = []
        self._found: list[Element] = []
        self._length = 0
        self._fed_bytes = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse_entity
        parser.ExternalEntityRefHandler = self._refuse_entity
        self._parser = parser

    def feed(self, data: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(data, is_last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise UnreadableFileError(
                f"{self._path} is no whole XML: line {error.lineno}, column {error.offset + 1}: {reason}."
            ) from None
        except (ValueError, LookupError):
            raise UnreadableFileError(
                f"{self._path} is XML in an encoding that cannot be read; UTF-8 was expected."
            ) from None
        self._fed_bytes += len(data)
        if self._fed_bytes - max(self._parser.CurrentByteIndex, 0) > LINE_LIMIT_BYTES:  # a tag that does not end
            self._refuse(f"an element longer than {LINE_LIMIT_BYTES // 2**20} MB")

    def take(self) -> list[Element]:
        found, self._found = self._found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if len(self._around) + len(self._open) >= DEEPEST:
            self._refuse(f"elements nested deeper than {DEEPEST} levels")
        if self._open:
            element = Element(name, (), attributes)
            self._open[-1].children.append(element)
            self._open.append(element)
            self._count(sum(map(len, attributes.values())) + len(name) + _ELEMENT_BYTES)
            return
        if len(self._around) < _DEEPEST_WANTED and self._is_wanted((*self._around, name)):
            self._open, self._length = [Element(name, tuple(self._around), attributes)], 0
            return
        if name in self._begins:
            self._found.append(Element(name, tuple(self._around), attributes))
        self._around.append(name)

    def _end(self, _name: str) -> None:
        if not self._open:
            self._around.pop()
            return
        ended = self._open.pop()
        if not self._open:
            self._found.append(ended)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text
            self._count(len(text))

    def _count(self, length: int) -> None:
        self._length += length
        if self._length > LINE_LIMIT_BYTES:
            self._refuse(f"an element longer than {LINE_LIMIT_BYTES // 2**20} MB")

    def _refuse_entity(self, *_what: Any) -> NoReturn:
        self._refuse("an entity declaration, which event logs do not need and harmful files use")

    def _refuse(self, what: str) -> NoReturn:
        line = self._parser.CurrentLineNumber
        raise UnreadableFileError(f"{self._path} was not read: line {line} holds {what}.")
