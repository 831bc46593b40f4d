"""What each kind of event counts for in a session, looked up by its number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.kinds.sessions import rules
from touchline.analyses.rules.page_names import clean_page
from touchline.engine.store import Store

KINDS = "select kind, name, label, page, channel from kinds order by kind"


@dataclass(frozen=True)
class Places:
    """Arrays by the number of the kind of event."""

    kinds: tuple[int, ...]
    """Those that are of a session."""
    names: tuple[str, ...]
    """The page, without query and with :id for a number; for events without a page what the file calls it, or its name."""
    place: NDArray[np.int32]
    """Position in `names`."""
    is_page: NDArray[np.bool_]
    is_view: NDArray[np.bool_]
    is_key: NDArray[np.bool_]
    """Whether it is a key event where none are named."""

    @classmethod
    def of(cls, store: Store, channels: Collection[str]) -> Places:
        """Look at all kinds of events there are: those of these channels that the visitor does himself count."""
        rows = store.rows(KINDS)
        shown = [clean_page(page) if page else label or name for _, name, label, page, _ in rows]
        numbers = {name: at for at, name in enumerate(dict.fromkeys(shown))}
        size = max((kind for kind, *_ in rows), default=0) + 1
        place, (is_page, is_view, is_key) = np.zeros(size, np.int32), np.zeros((3, size), bool)
        for (kind, name, _, page, _), words in zip(rows, shown, strict=True):
            place[kind], is_page[kind] = numbers[words], page is not None
            is_view[kind], is_key[kind] = name in rules.VIEWS, name in rules.KEY_EVENTS
        counted = (
            kind for kind, name, _, _, channel in rows if channel in channels and name not in rules.NOT_BY_THE_VISITOR
        )
        return cls(tuple(counted), tuple(numbers), place, is_page, is_view, is_key)
