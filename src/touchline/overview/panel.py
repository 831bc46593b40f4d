"""The panel of one touchpoint: who, whether it worked, how it felt and by which source, and where people went."""

from __future__ import annotations

from dataclasses import dataclass

from touchline.journeys.facade import JourneyMap, Neighbour, Quote, Share, TouchpointMeasures
from touchline.overview.channels import CHANNEL_NAMES
from touchline.overview.links import MapLinks
from touchline.overview.sentences import evidence_in_words, label_in_words, source_in_words, tone_in_words
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


@dataclass(frozen=True)
class Said:
    """A quote and where it is from."""

    text: str
    language: str
    attribution: str


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
    series: tuple[Figure, ...]
    values: tuple[str, ...]
    close_url: str


def panel(measured: JourneyMap, touchpoint: TouchpointMeasures, links: MapLinks) -> Panel:
    """Write out one touchpoint of a map."""
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
        people=_people(touchpoint, links),
        function=_function(touchpoint, links),
        feeling=_feeling(measured, touchpoint, links),
        feeling_in_words=_feeling_in_words(touchpoint),
        sources=_sources(touchpoint),
        channels=_channels(touchpoint),
        next_steps=_steps(touchpoint.next_steps, links),
        previous_steps=_steps(touchpoint.previous_steps, links),
        quotes=tuple(_said(quote) for quote in touchpoint.quotes),
        series=tuple(Figure(each.label, compact(each.amount), f"{each.measure}, {each.points} figures") for each in touchpoint.series),
        values=tuple(money(value.amount, value.currency) for value in touchpoint.values),
        close_url=links.map_with(touchpoint=""),
    )  # fmt: skip


def _people(touchpoint: TouchpointMeasures, links: MapLinks) -> tuple[Figure, ...]:
    before = touchpoint.customers_before
    compared = "" if before is None else f"before {whole(before)}"
    return (
        Figure("Customers", whole(touchpoint.customers), compared, links.number("customers", touchpoint.id)),
        Figure("Visits", whole(touchpoint.visits), f"of {counted(touchpoint.events, 'event')}", links.number("visits", touchpoint.id)),
        _share("Reach", touchpoint.reach, "reach", touchpoint, links),
    )  # fmt: skip


def _function(touchpoint: TouchpointMeasures, links: MapLinks) -> tuple[Figure, ...]:
    functional = touchpoint.functional
    ces = functional.effort_ces_mean
    effort = CANNOT_SAY if ces is None else f"{decimal(ces)} of 7"
    retries = functional.retries_per_customer
    return (
        _share("Success: went on to a later step", functional.success, "success", touchpoint, links),
        Figure("Effort (CES)", effort, counted(functional.effort_n, "answer"), links.number("effort", touchpoint.id)),
        Figure(
            "Time to the next step",
            duration(touchpoint.waiting.median_days),
            _waiting(touchpoint),
            links.number("waiting", touchpoint.id),
        ),
        Figure("Retries per customer", CANNOT_SAY if retries is None else decimal(retries, 2), "", links.number("retries", touchpoint.id)),
        _share("Service contact within 7 days", functional.contacts_after, "contacts_after", touchpoint, links),
        _share("Reached a later stage", touchpoint.went_on, "went_on", touchpoint, links),
        _share("Journey ended here", touchpoint.dropped_out, "dropped_out", touchpoint, links),
        _share("Came back here later", touchpoint.loops, "loops", touchpoint, links),
        _share("Came from another channel", touchpoint.channel_switches, "channel_switches", touchpoint, links),
    )  # fmt: skip


def _waiting(touchpoint: TouchpointMeasures) -> str:
    waiting = touchpoint.waiting
    known = (
        (1, waiting.gone_on_within_1_day),
        (7, waiting.gone_on_within_7_days),
        (30, waiting.gone_on_within_30_days),
    )
    gone_on = [f"{percent(share)} within {counted(days, 'day')}" for days, share in known if share is not None]
    return "; ".join([*gone_on, f"n = {whole(waiting.n)}"])


def _feeling(measured: JourneyMap, touchpoint: TouchpointMeasures, links: MapLinks) -> tuple[Figure, ...]:
    score = touchpoint.experience
    mean = measured.journey_mean
    against = "" if mean is None else f"journey mean {signed(mean, 1)}"
    figures = [
        Figure("Difference from the journey mean", signed(score.difference), f"80% band {span(score.low, score.high)}" if score.low is not None else "", links.number("experience", touchpoint.id)),
        Figure("Experience score", signed(score.absolute), against),
        Figure("Answers", whole(score.n)),
    ]  # fmt: skip
    if score.change is not None:
        change = "no detectable change" if score.change_is_noise else signed(score.change)
        figures.append(Figure("Against the period before", change))
    return tuple(figures)


def _feeling_in_words(touchpoint: TouchpointMeasures) -> str:
    score = touchpoint.experience
    if score.difference is None:
        return "Too few answers to say how it felt: it takes five."
    return f"Reads {tone_in_words(score)}; {label_in_words(score)}; rests on {evidence_in_words(score)}."


def _sources(touchpoint: TouchpointMeasures) -> tuple[Figure, ...]:
    return tuple(
        Figure(source_in_words(each.metric, each.source), signed(each.mean_experience), counted(each.n, "answer"))
        for each in touchpoint.experience.sources
    )


def _channels(touchpoint: TouchpointMeasures) -> tuple[Figure, ...]:
    return tuple(
        Figure(CHANNEL_NAMES.get(each.channel, each.channel), percent(each.share), counted(each.visits, "visit"))
        for each in touchpoint.channels
    )


def _steps(steps: tuple[Neighbour, ...], links: MapLinks) -> tuple[Step, ...]:
    return tuple(Step(step.name, percent(step.share), links.touchpoint(step.touchpoint_id)) for step in steps)


def _said(quote: Quote) -> Said:
    score = "" if quote.score is None else f", {quote.metric} {quote.score:g}"
    return Said(quote.text, quote.language, f"{quote.source}{score}, {day(quote.on)}")


def _share(name: str, share: Share, measure: str, touchpoint: TouchpointMeasures, links: MapLinks) -> Figure:
    rests_on = f"{whole(share.count)} of {whole(share.of)}"
    if share.low is not None:
        rests_on += f", 95% {percent_span(share.low, share.high)}"
    return Figure(name, percent(share.value), rests_on, links.number(measure, touchpoint.id))
