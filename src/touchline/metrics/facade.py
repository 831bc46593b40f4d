"""What others may do with metrics: the figures above the map, each of which can be opened."""

from __future__ import annotations

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.kit.opened_number import OpenedNumber, UnknownNumberError
from touchline.metrics.questions.headline import headline_figures
from touchline.metrics.questions.numbers import FIGURES, opened
from touchline.metrics.rules import Figure
from touchline.segments.facade import Scope

__all__ = ["FIGURES", "Figure", "OpenedNumber", "UnknownNumberError", "headline", "open_number"]

_figures: Memory[tuple[Figure, ...]] = Memory()


def headline(workspace: Workspace, scope: Scope) -> tuple[Figure, ...]:
    """NPS, CSAT, CES, buyers per visitor and repeat purchase of a scope, from what is stored.

    A scope without a period is all data: whoever shows the figures beside a map passes the map's period.
    No figure where there are no data. Raises FilterError.
    """
    return _figures.recall(workspace, scope, lambda: headline_figures(workspace, scope))


def open_number(workspace: Workspace, scope: Scope, figure: str, page: int = 1, per_page: int = 50) -> OpenedNumber:
    """Open a figure by its id: what it means, how it is computed, and one page (from 1) of the rows behind it.

    `per_page` 0 gives all rows at once. Raises UnknownNumberError or FilterError, each with a sentence.
    """
    return opened(workspace, scope, figure, (max(page, 1) - 1) * per_page, per_page)
