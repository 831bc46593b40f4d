"""Reading an experiment: the draw first, then the difference with both intervals, then what may be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from touchline.experiments.rules.experiment import Experiment
from touchline.experiments.rules.metric import METRIC_KINDS, RESPONSE_RATE, Metric, change_words, span_words
from touchline.experiments.rules.outcomes import Outcomes
from touchline.experiments.rules.values import compared
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.evidence_grade import PASSED, Graded, graded
from touchline.formulas.experiments.confidence_sequence import AnyTimeValid, any_time_valid
from touchline.formulas.experiments.difference import Difference, FixedHorizon, fixed_horizon
from touchline.formulas.experiments.sample_ratio import SampleRatio, sample_ratio
from touchline.formulas.multiplicity import q_values

OTHER_ANSWERERS_P = 0.01
"""Below this p another share of customers answers: then answers of the two arms are of different people."""
OTHER_PEOPLE = (
    "Another share of customers answers in each arm, so their scores are of different people: what the change did to the "
    "score cannot be told apart from who answered."
)
ENDS = {
    "hidden": "Results are hidden",
    "cannot say": "Cannot be said",
    "too early": "Nothing to be said yet",
    "not shown": "No difference was shown",
    "rose": "It rose",
    "fell": "It fell",
}


@dataclass(frozen=True)
class ArmCount:
    """Customers of one arm."""

    name: str
    exposed: int
    followed: int
    """Of them, those whose days are over."""


@dataclass(frozen=True)
class MetricReading:
    """One outcome in both arms."""

    metric: Metric
    found: Difference | CannotSay
    fixed: FixedHorizon | None
    """For one look, at the date planned."""
    any_time: AnyTimeValid | CannotSay | None
    """For as many looks as anybody likes."""
    cap: float | None = None
    q: float | None = None
    """Of outcomes beside the main one: adjusted for how many there are."""


@dataclass(frozen=True)
class Reading:
    """What an experiment says on one day."""

    experiment: Experiment
    until: datetime
    """Data reach so far."""
    arms: tuple[ArmCount, ...]
    crossed: int
    """Customers who met the other arm later; they stay in their first."""
    strange: int
    """Customers said to have met an arm that there is not; they are left out."""
    draw: SampleRatio | CannotSay
    end: str
    """Key of ENDS."""
    sentence: str
    grade: Graded | None
    """None where there is no result to grade."""
    main: MetricReading | None
    """None where results are hidden."""
    answering: MetricReading | None
    others: tuple[MetricReading, ...]
    is_planned_end: bool
    """Whether the planned weeks are over and everybody was followed."""
    currency: str

    @property
    def heading(self) -> str:
        """What came out, for the user."""
        return ENDS[self.end]

    @property
    def is_hidden(self) -> bool:
        """Whether the arms were not drawn as planned."""
        return isinstance(self.draw, SampleRatio) and self.draw.hides_results


def read(experiment: Experiment, outcomes: Outcomes, until: datetime, currency: str, strange: int = 0) -> Reading:
    """Return what the outcomes of everybody who was exposed until then say."""
    followed = outcomes.since <= np.datetime64(until - timedelta(days=experiment.metric.days), "us")
    names = [name for name, _ in experiment.arms]
    arms = tuple(
        ArmCount(name, int((outcomes.arm == name).sum()), int((followed & (outcomes.arm == name)).sum()))
        for name in names
    )
    draw = sample_ratio([each.exposed for each in arms], [buckets for _, buckets in experiment.arms])
    is_end = experiment.read_on is not None and until >= experiment.read_on
    crossed = int(outcomes.crossed.sum())
    if isinstance(draw, SampleRatio) and draw.hides_results:
        return Reading(
            experiment, until, arms, crossed, strange, draw, "hidden", _hidden(arms, draw), None, None, None, (),
            is_end, currency,
        )  # fmt: skip
    counted = [outcomes.of(followed & (outcomes.arm == name)) for name in names]
    main = _read_metric(experiment.metric, counted, experiment)
    answering = _read_metric(Metric(RESPONSE_RATE.name, experiment.metric.days), counted, experiment)
    end, sentence = _concluded(experiment, main, answering, is_end, currency)
    grade = (
        graded("experiment", {"sample ratio": PASSED, "fixed in advance": PASSED}) if end in ("rose", "fell") else None
    )
    if grade is not None and isinstance(draw, CannotSay):
        grade = graded("experiment", {"fixed in advance": PASSED})
    return Reading(
        experiment, until, arms, crossed, strange, draw, end, sentence, grade, main, answering,
        _others(experiment, counted), is_end, currency,
    )  # fmt: skip


def _read_metric(metric: Metric, counted: list[Outcomes], experiment: Experiment) -> MetricReading:
    both = compared(metric.kind, counted[0], counted[1])
    if isinstance(both.found, CannotSay):
        return MetricReading(metric, both.found, None, None)
    return MetricReading(
        metric,
        both.found,
        fixed_horizon(both.found),
        any_time_valid(both.found, experiment.planned_customers),
        both.cap,
    )


def _others(experiment: Experiment, counted: list[Outcomes]) -> tuple[MetricReading, ...]:
    kinds = [
        kind for kind in METRIC_KINDS.values() if kind.name != experiment.metric.kind and not kind.needs_touchpoint
    ]
    read_all = [_read_metric(Metric(kind.name, experiment.metric.days), counted, experiment) for kind in kinds]
    judged = [each for each in read_all if each.fixed is not None]
    adjusted = dict(
        zip(
            [each.metric.kind for each in judged],
            q_values([each.fixed.p for each in judged if each.fixed]),
            strict=True,
        )
    )
    return tuple(
        MetricReading(each.metric, each.found, each.fixed, each.any_time, each.cap, adjusted.get(each.metric.kind))
        for each in read_all
    )


def _concluded(
    experiment: Experiment, main: MetricReading, answering: MetricReading, is_end: bool, currency: str
) -> tuple[str, str]:
    if isinstance(main.found, CannotSay) or main.fixed is None:
        return "cannot say", main.found.sentence if isinstance(main.found, CannotSay) else ""
    if main.metric.kind == "experience" and answering.fixed is not None and answering.fixed.p < OTHER_ANSWERERS_P:
        return "cannot say", OTHER_PEOPLE
    always = main.any_time if isinstance(main.any_time, AnyTimeValid) else None
    change = main.found.difference
    if always is not None and always.excludes_zero:
        return _moved(
            main, main.found, always.low, always.high, "an interval that holds however often somebody looks", currency
        )
    if is_end and not main.fixed.low <= 0 <= main.fixed.high:
        return _moved(main, main.found, main.fixed.low, main.fixed.high, "95% interval, read once as planned", currency)
    unit = main.metric.unit
    if is_end:
        told, between = (
            change_words(change, unit, currency),
            span_words(main.fixed.low, main.fixed.high, unit, currency),
        )
        return "not shown", f"“{main.metric.words}” differs by {told} (95% interval {between}, which holds zero)."
    day = f"{experiment.read_on:%-d %B %Y}" if experiment.read_on else "its planned end"
    only_once = (
        f"The ordinary interval is for one look, on {day}; until then only the wider one may end the experiment."
    )
    return "too early", f"No difference has been found so far. {only_once}"


def _moved(main: MetricReading, found: Difference, low: float, high: float, how: str, currency: str) -> tuple[str, str]:
    unit, change = main.metric.unit, found.difference
    words = "rose" if change > 0 else "fell"
    told = f"{change_words(change, unit, currency)} ({span_words(low, high, unit, currency)}; {how})"
    return words, f"“{main.metric.words}” {words}: {told}. The change caused it."


def _hidden(arms: tuple[ArmCount, ...], draw: SampleRatio) -> str:
    found = ", ".join(
        f"{each.exposed:,} in {each.name} ({expected:,.0f} expected)"
        for each, expected in zip(arms, draw.expected, strict=True)
    )
    return (
        f"The arms do not have the customers they were meant to have: {found}; by chance that happens less than once in a "
        "thousand experiments (χ² test). Something keeps customers out of one arm, so comparing them would mislead. Look for "
        "an arm that loads slower, redirects, or fails before it tells us that it was shown."
    )
