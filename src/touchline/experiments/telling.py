"""Experiments and their readings as plain values: for the JSON API and for Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from touchline.experiments import wording
from touchline.experiments.rules.experiment import Experiment
from touchline.experiments.rules.reading import MetricReading, Reading
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.confidence_sequence import AnyTimeValid


@dataclass(frozen=True)
class ExperimentResult:
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
class ReadingResult:
    """What an experiment says."""

    end: str
    """'hidden', 'cannot say', 'too early', 'not shown', 'rose' or 'fell'."""
    sentence: str
    grade: str
    """Evidence grade; '' where there is no result."""
    draw: str
    """Whether the arms were drawn as planned."""
    arms: tuple[ArmOfReading, ...]
    notes: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    """The main one first; none where results are hidden."""


def told_experiment(each: Experiment) -> ExperimentResult:
    """An experiment as plain values."""
    return ExperimentResult(
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


def told_reading(found: Reading | CannotSay) -> ReadingResult:
    """A reading as plain values; a refusal is one without numbers."""
    if isinstance(found, CannotSay):
        return ReadingResult("cannot say", found.sentence, "", "", (), (), ())
    shown = [each for each in (found.main, *found.others, found.answering) if each is not None]
    return ReadingResult(
        found.end,
        found.sentence,
        found.grade.grade.letter if found.grade else "",
        wording.draw_sentence(found),
        tuple(ArmOfReading(each.name, each.exposed, each.followed) for each in found.arms),
        wording.flags(found),
        tuple(_outcome(each) for each in shown),
    )


def _outcome(each: MetricReading) -> Outcome:
    if isinstance(each.found, CannotSay) or each.fixed is None:
        why = each.found.sentence if isinstance(each.found, CannotSay) else ""
        return Outcome(each.metric.words, why, None, None, None, None, None, None, None)
    always = each.any_time if isinstance(each.any_time, AnyTimeValid) else None
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
