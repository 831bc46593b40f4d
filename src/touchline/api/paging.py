"""Long lists in the API: which rows are asked for, and which came."""

from __future__ import annotations

from typing import Annotated

from ninja import Query

MOST_ROWS = 200
USUAL_ROWS = 50
LARGEST_OFFSET = 10**9

Offset = Annotated[int, Query(0, ge=0, le=LARGEST_OFFSET, description="Rows to leave out at the beginning.")]
Limit = Annotated[int, Query(USUAL_ROWS, ge=1, le=MOST_ROWS, description="Rows to give at most.")]
