"""Put the judged measures together into one journey map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from touchline.formulas.experience import journey_mean
from touchline.journeys.rules.bins import SECONDS_PER_DAY
from touchline.journeys.rules.counts import MapCounts, TextFound, UnmappedCounts, no_visits
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.journey_map import JourneyMap, StageMeasures, Transition
from touchline.journeys.rules.map_parts import Quote, Unmapped, UnmappedKind
from touchline.journeys.rules.measures import Judged, score_lines, share, stage_measures
from touchline.journeys.rules.period import Period
from touchline.journeys.rules.quotes import Said, most_typical, read_texts
from touchline.journeys.rules.staleness import staleness

QUOTES_PER_TOUCHPOINT = 3
QUOTES_PER_STAGE = 2


def assemble(
    *,
    definition: JourneyDefinition,
    workspace: str,
    words: str,
    period: Period,
    counts: MapCounts,
    channels: Sequence[str],
    mask: Callable[[str], str],
    computed: datetime,
) -> JourneyMap:
    """Judge the counts of one scope. `mask` takes personal data out of a customer's words."""
    given, touchpoint_scores, stage_scores = score_lines(definition, counts)
    judged = Judged(
        definition=definition,
        counts=counts,
        channels=channels,
        quotes=_quotes(definition, counts, mask),
        touchpoint_scores=touchpoint_scores,
        stage_scores=stage_scores,
        zero=journey_mean(given),
    )
    stages = tuple(stage_measures(judged, position) for position in range(len(definition.stages)))
    silent = [touchpoint.name for stage in stages for touchpoint in stage.touchpoints if touchpoint.is_silent]
    return JourneyMap(
        name=definition.name,
        workspace=workspace,
        scope_in_words=words,
        start=period.start,
        end=period.end,
        compare_start=period.compare_start,
        compare_end=period.compare_end,
        customers=counts.visits.customers,
        journeys=counts.visits.journeys,
        visits=int(counts.visits.visits.sum()),
        events=sum(place.events for place in counts.places),
        responses=counts.responses,
        journey_mean=judged.zero,
        journey_mean_n=sum(one.n for one in given),
        stages=stages,
        transitions=_transitions(definition, counts),
        headline=(),
        unmapped=_unmapped(counts.unmapped),
        staleness=staleness(definition, counts, silent),
        notes=_notes(counts, stages),
        computed=computed,
    )


def empty_map(definition: JourneyDefinition, workspace: str, words: str, computed: datetime) -> JourneyMap:
    """The map of a workspace without data: every touchpoint of the definition, and nothing known about it."""
    counts = MapCounts(visits=no_visits(len(definition.touchpoints), len(definition.stages)))
    return assemble(
        definition=definition,
        workspace=workspace,
        words=words,
        period=Period(None, None),
        counts=counts,
        channels=(),
        mask=str,
        computed=computed,
    )


def unreadable_map(workspace: str, problem: str, computed: datetime) -> JourneyMap:
    """The map where the definition cannot be read: nothing but the sentence that says what is wrong."""
    nothing = JourneyDefinition(name="", stages=(), touchpoints=())
    return replace(empty_map(nothing, workspace, "", computed), notes=(problem,))


def _quotes(
    definition: JourneyDefinition, counts: MapCounts, mask: Callable[[str], str]
) -> dict[str, tuple[Quote, ...]]:
    said = list(zip(counts.texts, read_texts([text.text for text in counts.texts]), strict=True))
    by_place: dict[int, list[tuple[TextFound, Said]]] = {}
    for found, text in said:
        by_place.setdefault(found.touchpoint, []).append((found, text))

    def closest(here: list[tuple[TextFound, Said]], most: int) -> tuple[Quote, ...]:
        return tuple(_quote(here[i][0], mask) for i in most_typical([text for _, text in here], most))

    quotes = {}
    for stage in definition.stages:
        of_stage = []
        for position, touchpoint in enumerate(definition.touchpoints):
            if touchpoint.stage == stage.id:
                here = by_place.get(position, [])
                quotes[touchpoint.id] = closest(here, QUOTES_PER_TOUCHPOINT)
                of_stage += here
        quotes[f"stage {stage.id}"] = closest(of_stage, QUOTES_PER_STAGE)
    return quotes


def _quote(found: TextFound, mask: Callable[[str], str]) -> Quote:
    text = " ".join(mask(found.text).split())
    return Quote(text, found.source, found.metric, found.score, found.time.date(), found.language)


def _transitions(definition: JourneyDefinition, counts: MapCounts) -> tuple[Transition, ...]:
    ids = [touchpoint.id for touchpoint in definition.touchpoints]
    return tuple(
        Transition(ids[one.start], ids[one.end], one.count, one.customers, one.median_seconds / SECONDS_PER_DAY)
        for one in counts.transitions
    )


def _unmapped(counts: UnmappedCounts) -> Unmapped:
    kinds = tuple(
        UnmappedKind(kind.name, kind.channel, kind.page, kind.label, kind.events, kind.customers)
        for kind in counts.kinds
    )
    return Unmapped(share(counts.unmapped, counts.events), kinds)


def _notes(counts: MapCounts, stages: Sequence[StageMeasures]) -> tuple[str, ...]:
    if counts.data_until is None:
        return ("There are no data yet: import the files you have, and the map draws itself.",)
    if not counts.visits.customers:
        return ("Nobody visited a touchpoint in this scope: widen the period or take a filter away.",)
    touchpoints = [touchpoint for stage in stages for touchpoint in stage.touchpoints if touchpoint.visits]
    broken = sum(touchpoint.experience.drawn == "broken" for touchpoint in touchpoints)
    if broken:
        return (
            f"{broken} of {len(touchpoints)} visited touchpoints have fewer than five answers: no score, a broken line.",
        )
    return ()
