"""Experiments in the JSON API: plan, start, stop and read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ninja import Body, Router

from touchline.api.errors import ApiError
from touchline.experiments import facade, wording
from touchline.experiments.facade import METRIC_KINDS, Experiment, ExperimentError
from touchline.experiments.facade import Plan as Planned
from touchline.formulas.cannot_say import CannotSay
from touchline.journeys.facade import JourneyFileError
from touchline.ui.requests import WorkspaceRequest

ROUTER = Router(tags=["Experiments"])


@dataclass(frozen=True)
class OneExperiment:
    """An experiment as it was planned."""

    name: str
    """By which pages and servers ask."""
    title: str
    status: str
    """'draft', 'running' or 'stopped'."""
    metric: str
    """What it should move, in words."""
    arms: dict[str, int]
    """Name -> how many of the 10,000 buckets."""
    planned_weeks: int
    planned_customers: int
    started: datetime | None
    stopped: datetime | None


@dataclass(frozen=True)
class Experiments:
    """Every experiment, running ones first."""

    experiments: list[OneExperiment]


@dataclass(frozen=True)
class ArmOfReading:
    """Customers of one arm."""

    name: str
    exposed: int
    followed: int
    """Of them, those whose days are over: they are counted."""


@dataclass(frozen=True)
class Outcome:
    """One outcome in both arms; numbers on its scale (shares 0..1), null where nothing can be said."""

    metric: str
    refused: str
    """Why there are no numbers; '' where there are."""
    control: float | None
    treated: float | None
    difference: float | None
    low: float | None
    """95% interval for one look, at the planned end."""
    high: float | None
    any_time_low: float | None
    """95% interval that holds over all looks together."""
    any_time_high: float | None


@dataclass(frozen=True)
class ReadingAnswer:
    """What an experiment says."""

    end: str
    """'hidden', 'cannot say', 'too early', 'not shown', 'rose' or 'fell'."""
    sentence: str
    grade: str
    """Evidence grade; '' where there is no result."""
    draw: str
    """Whether the arms were drawn as planned."""
    arms: list[ArmOfReading]
    notes: list[str]
    outcomes: list[Outcome]
    """The main one first; none where results are hidden."""


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
        return Experiments([_shown(each) for each in facade.experiments(request.workspace)])
    except JourneyFileError as problem:
        raise ApiError("invalid_request", str(problem)) from None


@ROUTER.post("/experiments", response=OneExperiment, summary="Plan an experiment")
def plan_experiment(request: WorkspaceRequest, plan: Body[NewPlan]) -> OneExperiment:
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
        return _shown(facade.create_experiment(request.workspace, asked))
    except (ExperimentError, JourneyFileError) as problem:
        raise ApiError("invalid_request", str(problem)) from None


@ROUTER.post("/experiments/{slug:name}/start", response=OneExperiment, summary="Start an experiment")
def start(request: WorkspaceRequest, name: str) -> OneExperiment:
    """Put its variants on offer; from now on nothing of it changes."""
    return _changed(request, name, start=True)


@ROUTER.post("/experiments/{slug:name}/stop", response=OneExperiment, summary="End an experiment")
def stop(request: WorkspaceRequest, name: str) -> OneExperiment:
    """Take its variants off; what was measured stays."""
    return _changed(request, name, start=False)


@ROUTER.get("/experiments/{slug:name}/reading", response=ReadingAnswer, summary="What an experiment says")
def reading(request: WorkspaceRequest, name: str) -> ReadingAnswer:
    """The draw first, then each outcome with both intervals. Where nothing can be said, a sentence says why."""
    _known(request, name)
    found = facade.experiment_reading(request.workspace, name)
    if isinstance(found, CannotSay):
        return ReadingAnswer("cannot say", found.sentence, "", "", [], [], [])
    shown = [each for each in (found.main, *found.others, found.answering) if each is not None]
    return ReadingAnswer(
        found.end,
        found.sentence,
        found.grade.grade.letter if found.grade else "",
        wording.draw_sentence(found),
        [ArmOfReading(each.name, each.exposed, each.followed) for each in found.arms],
        list(wording.flags(found)),
        [_outcome(each) for each in shown],
    )


def _outcome(each: facade.MetricReading) -> Outcome:
    if isinstance(each.found, CannotSay) or each.fixed is None:
        why = each.found.sentence if isinstance(each.found, CannotSay) else ""
        return Outcome(each.metric.words, why, None, None, None, None, None, None, None)
    always = None if isinstance(each.any_time, CannotSay) else each.any_time
    return Outcome(
        each.metric.words,
        "",
        each.found.control.mean,
        each.found.treated.mean,
        each.found.difference,
        each.fixed.low,
        each.fixed.high,
        always.low if always else None,
        always.high if always else None,
    )


def _changed(request: WorkspaceRequest, name: str, *, start: bool) -> OneExperiment:
    _known(request, name)
    act = facade.start_experiment if start else facade.stop_experiment
    try:
        return _shown(act(request.workspace, name))
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


def _shown(each: Experiment) -> OneExperiment:
    return OneExperiment(
        each.name,
        each.title,
        each.status,
        each.metric.words,
        dict(each.arms),
        each.planned_weeks,
        each.planned_customers,
        each.started,
        each.stopped,
    )
