"""The panel of one touchpoint: who, whether it worked, how it felt and by which source, and where people went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from touchline.events.facade import CHANNEL_NAMES
from touchline.journeys.facade import JourneyMap, Neighbour, Quote, Share, TouchpointMeasures
from touchline.overview.links import MapLinks
from touchline.overview.pains import amount_in_words, moment_at, moment_in_words, pains_at
from touchline.overview.research import Heard, heard_at
from touchline.overview.sentences import (
    attribution,
    evidence_in_words,
    label_in_words,
    metric_name,
    source_in_words,
    tone_in_words,
)
from touchline.overview.wording import counted, day, percent_span, span
from touchline.ui.numbers import CANNOT_SAY, compact, decimal, duration, money, percent, signed, whole


@dataclass(frozen=True)
class Figure:
    """One figure: its name, its value, what it rests on, and where it is opened."""

    name: str
    value: str
    rests_on: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A step just before or after, with the address of its panel."""

    name: str
    share: str
    url: str
    share_url: str
    """Where the share is opened."""


@dataclass(frozen=True)
class Said:
    """A quote and where it is from."""

    text: str
    language: str
    attribution: str


@dataclass(frozen=True)
class PainHere:
    """A pain point of the touchpoint, with the address of its page."""

    name: str
    says: str
    url: str


@dataclass(frozen=True)
class Panel:
    """Everything about one touchpoint, written out."""

    id: str
    name: str
    icon: str
    stage: str
    owner: str
    note: str
    silence: str
    """A sentence when no event came lately."""
    people: tuple[Figure, ...]
    function: tuple[Figure, ...]
    feeling: tuple[Figure, ...]
    feeling_in_words: str
    sources: tuple[Figure, ...]
    channels: tuple[Figure, ...]
    next_steps: tuple[Step, ...]
    previous_steps: tuple[Step, ...]
    quotes: tuple[Said, ...]
    moment: str
    """That it is a moment of truth, in words, or ''."""
    pains: tuple[PainHere, ...]
    research: tuple[Heard, ...]
    series: tuple[Figure, ...]
    values: tuple[Figure, ...]
    close_url: str


Opened = Callable[[str], str]
"""Address of one of this touchpoint's numbers, by measure."""


def panel(measured: JourneyMap, touchpoint: TouchpointMeasures, links: MapLinks) -> Panel:
    """Write out one touchpoint of a map."""

    def opened(measure: str) -> str:
        return links.number(measure, touchpoint.id)

    stage = next(stage.name for stage in measured.stages if stage.id == touchpoint.stage_id)
    last = touchpoint.last_event
    return Panel(
        id=touchpoint.id,
        name=touchpoint.name,
        icon=touchpoint.icon,
        stage=stage,
        owner=touchpoint.owner,
        note=touchpoint.note,
        silence=f"Nothing has happened here since {day(last)}." if touchpoint.is_silent and last else "",
        people=_people(touchpoint, opened),
        function=_function(touchpoint, opened),
        feeling=_feeling(touchpoint, measured.journey_mean, opened, links.number_before("experience", touchpoint.id)),
        feeling_in_words=_feeling_in_words(touchpoint),
        sources=_sources(touchpoint, opened),
        channels=_channels(touchpoint, opened),
        next_steps=_steps(touchpoint.next_steps, links, opened("next_steps")),
        previous_steps=_steps(touchpoint.previous_steps, links, opened("previous_steps")),
        quotes=tuple(said(quote) for quote in touchpoint.quotes),
        moment=_moment(measured, touchpoint.id),
        pains=tuple(
            PainHere(pain.name, amount_in_words(pain) or pain.why_no_amount, links.pain(pain.id))
            for pain in pains_at(measured, touchpoint.id)
        ),
        research=heard_at(measured, touchpoint.id),
        series=_series(touchpoint, opened),
        values=_values(touchpoint, opened),
        close_url=links.map_with(touchpoint=""),
    )


def _moment(measured: JourneyMap, touchpoint_id: str) -> str:
    moment = moment_at(measured, touchpoint_id)
    return f"A {moment_in_words(moment)}." if moment else ""


def _people(touchpoint: TouchpointMeasures, opened: Opened) -> tuple[Figure, ...]:
    figures = [Figure("Customers", whole(touchpoint.customers), "", opened("customers"))]
    if touchpoint.customers_before is not None:
        figures.append(Figure("Before", whole(touchpoint.customers_before), "", opened("customers_before")))
    return (
        *figures,
        _share("Reach", touchpoint.reach, opened("reach")),
        Figure("Visits", whole(touchpoint.visits), "", opened("visits")),
        Figure("Events", whole(touchpoint.events), "", opened("events")),
    )


