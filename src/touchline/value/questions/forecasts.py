"""The forecast of a workspace, fitted once while data and the choice of model stay."""

from __future__ import annotations

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.formulas.cannot_say import CannotSay
from touchline.value.questions.purchases import purchases, seen_lately
from touchline.value.questions.settings import settings
from touchline.value.rules.assumptions import Assumptions, assumptions_from
from touchline.value.rules.forecast import Forecast, forecast
from touchline.value.rules.kept import KeptCustomer, kept_customer

_forecasts: Memory[Forecast | CannotSay] = Memory(4)
_kept: Memory[KeptCustomer | CannotSay] = Memory(16)


def assumed(workspace: Workspace) -> Assumptions:
    """The assumptions in force."""
    return assumptions_from(settings(workspace))


def forecast_of(workspace: Workspace) -> Forecast | CannotSay:
    """What is known about buying, by the model and in the currency that are assumed."""
    held = assumed(workspace)
    asked = (held.currency, held.model)
    return _forecasts.recall(workspace, asked, lambda: forecast(purchases(workspace), *asked))


def kept_of(workspace: Workspace, window_days: int, draws: int) -> KeptCustomer | CannotSay:
    """What a kept customer is worth, by the assumptions in force."""
    held = assumed(workspace)
    return _kept.recall(
        workspace,
        (held, window_days, draws),
        lambda: kept_customer(forecast_of(workspace), seen_lately(workspace, window_days), held, window_days, draws),
    )
