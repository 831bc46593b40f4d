"""Where to act first: the pain points at the top of the ranking under the map, with what is done about each."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.urls import reverse

from touchline.engine.workspace import Workspace
from touchline.improvements.facade import STATUSES, improvement_of_pain
from touchline.pains.facade import kept_pains
from touchline.pains.pages import Fix, RankedPain, ranking

MOST: Final = 7


def where_to_act(workspace: Workspace) -> tuple[RankedPain, ...]:
    """The first rows of the ranking that was computed last; none where there is nothing to rank."""
    found = kept_pains(workspace)
    if found is None:
        return ()
    rows = ranking(found, [pain for pain in found.pains if pain.is_supported][:MOST])
    return tuple(replace(row, fix=_fix(workspace, row.id)) for row in rows)


def _fix(workspace: Workspace, pain_id: str) -> Fix | None:
    improvement = improvement_of_pain(workspace, pain_id)
    if improvement is None:
        return None
    url = reverse("improvement", args=[improvement.number])
    return Fix(improvement.title, url, STATUSES[improvement.status], improvement.owner)