def _function(touchpoint: TouchpointMeasures, opened: Opened) -> tuple[Figure, ...]:
    functional = touchpoint.functional
    ces, retries = functional.effort_ces_mean, functional.retries_per_customer
    effort = CANNOT_SAY if ces is None else f"{decimal(ces)} of 7"
    answers = counted(functional.effort_n, "answer")
    waited = duration(touchpoint.waiting.median_days)
    return (
        _share("Success: went on to a later step", functional.success, opened("success")),
        Figure("Effort (CES)", effort, answers, opened("effort")),
        Figure("Time to the next step", waited, _waiting(touchpoint), opened("waiting")),
        Figure("Retries per customer", decimal(retries, 2), "", opened("retries")),
        _share("Service contact within 7 days", functional.contacts_after, opened("contacts_after")),
        _share("Reached a later stage", touchpoint.went_on, opened("went_on")),
        _share("Journey ended here", touchpoint.dropped_out, opened("dropped_out")),
        _share("Came back here later", touchpoint.loops, opened("loops")),
        _share("Came from another channel", touchpoint.channel_switches, opened("channel_switches")),
    )


def _waiting(touchpoint: TouchpointMeasures) -> str:
    waiting = touchpoint.waiting
    known = (
        (1, waiting.gone_on_within_1_day),
        (7, waiting.gone_on_within_7_days),
        (30, waiting.gone_on_within_30_days),
    )
    gone_on = [f"{percent(share)} within {counted(days, 'day')}" for days, share in known if share is not None]
    return "; ".join([*gone_on, f"n = {whole(waiting.n)}"])


def _feeling(touchpoint: TouchpointMeasures, mean: float | None, opened: Opened, before: str) -> tuple[Figure, ...]:
    score = touchpoint.experience
    band = "" if score.low is None else f"80% band {span(score.low, score.high)}"
    against = "" if mean is None else f"journey mean {signed(mean, 1)}"
    figures = [
        Figure("Difference from the journey mean", signed(score.difference), band, opened("experience")),
        Figure("Experience score", signed(score.absolute), against, opened("experience")),
        Figure("Answers", whole(score.n), "", opened("experience")),
    ]
    if score.change is not None:
        change = "no detectable change" if score.change_is_noise else signed(score.change)
        figures.append(Figure("Against the period before", change, "", before))
    return tuple(figures)


def _feeling_in_words(touchpoint: TouchpointMeasures) -> str:
    score = touchpoint.experience
    if score.difference is None:
        return "Too few answers to say how it felt: it takes five."
    return f"Reads {tone_in_words(score)}; {label_in_words(score)}; rests on {evidence_in_words(score)}."


def _sources(touchpoint: TouchpointMeasures, opened: Opened) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            source_in_words(each.metric, each.source),
            signed(each.mean_experience),
            counted(each.n, "answer"),
            opened("experience"),
        )
        for each in touchpoint.experience.sources
    )


def _channels(touchpoint: TouchpointMeasures, opened: Opened) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            CHANNEL_NAMES.get(each.channel, each.channel),
            percent(each.share),
            counted(each.visits, "visit"),
            opened("channels"),
        )
        for each in touchpoint.channels
    )


def _steps(steps: tuple[Neighbour, ...], links: MapLinks, share_url: str) -> tuple[Step, ...]:
    return tuple(
        Step(step.name, percent(step.share), links.touchpoint(step.touchpoint_id), share_url) for step in steps
    )


def said(quote: Quote) -> Said:
    """Write out a quote with its score, its source and its day."""
    score = "" if quote.score is None else f"{metric_name(quote.metric)} {quote.score:g}, "
    return Said(quote.text, quote.language, f"{score}{attribution(quote)}")


def _series(touchpoint: TouchpointMeasures, opened: Opened) -> tuple[Figure, ...]:
    return tuple(
        Figure(each.label or each.measure, compact(each.amount), f"{each.measure}, {counted(each.points, 'figure')}", opened("series"))
        for each in touchpoint.series
    )  # fmt: skip


def _values(touchpoint: TouchpointMeasures, opened: Opened) -> tuple[Figure, ...]:
    return tuple(
        Figure(each.currency or "Without a currency", money(each.amount), "", opened("values"))
        for each in touchpoint.values
    )


def _share(name: str, share: Share, url: str) -> Figure:
    rests_on = f"{whole(share.count)} of {whole(share.of)}"
    if share.low is not None:
        rests_on += f", 95% interval {percent_span(share.low, share.high)}"
    return Figure(name, percent(share.value), rests_on, url)
