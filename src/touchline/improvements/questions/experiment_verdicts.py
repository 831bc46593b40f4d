"""Verdicts of launches that an experiment draws: what it reads, as the verdict of the improvement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from touchline.engine.workspace import Workspace
from touchline.experiments.facade import ExperimentError, Reading, experiment_reading
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.check import Check
from touchline.formulas.draws import Draws
from touchline.formulas.evidence_grade import FAILED, PASSED, graded
from touchline.formulas.experiments.confidence_sequence import AnyTimeValid
from touchline.formulas.experiments.sample_ratio import SampleRatio
from touchline.formulas.forecast_ledger import realised_amount
from touchline.improvements.rules.improvement import Improvement
from touchline.improvements.rules.launch import Launch
from touchline.improvements.rules.reading import fixed_in_advance
from touchline.improvements.rules.verdict import WEEKS_A_MONTH, Verdict
from touchline.value.facade import assumptions, value_of_kept_customer

OUTCOMES: Final = {
    "hidden": "cannot say",
    "cannot say": "cannot say",
    "too early": "too early",
    "not shown": "not shown",
    "rose": "works",
    "fell": "harms",
}
METHOD: Final = "A/B test: the arms drawn by customer, judged at the planned end and at any time"
WHY_NOT: Final = {
    "order_value": "Orders can be larger because small ones stay away. ",
    "reached": "Who comes one step further has not bought yet. ",
    "experience": "How buying goes along with scores is told by the moments of truth, as an association. ",
}
"""Why an outcome of an experiment has no amount, by its kind."""
READ_INSTEAD: Final = "customers who order, or revenue per customer,"


def experiment_verdict(workspace: Workspace, found: Improvement, launched: Launch, now: datetime) -> Verdict:
    """What the experiment of a launch says; a sentence where it says nothing."""
    try:
        reading = experiment_reading(workspace, launched.experiment)
    except ExperimentError as problem:
        return Verdict(found.number, "cannot say", str(problem), now)
    if isinstance(reading, CannotSay):
        return Verdict(found.number, "too early", reading.sentence, now)
    checks = (_draw(reading), fixed_in_advance(launched))
    read = Verdict(found.number, OUTCOMES[reading.end], reading.sentence, now, checks=checks)
    main = reading.main
    if main is None or isinstance(main.found, CannotSay) or main.fixed is None:
        return read
    sequence = main.any_time if isinstance(main.any_time, AnyTimeValid) else None
    grade = graded(
        "experiment",
        {
            "sample ratio": PASSED if isinstance(reading.draw, SampleRatio) else "not done",
            "fixed in advance": PASSED if checks[1].passed else FAILED,
        },
    )
    read = replace(
        read,
        metric=main.metric.words,
        unit=main.metric.unit,
        method=METHOD,
        effect=main.found.difference,
        low=main.fixed.low,
        high=main.fixed.high,
        any_time_low=sequence.low if sequence else None,
        any_time_high=sequence.high if sequence else None,
        n=main.found.n,
        grade=grade.grade,
    )
    if read.outcome not in ("works", "harms", "not shown"):
        return read
    return _with_money(workspace, reading, read, (main.found.difference, main.fixed.low, main.fixed.high))


def _draw(reading: Reading) -> Check:
    counted = "; ".join(f"{arm.name} {arm.exposed:,}" for arm in reading.arms)
    if isinstance(reading.draw, CannotSay):
        return Check("sample-ratio", None, reading.draw.sentence)
    return Check(
        "sample-ratio",
        not reading.draw.hides_results,
        f"Customers in the arms: {counted}; a draw as planned gives this or worse with probability {reading.draw.p:.3f}.",
    )


def _with_money(workspace: Workspace, reading: Reading, read: Verdict, measured: tuple[float, float, float]) -> Verdict:
    """What the change brings a month among the customers who got it."""
    worth = _worth(workspace, reading)
    if isinstance(worth, CannotSay):
        return replace(read, money_sentence=worth.sentence)
    draws, currency, rests_on = worth
    began = reading.experiment.started or reading.until
    weeks = max((reading.until - began).days / 7, 1.0)
    a_month = reading.arms[1].exposed / weeks * WEEKS_A_MONTH
    return replace(
        read,
        realised=realised_amount(f"improvement {read.improvement}", measured, a_month, draws),
        currency=currency,
        money_sentence=f"The measured change × {a_month:,.0f} customers a month who get it × {rests_on}.",
    )


def _worth(workspace: Workspace, reading: Reading) -> tuple[Draws | float, str, str] | CannotSay:
    """What one unit of the experiment's metric is worth."""
    metric = reading.experiment.metric
    if metric.kind == "ordered":
        value = value_of_kept_customer(workspace, window_days=metric.days)
        if isinstance(value, CannotSay):
            return value
        return value.amount.draws, value.currency, "what a customer who buys is worth more than one who does not"
    if metric.kind == "revenue":
        margin = assumptions(workspace).margin
        return margin, reading.currency, f"a margin of {margin:.0%}"
    return CannotSay(
        "no-amount",
        f"“{metric.words}” is no money. {WHY_NOT.get(metric.kind, '')}Read {READ_INSTEAD} to be told an amount.",
    )
