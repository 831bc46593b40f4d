"""Experiments in the JSON API: plan, start, stop and read them."""

from __future__ import annotations

from dataclasses import dataclass

from ninja import Body, Router

from touchline.api.errors import ApiError
from touchline.experiments import facade
from touchline.experiments.facade import METRIC_KINDS, Experiment, ExperimentError, ExperimentResult, ReadingResult
from touchline.experiments.facade import Plan as Planned
from touchline.experiments.telling import told_experiment
from touchline.journeys.facade import JourneyFileError
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router(tags=["Experiments"])


@dataclass(frozen=True)
class Experiments:
    """Every experiment, running ones first."""

    experiments: list[ExperimentResult]


@dataclass(frozen=True)
class NewPlan:
    """What is to be tried."""

    title: str
    metric: str = "ordered"
    """A kind of outcome: ordered, reached, revenue, order_value or experience."""
    name: str = ""
    """By which pages and servers ask; '': made of the title."""
    hypothesis: str = ""
    touchpoint: str = ""
    """Id: where customers meet it; '': anywhere."""
    metric_touchpoint: str = ""
    """Id of the step to reach."""
    days: int = 14
    smallest_change: float = 1.0
    """Percentage points, an amount, or points of score."""
    weeks: int = 4
    included_percent: int = 100
    change_percent: int = 50
    change_name: str = "change"


@ROUTER.get("/experiments", response=Experiments, summary="Experiments")
def list_experiments(request: WorkspaceRequest) -> Experiments:
    """Every experiment as it was planned, running ones first."""
    try:
        return Experiments(list(facade.told_experiments(request.workspace)))
    except JourneyFileError as problem:
        raise ApiError("invalid_request", str(problem)) from None


@ROUTER.post("/experiments", response=ExperimentResult, summary="Plan an experiment")
def plan_experiment(request: WorkspaceRequest, plan: Body[NewPlan]) -> ExperimentResult:
    """Keep a plan. Nobody meets it until it is started."""
    if plan.metric not in METRIC_KINDS:
        raise ApiError("invalid_request", f"metric: expected one of {', '.join(METRIC_KINDS)}.")
    asked = Planned(
        plan.title,
        plan.metric,
        plan.days,
        plan.metric_touchpoint,
        plan.touchpoint,
        facade.from_shown(plan.smallest_change, plan.metric),
        plan.weeks,
        plan.included_percent,
        plan.change_percent,
        plan.change_name,
        plan.hypothesis,
        plan.name,
    )
    try:
        return told_experiment(facade.create_experiment(request.workspace, asked))
    except (ExperimentError, JourneyFileError) as problem:
        raise ApiError("invalid_request", str(problem)) from None


@ROUTER.post("/experiments/{slug:name}/start", response=ExperimentResult, summary="Start an experiment")
def start(request: WorkspaceRequest, name: str) -> ExperimentResult:
    """Put its variants on offer; from now on nothing of it changes."""
    return _changed(request, name, start=True)


@ROUTER.post("/experiments/{slug:name}/stop", response=ExperimentResult, summary="End an experiment")
def stop(request: WorkspaceRequest, name: str) -> ExperimentResult:
    """Take its variants off; what was measured stays."""
    return _changed(request, name, start=False)


@ROUTER.get("/experiments/{slug:name}/reading", response=ReadingResult, summary="What an experiment says")
def reading(request: WorkspaceRequest, name: str) -> ReadingResult:
    """The draw first, then each outcome with both intervals. Where nothing can be said, a sentence says why."""
    _known(request, name)
    return facade.told_reading(request.workspace, name)


def _changed(request: WorkspaceRequest, name: str, *, start: bool) -> ExperimentResult:
    _known(request, name)
    act = facade.start_experiment if start else facade.stop_experiment
    try:
        return told_experiment(act(request.workspace, name))
    except ExperimentError as problem:
        raise ApiError("invalid_request", str(problem)) from None


def _known(request: WorkspaceRequest, name: str) -> Experiment:
    try:
        found = facade.experiment(request.workspace, name)
    except JourneyFileError as problem:
        raise ApiError("invalid_request", str(problem)) from None
    if found is None:
        raise ApiError("not_found", f"There is no experiment “{name}”.")
    return found
