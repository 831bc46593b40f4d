"""Matching a file's header with the columns a source knows: spellings of the same column drift over the years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_OTHER_THAN_WORDS = re.compile(r"[\W_]+")


def normalised(name: str) -> str:
    """Give the form in which headers are compared: 'Canceled  at ' and 'canceled_at' are the same.

    A header of signs alone ('#') keeps its signs.
    """
    words = _OTHER_THAN_WORDS.sub(" ", name.casefold()).strip()
    return words or name.strip()


def canonical_names(header: Iterable[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Map each header, as written, to its canonical name in `columns`; one that is not listed maps to itself.

    The first header that matches a canonical name takes it, so that no cell hides another.
    """
    known = _known_spellings(columns)
    taken: set[str] = set()
    names = {}
    for written in header:
        name = known.get(normalised(written), written)
        names[written] = written if name in taken else name
        taken.add(name)
    return names


def likeness(header: Iterable[str], columns: Mapping[str, tuple[str, ...]], required: tuple[str, ...]) -> float:
    """Say from 0 to 1 how sure it is that a file with this header is the export that has `columns`.

    0 without every required column; else one half, plus a quarter for the share of our columns that the file has, plus
    a quarter for the share of its columns that are ours.
    """
    known = _known_spellings(columns)
    written = [normalised(name) for name in header]
    found = {known[name] for name in written if name in known}
    if not written or not found.issuperset(required):
        return 0.0
    ours = sum(name in known for name in written)
    return 0.5 + 0.25 * len(found) / len(columns) + 0.25 * ours / len(written)


def _known_spellings(columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {normalised(spelling): name for name, aliases in columns.items() for spelling in (name, *aliases)}
