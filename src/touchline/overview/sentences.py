"""Figures as sentences, for those who listen to the map or read it on paper."""

from __future__ import annotations

from touchline.events.facade import source_title
from touchline.journeys.facade import ExperienceScore, JourneyMap, Quote, TouchpointMeasures
from touchline.overview.pains import moment_at, moment_in_words, pain_in_words, pains_at
from touchline.overview.rules import tone_of
from touchline.overview.wording import counted, day, span
from touchline.ui.numbers import duration, percent, signed

_LABELS = {"high": "a high point", "low": "a low point"}


def measured_from(journey_map: JourneyMap) -> str:
    """On how much a map rests, and until when."""
    until = journey_map.staleness.data_until
    return (
        f"Measured from {counted(journey_map.customers, 'customer')}, {counted(journey_map.visits, 'visit')} and "
        f"{counted(journey_map.responses, 'answer')}." + (f" Data until {day(until)}." if until else "")
    )


def column_in_words(journey_map: JourneyMap, touchpoint: TouchpointMeasures) -> str:
    """Everything a column of the map shows, for its link."""
    functional = touchpoint.functional
    parts = [
        counted(touchpoint.customers, "customer"),
        counted(touchpoint.visits, "visit"),
        experience_in_words(touchpoint.experience),
    ]
    if functional.success.value is not None:
        parts.append(f"{percent(functional.success.value)} of visits went on")
    if functional.effort_ces_mean is not None:
        parts.append(f"effort {functional.effort_ces_mean:.1f} of 7")
    if functional.time_taken.median_days is not None:
        parts.append(f"typically {duration(functional.time_taken.median_days)} to the next step")
    moment, pains = moment_at(journey_map, touchpoint.id), pains_at(journey_map, touchpoint.id)
    parts += [moment_in_words(moment)] if moment else []
    hurts = f". Pain points: {'; '.join(map(pain_in_words, pains))}" if pains else ""
    return f"{touchpoint.name}: {', '.join(parts)}{hurts}"


def experience_in_words(score: ExperienceScore) -> str:
    """How it felt, how sure that is, and on how many answers it rests."""
    if score.difference is None:
        return f"too few answers to say how it felt ({counted(score.n, 'answer')})"
    said = f"experience {signed(score.difference)} from the journey mean, 80% band {span(score.low, score.high)}"
    reading = _LABELS.get(score.label, "not distinguishable from the mean")
    estimated = ", mostly estimated from its stage" if score.drawn == "hollow" else ""
    return f"{said}, {reading}{estimated}, {counted(score.n, 'answer')}"


def tone_in_words(score: ExperienceScore) -> str:
    """What the colour of the point says."""
    return "cannot say" if score.difference is None else tone_of(score.difference).value


def label_in_words(score: ExperienceScore) -> str:
    """What the shape of the point says."""
    if score.difference is None:
        return "too few answers"
    return {"high": "high point", "low": "low point"}.get(score.label, "not distinguishable")


def evidence_in_words(score: ExperienceScore) -> str:
    """What solid, hollow and broken say."""
    return {
        "solid": "answers given here",
        "hollow": "mostly estimated from its stage",
        "broken": "too few answers",
    }[score.drawn]


def source_in_words(metric: str, source: str) -> str:
    """A metric and where its answers came from."""
    return f"{metric_name(metric)}, {source_title(source)}"


def metric_name(metric: str) -> str:
    """A metric as people write it."""
    names = {"nps": "NPS", "csat": "CSAT", "ces": "CES", "stars": "Stars", "rating": "Rating"}
    return names.get(metric, metric)


def attribution(quote: Quote) -> str:
    """Where and when it was said."""
    return f"{source_title(quote.source)}, {day(quote.on)}"
