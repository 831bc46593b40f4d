"""What the cells of a column look like, whatever its header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from touchline.events.mapping.amounts import NumberFinding, currency_code, decide_number
from touchline.events.mapping.moments import read_time_of_day
from touchline.events.mapping.scores import read_score
from touchline.events.mapping.times import TimeFinding, decide_format
from touchline.events.mapping.vocabularies import channel_of, device_of, language_of
from touchline.events.mapping.words import words_of

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s.,;]{2,}")
_PHONE = re.compile(r"\+?[\d ()./-]{7,20}")
_PAGE = re.compile(r"(?:https?://\S+|/\S*)")
_SEVERAL_IDS = re.compile(r"\w+(?:\s*;\s*\w+)+")
_LONG_TEXT = 25
_LOOKED_AT = 400
"""Cells looked at by slow patterns; distinct ones, so a sorted file does not show only its first customer."""


@dataclass(frozen=True)
class Shape:
    """A column of the sample."""

    header: str
    cells: tuple[str, ...]
    """The cells that hold something, in file order."""
    rows: int
    zone: str
    """Name of the workspace's time zone, which decides between day first and month first."""

    @cached_property
    def words(self) -> str:
        """The header as lower-case words."""
        return words_of(self.header)

    @cached_property
    def distinct(self) -> tuple[str, ...]:
        """The different cells, in order of first appearance."""
        return tuple(dict.fromkeys(self.cells))

    @property
    def filled(self) -> float:
        """Share of the rows that have a cell."""
        return len(self.cells) / self.rows if self.rows else 0.0

    @property
    def uniqueness(self) -> float:
        """Different cells per cell."""
        return len(self.distinct) / len(self.cells) if self.cells else 0.0

    @property
    def samples(self) -> tuple[str, ...]:
        """Three cells to show."""
        return self.distinct[:3]

    @cached_property
    def time(self) -> TimeFinding | None:
        """As what time format the cells read."""
        return decide_format(self.distinct, self.zone)

    @cached_property
    def number(self) -> NumberFinding | None:
        """As what numbers the cells read."""
        return decide_number(self.distinct)

    @cached_property
    def score(self) -> NumberFinding | None:
        """As the numbers in '4', '4/5' and '4 stars'."""
        mark = self.number.decimal_mark if self.number else "."
        read = [read_score(cell, mark) for cell in self._looked_at]
        found = [value for value in read if value is not None]
        if len(found) < 0.5 * len(read) or not found:
            return None
        return NumberFinding(
            mark, len(found) / len(read), min(found), max(found), all(v.is_integer() for v in found), True
        )

    @cached_property
    def length(self) -> float:
        """Mean number of signs in a cell."""
        return fmean(len(cell) for cell in self._looked_at) if self.cells else 0.0

    @cached_property
    def lists(self) -> bool:
        """Whether a cell holds several ids: '9001;9009'."""
        return any(_SEVERAL_IDS.fullmatch(cell) for cell in self._looked_at)

    @cached_property
    def prose(self) -> float:
        """Share of cells that are sentences rather than names: long, of several words."""
        return self._share(lambda cell: len(cell) > _LONG_TEXT and cell.count(" ") >= 3)

    @cached_property
    def emails(self) -> float:
        """Share of cells that are e-mail addresses."""
        return self._share(lambda cell: _EMAIL.fullmatch(cell) is not None)

    @cached_property
    def phones(self) -> float:
        """Share of cells that could be phone numbers."""
        return self._share(lambda cell: _PHONE.fullmatch(cell.lstrip("'")) is not None)

    @cached_property
    def pages(self) -> float:
        """Share of cells that are addresses or paths."""
        return self._share(lambda cell: _PAGE.fullmatch(cell) is not None)

    @cached_property
    def channels(self) -> float:
        """Share of cells that name a channel."""
        return self._share(lambda cell: channel_of(cell) is not None)

    @cached_property
    def devices(self) -> float:
        """Share of cells that name a device."""
        return self._share(lambda cell: device_of(cell) is not None)

    @cached_property
    def languages(self) -> float:
        """Share of cells that name a language."""
        return self._share(lambda cell: language_of(cell) is not None)

    @cached_property
    def currencies(self) -> float:
        """Share of cells that name a currency."""
        return self._share(lambda cell: currency_code(cell) is not None)

    @cached_property
    def clocks(self) -> float:
        """Share of cells that are a time of day."""
        return self._share(lambda cell: read_time_of_day(cell) is not None)

    @property
    def _looked_at(self) -> Sequence[str]:
        return self.distinct[:_LOOKED_AT]

    def _share(self, holds: Callable[[str], bool]) -> float:
        cells = self._looked_at
        return sum(map(holds, cells)) / len(cells) if cells else 0.0
