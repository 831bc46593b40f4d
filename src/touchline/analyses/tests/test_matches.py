"""Which rows are steps, asked of the store."""

from __future__ import annotations

import pytest

from touchline.analyses.questions.matches import is_among
from touchline.engine.workspace import Workspace


@pytest.mark.parametrize("places", [(0,), (5, 9, 62), (0, 61, 63), (64, 70), ()])
def test_places_are_found_wherever_they_lie(page_workspace: Workspace, places: tuple[int, ...]) -> None:
    sql = f"select place from (select range::smallint as place from range(100)) where {is_among('place', places)}"

    assert [row[0] for row in page_workspace.store.rows(f"{sql} order by place")] == list(places)
