"""What others may do with value: assumptions, and what a customer who is kept is worth."""

from __future__ import annotations

from collections.abc import Mapping

from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS
from touchline.value.actions.settings import change_assumptions
from touchline.value.questions.forecasts import assumed, kept_of
from touchline.value.questions.worths import report_of
from touchline.value.rules.assumptions import AssumptionError, Assumptions, sentences
from touchline.value.rules.contracts import ContractFigures
from touchline.value.rules.figures import Range, ShareOf
from touchline.value.rules.kept import KeptCustomer
from touchline.value.rules.report import CurvePoint, GroupFigures, ShownAssumption, TenthFigures, ValueReport

__all__ = [
    "AssumptionError",
    "Assumptions",
    "ContractFigures",
    "CurvePoint",
    "GroupFigures",
    "KeptCustomer",
    "Range",
    "ShareOf",
    "ShownAssumption",
    "TenthFigures",
    "ValueReport",
    "assumption_sentences",
    "assumptions",
    "set_assumptions",
    "value_of_kept_customer",
    "value_report",
]

WINDOW_DAYS = 90


def assumptions(workspace: Workspace) -> Assumptions:
    """The assumptions in force."""
    return assumed(workspace)


def set_assumptions(workspace: Workspace, changes: Mapping[str, str | float], note: str = "") -> Assumptions:
    """Set some assumptions by name (`{"margin": 0.35}`, `{"margin": "35%"}`); amounts follow at once.

    `note` says where the figures are from. Raises AssumptionError with a sentence.
    """
    return change_assumptions(workspace, changes, note)


def assumption_sentences(workspace: Workspace, currency: str = "") -> tuple[str, ...]:
    """What amounts in a currency rest on, in sentences to stand beside them."""
    return sentences(assumed(workspace), currency)


def value_of_kept_customer(
    workspace: Workspace, draws: int = DRAWS, window_days: int = WINDOW_DAYS
) -> KeptCustomer | CannotSay:
    """What one customer is worth who buys within the window after a visit rather than not.

    Margin × (E[purchases within the horizon | bought] − E[… | did not]), discounted; a sentence where orders are too few.
    """
    return kept_of(workspace, window_days, draws)


def value_report(workspace: Workspace) -> ValueReport:
    """What customers are worth, who lapsed, how long customers go on buying, and how well the model behind it forecasts."""
    return report_of(workspace, WINDOW_DAYS)
