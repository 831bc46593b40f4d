"""What customers are worth, asked of a workspace: the forecast, and who belongs to which kept segment."""

from __future__ import annotations

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.draws import DRAWS
from touchline.segments.facade import FilterError, Scope, saved_filters
from touchline.value.questions.contracts import contracts
from touchline.value.questions.forecasts import assumed, forecast_of, kept_of
from touchline.value.questions.purchases import members
from touchline.value.questions.settings import settings
from touchline.value.rules.assumptions import Assumptions
from touchline.value.rules.contracts import ContractFigures, contract_figures
from touchline.value.rules.forecast import Forecast
from touchline.value.rules.purchases import Numbers
from touchline.value.rules.report import ValueReport, report
from touchline.value.rules.worth import Worth, worth

MOST_SEGMENTS = 12

KEPT = "select name from segments order by lower(name), name"

_contracts: Memory[ContractFigures | None] = Memory(8)
_worths: Memory[Worth | CannotSay] = Memory(8)


def worth_of(workspace: Workspace) -> Worth | CannotSay:
    """What customers are worth by the assumptions in force; a sentence where orders are too few.

    Only the margin may change without anything being computed again.
    """
    held = assumed(workspace)
    expressions = _segments(workspace)
    asked = (held.currency, held.model, held.horizon_months, held.discount_a_year, tuple(expressions.items()))
    found = _worths.recall(workspace, asked, lambda: _answer(workspace, held, expressions))
    return found if isinstance(found, CannotSay) else found.at_margin(held.margin)


def _answer(workspace: Workspace, held: Assumptions, expressions: dict[str, str]) -> Worth | CannotSay:
    found: Forecast | CannotSay = forecast_of(workspace)
    return found if isinstance(found, CannotSay) else worth(found, held, _members(workspace, expressions))


def _segments(workspace: Workspace) -> dict[str, str]:
    """Filters and segments kept by name, with their expressions."""
    kept = {each.name: each.expression for each in saved_filters(workspace)}
    for (name,) in workspace.store.rows(KEPT):
        kept.setdefault(name, f'segment("{name}")')
    return dict(list(kept.items())[:MOST_SEGMENTS])


def _members(workspace: Workspace, expressions: dict[str, str]) -> dict[str, Numbers]:
    """Customers of each; one that cannot be read any more, because the journey changed, is left out."""
    found = {}
    for name, expression in expressions.items():
        try:
            found[name] = members(workspace, Scope(filter=expression))
        except FilterError:
            continue
    return found


def report_of(workspace: Workspace, window_days: int) -> ValueReport:
    """Everything about value, by the assumptions in force."""
    set_ = {each.name: each for each in settings(workspace)}
    kept = kept_of(workspace, window_days, DRAWS)
    held = assumed(workspace)
    told = _contracts.recall(workspace, held, lambda: contract_figures(contracts(workspace), held))
    return report(worth_of(workspace), kept, held, set_, told)
