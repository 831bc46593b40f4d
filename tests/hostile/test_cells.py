"""Cells of every CSV we write: none is run as a formula, and what was done to them can be undone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.actions.exporting import restored
from touchline.events.facade import neutral

RUN = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\ufeff=1",
    "\u200b+1",
    "＝1",
    "＠x",
    "'=1",
    "''-1",
)


@pytest.mark.parametrize("cell", RUN)
def test_a_cell_that_a_spreadsheet_might_run_becomes_text(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ada", "'tis", "a=b", "3 - 2", "0", " text"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert neutral(cell) == restored(cell) == cell


@given(st.text("'=+-@ \t\r\nax＝", max_size=8))
def test_every_cell_comes_back(cell: str) -> None:
    assert restored(neutral(cell)) == cell
