"""Where to act first: the pain points at the top of the ranking, under the map."""

from __future__ import annotations

from typing import Final

from touchline.engine.workspace import Workspace
from touchline.pains.facade import kept_pains
from touchline.pains.pages import RankedPain, ranking

MOST: Final = 7


def where_to_act(workspace: Workspace) -> tuple[RankedPain, ...]:
    """The first rows of the ranking that was computed last; none where there is nothing to rank."""
    found = kept_pains(workspace)
    if found is None:
        return ()
    return ranking(found, [pain for pain in found.pains if pain.is_supported][:MOST])
