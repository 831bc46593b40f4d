"""What a reading says, as page and terminal both show it."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.experiments.rules.experiment import Experiment
from touchline.experiments.rules.metric import change_words, level_words, span_words
from touchline.experiments.rules.power import Power
from touchline.experiments.rules.reading import MetricReading, Reading
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.experiments.confidence_sequence import AnyTimeValid
from touchline.formulas.experiments.sample_ratio import SampleRatio
from touchline.ui.numbers import percent, whole


@dataclass(frozen=True)
class MetricRow:
    """One outcome in words."""

    words: str
    control: str
    treated: str
    difference: str
    fixed: str
    """Ends of the ordinary interval, or why there is none."""
    any_time: str
    p: str
    note: str
    """How it was narrowed or cut; ''."""
    refused: str
    """Why there is no difference; ''."""


def metric_row(reading: MetricReading, currency: str) -> MetricRow:
    """One outcome's levels, difference and both intervals."""
    unit, words = reading.metric.unit, reading.metric.words
    if isinstance(reading.found, CannotSay) or reading.fixed is None:
        why = reading.found.sentence if isinstance(reading.found, CannotSay) else ""
        return MetricRow(words, "", "", "", "", "", "", "", why)
    found, always = reading.found, reading.any_time
    if isinstance(always, AnyTimeValid):
        any_time = span_words(always.low, always.high, unit, currency)
    else:
        any_time = always.sentence if isinstance(always, CannotSay) else ""
    p = reading.q if reading.q is not None else reading.fixed.p
    return MetricRow(
        words,
        level_words(found.control.mean, unit, currency),
        level_words(found.treated.mean, unit, currency),
        change_words(found.difference, unit, currency),
        span_words(reading.fixed.low, reading.fixed.high, unit, currency),
        any_time,
        "under 0.001" if p < 0.0005 else f"{p:.3f}",
        _note(reading, currency),
        "",
    )


def draw_sentence(reading: Reading) -> str:
    """What the check of the draw found."""
    if isinstance(reading.draw, CannotSay):
        return reading.draw.sentence
    draw = reading.draw
    p = "under 0.001" if draw.p < 0.0005 else f"{draw.p:.3f}"
    found = " and ".join(
        f"{whole(each.exposed)} in {each.name} ({whole(expected)} expected)"
        for each, expected in zip(reading.arms, draw.expected, strict=True)
    )
    if draw.hides_results:
        return f"{found}: not as planned (χ² {draw.chi_squared:.2f}, p {p})."
    if draw.warns:
        return f"{found}: noticeably off the plan (χ² {draw.chi_squared:.2f}, p {p}). Watch it; below p 0.001 results are hidden."
    return f"{found}: as planned (χ² {draw.chi_squared:.2f}, p {p})."


def flags(reading: Reading) -> tuple[str, ...]:
    """What a reader should know of who was counted."""
    told = []
    waiting = sum(each.exposed - each.followed for each in reading.arms)
    if waiting:
        told.append(
            f"{whole(waiting)} customers met it less than {reading.experiment.metric.days} days ago and are not counted yet."
        )
    if reading.crossed:
        told.append(
            f"{whole(reading.crossed)} customers turned out to have met both arms, on devices that were known as one person only "
            "later. They stay in the arm they met first."
        )
    if reading.strange:
        told.append(
            f"{whole(reading.strange)} customers are said to have met an arm that there is not; they are left out."
        )
    return tuple(told)


def power_sentence(power: Power | CannotSay, experiment: Experiment, currency: str) -> str:
    """How long it takes to find what is worth finding."""
    if isinstance(power, CannotSay):
        return power.sentence
    unit = experiment.metric.unit
    now = f"Now: {level_words(power.baseline, unit, currency)}, {whole(power.per_week)} customers a week in the experiment."
    wanted = change_words(experiment.smallest_change, unit, currency)
    if isinstance(power.needed, CannotSay):
        return f"{now} To find {wanted} in four of five cases: {power.needed.sentence}"
    weeks = f"{power.needed.weeks} whole week{'' if power.needed.weeks == 1 else 's'}"
    return f"{now} To find {wanted} in four of five cases takes {whole(power.needed.n)} customers: {weeks}, and {experiment.metric.days} days to follow them."


def drawn_words(draw: SampleRatio) -> str:
    """Shares of the arms as they came out."""
    total = sum(draw.observed)
    return " / ".join(percent(count / total, 1) for count in draw.observed)


def _note(reading: MetricReading, currency: str) -> str:
    told = []
    if not isinstance(reading.found, CannotSay) and reading.found.variance_kept < 0.995:
        told.append(
            f"Narrowed by what customers did before: {percent(reading.found.variance_kept)} of the variance is left."
        )
    if reading.cap is not None:
        told.append(f"Values above {level_words(reading.cap, reading.metric.unit, currency)} count as it.")
    return " ".join(told)
