"""What became of each row of a file, so that rows = imported + quarantined + skipped holds whatever a source does.

A row may give several events, an order of several rows one event, and a source may speak about a row late. The ledger
keeps one byte per line; a row counts as the best that became of it, and as quarantined if anything of it was refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

ALREADY_IMPORTED = "already imported"
REPEATED = "the same again further down"
NO_EVENT = "no event on this row"

_LAST_REASON, _REPEATED, _KNOWN, _UPDATED, _NEW, _REFUSED, _EARLIER = 248, 249, 250, 251, 252, 253, 254
STATUS_NEW, STATUS_UPDATED, STATUS_KNOWN, STATUS_REPEATED = _NEW, _UPDATED, _KNOWN, _REPEATED


class Ledger:
    """Running counts of one file. `settled` is how many rows have been accounted for."""

    def __init__(self) -> None:
        self._codes = np.zeros(1 << 16, dtype=np.uint8)
        self._tally = np.zeros(256, dtype=np.int64)
        self._further = np.zeros(256, dtype=np.int64)
        self._reasons: list[str] = []
        self._extra_skips: Counter[str] = Counter()
        self._before = {"imported": 0, "updated": 0, "quarantined": 0}
        self._skips_before: Counter[str] = Counter()
        self._passed_over = 0

    def start_from(self, imported: int, updated: int, quarantined: int, skip_reasons: Mapping[str, int]) -> None:
        """Take over the counts of an interrupted import; its lines are then passed with `pass_over`."""
        self._before = {"imported": imported, "updated": updated, "quarantined": quarantined}
        self._skips_before = Counter(skip_reasons)

    def settle(self, lines: Any, codes: Any) -> None:
        """Note what became of rows: STATUS_NEW, STATUS_UPDATED or STATUS_KNOWN per line."""
        self._raise(np.asarray(lines, dtype=np.int64), np.asarray(codes, dtype=np.uint8))

    def settle_further(self, codes: Any, rows: Any) -> None:
        """Note rows beside the one whose line an event carries: the other lines of an order."""
        self._further += np.bincount(np.asarray(codes, dtype=np.int64), weights=rows, minlength=256).astype(np.int64)

    def refuse(self, lines: Iterable[int]) -> None:
        """Note rows that went to quarantine."""
        at = np.fromiter(lines, dtype=np.int64)
        self._raise(at, np.full(at.size, _REFUSED, dtype=np.uint8))

    def skip(self, line: int, reason: str) -> None:
        """Note one row that rightly holds nothing."""
        self._raise(np.array([line]), np.array([self._reason_code(reason)], dtype=np.uint8))

    def skip_counted(self, reason: str, rows: int) -> None:
        """Note rows without a line of their own."""
        self._extra_skips[reason] += rows

    def pass_over(self, lines: Any, counted: int) -> None:
        """Note rows that an earlier run of this import has stored and counted."""
        at = np.asarray(lines, dtype=np.int64)
        self._raise(at, np.full(at.size, _EARLIER, dtype=np.uint8))
        self._passed_over += counted

    @property
    def settled(self) -> int:
        """Rows accounted for, those of an earlier run included."""
        return int(self._tally[1:].sum() + self._further.sum()) + sum(self._extra_skips.values()) + self._passed_over

    @property
    def imported(self) -> int:
        """Rows of which something was stored."""
        return self._before["imported"] + self._count(_NEW) + self._count(_UPDATED)

    @property
    def updated(self) -> int:
        """Of these, rows that replaced an older version."""
        return self._before["updated"] + self._count(_UPDATED)

    @property
    def quarantined(self) -> int:
        """Rows that could not be read."""
        return self._before["quarantined"] + self._count(_REFUSED)

    @property
    def skip_reasons(self) -> dict[str, int]:
        """reason -> rows, the most frequent first."""
        found = self._skips_before + self._extra_skips
        for position, reason in enumerate(self._reasons, start=1):
            found[reason] += self._count(position)
        found[REPEATED] += self._count(_REPEATED)
        found[ALREADY_IMPORTED] += self._count(_KNOWN)
        return {reason: rows for reason, rows in found.most_common() if rows}

    @property
    def skipped(self) -> int:
        """Rows that rightly hold nothing new."""
        return sum(self.skip_reasons.values())

    def _count(self, code: int) -> int:
        return int(self._tally[code] + self._further[code])

    def _reason_code(self, reason: str) -> int:
        if reason not in self._reasons and len(self._reasons) < _LAST_REASON:
            self._reasons.append(reason)
        return self._reasons.index(reason) + 1 if reason in self._reasons else _LAST_REASON

    def _raise(self, lines: np.ndarray, codes: np.ndarray) -> None:
        if not lines.size:
            return
        self._make_room(int(lines.max()))
        if lines.size > 1 and not (np.diff(lines) > 0).all():
            lines, codes = _best_of_each_line(lines, codes)
        old = self._codes[lines]
        rises = (codes > old) & ~((codes <= _LAST_REASON) & (old > 0))
        self._tally -= np.bincount(old[rises], minlength=256)
        self._tally += np.bincount(codes[rises], minlength=256)
        self._codes[lines[rises]] = codes[rises]

    def _make_room(self, line: int) -> None:
        if line >= self._codes.size:
            self._codes = np.concatenate([self._codes, np.zeros(max(self._codes.size, line + 1), dtype=np.uint8)])


def _best_of_each_line(lines: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    order = np.lexsort((codes, lines))
    lines, codes = lines[order], codes[order]
    last = np.append(lines[1:] != lines[:-1], True)
    return lines[last], codes[last]
