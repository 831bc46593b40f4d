"""From counts to the columns of the map: every share, wait and score comes from touchline.formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from touchline.formulas.evidence import is_enough
from touchline.formulas.experience import Answers, Experience, by_stage, experience_scores
from touchline.formulas.functional import effort_of_seven, retries_per_customer
from touchline.formulas.proportion import share as proportion
from touchline.formulas.staleness import is_silent
from touchline.formulas.waiting import WaitingCounts, waiting
from touchline.journeys.rules.bins import upper_edges_days
from touchline.journeys.rules.counts import AnswerSums, MapCounts
from touchline.journeys.rules.definition import JourneyDefinition, Touchpoint
from touchline.journeys.rules.journey_map import (
    ChannelShare,
    ExperienceScore,
    Functional,
    Neighbour,
    SourceScore,
    StageMeasures,
    TouchpointMeasures,
    Waiting,
)
from touchline.journeys.rules.map_parts import Money, Quote, SeriesFigure, Share

NEIGHBOURS = 5
"""The most frequent steps before and after that a touchpoint shows."""

SERIES_SHOWN = 20


@dataclass(frozen=True)
class Judged:
    """What touchpoints and stages are built from: the counts, and the scores of the whole line."""

    definition: JourneyDefinition
    counts: MapCounts
    channels: Sequence[str]
    """Names of the channels by number."""
    quotes: Mapping[str, tuple[Quote, ...]]
    """By id of the touchpoint, or 'stage ' and the id of the stage."""
    touchpoint_scores: Mapping[str, Experience]
    stage_scores: Mapping[str, Experience]
    zero: float | None
    """The journey mean."""

    @property
    def compares(self) -> bool:
        """Whether there is a comparison period."""
        return self.counts.compares


def score_lines(
    definition: JourneyDefinition, counts: MapCounts
) -> tuple[tuple[Answers, ...], dict[str, Experience], dict[str, Experience]]:
    """Return the answers by touchpoint, the touchpoints' line and the stages' line."""
    now, before = answers_of(definition, counts.answers), answers_of(definition, counts.answers_before)
    compares = before if counts.answers_before else ()
    stages = experience_scores(by_stage(now), by_stage(compares))
    return now, experience_scores(now, compares), stages


def answers_of(definition: JourneyDefinition, sums: Sequence[AnswerSums]) -> tuple[Answers, ...]:
    """Add up the answers of each touchpoint over channels, metrics and sources; answers at none are left out."""
    found = []
    for position, touchpoint in enumerate(definition.touchpoints):
        here = [one for one in sums if one.touchpoint == position]
        total, squares = sum(one.total for one in here), sum(one.squares for one in here)
        found.append(Answers(touchpoint.id, touchpoint.stage, sum(one.n for one in here), total, squares))
    return tuple(found)


def touchpoint_measures(judged: Judged, position: int) -> TouchpointMeasures:
    """Fill in one column."""
    counts, touchpoint = judged.counts, judged.definition.touchpoints[position]
    visits = counts.visits
    places = [place for place in counts.places if place.touchpoint == position]
    here = int(visits.customers_here[position])
    last_event = counts.last_events.get(position)
    return TouchpointMeasures(
        id=touchpoint.id,
        name=touchpoint.name,
        stage_id=touchpoint.stage,
        icon=touchpoint.icon,
        owner=touchpoint.owner,
        note=touchpoint.note,
        customers=here,
        visits=int(visits.visits[position]),
        events=sum(place.events for place in places),
        reach=share(here, visits.customers),
        went_on=share(visits.went_on[position], here),
        dropped_out=share(visits.dropped_out[position], visits.over[position]),
        loops=share(visits.loops[position], visits.visits[position]),
        channel_switches=share(sum(p.switched for p in places), sum(p.with_step_before for p in places)),
        waiting=_waiting(counts, position),
        functional=_functional(counts, position),
        experience=_experience(
            judged.touchpoint_scores[touchpoint.id], [a for a in counts.answers if a.touchpoint == position]
        ),
        channels=_channels(judged, position),
        next_steps=_neighbours(judged, position, {t.end: t.count for t in counts.transitions if t.start == position}),
        previous_steps=_neighbours(
            judged, position, {before: count for (before, to), count in counts.steps_before.items() if to == position}
        ),
        quotes=judged.quotes.get(touchpoint.id, ()),
        series=_series(counts, position),
        values=tuple(Money(value.amount, value.currency) for value in counts.values if value.touchpoint == position),
        customers_before=int(visits.compared_customers_here[position]) if judged.compares else None,
        last_event=last_event,
        is_silent=is_silent(last_event, counts.data_until),
    )


def stage_measures(judged: Judged, position: int) -> StageMeasures:
    """Fill in one stage and its columns."""
    stage = judged.definition.stages[position]
    visits = judged.counts.visits
    inside = [index for index, one in enumerate(judged.definition.touchpoints) if one.stage == stage.id]
    touchpoints = tuple(touchpoint_measures(judged, index) for index in inside)
    customers = int(visits.stage_customers[position])
    return StageMeasures(
        id=stage.id,
        name=stage.name,
        customers=customers,
        visits=sum(touchpoint.visits for touchpoint in touchpoints),
        reach=share(customers, visits.customers),
        goes_on=share(visits.stage_went_on[position], customers if _is_followed(judged, position) else 0),
        experience=_experience(
            judged.stage_scores.get(stage.id), [a for a in judged.counts.answers if a.touchpoint in inside]
        ),
        customers_before=int(visits.compared_stage_customers[position]) if judged.compares else None,
        touchpoints=touchpoints,
        quotes=judged.quotes.get(f"stage {stage.id}", ()),
    )


def _is_followed(judged: Judged, position: int) -> bool:
    """Whether a later stage has touchpoints: after the last one there is nothing to go on to."""
    later = {stage.id for stage in judged.definition.stages[position + 1 :]}
    return any(touchpoint.stage in later for touchpoint in judged.definition.touchpoints)


def share(count: int, of: int) -> Share:
    """A share with its Wilson interval."""
    found = proportion(int(count), int(of))
    return Share(found.count, found.of, found.value, found.low, found.high)


def _waiting(counts: MapCounts, position: int) -> Waiting:
    gone_on = counts.visits.waited_gone_on[position]
    left = counts.visits.waited_left[position]
    censored = counts.visits.waited_censored[position]
    used = (gone_on + left + censored).nonzero()[0]
    found = waiting(WaitingCounts(upper_edges_days()[used], gone_on[used], left[used], censored[used]))
    return Waiting(
        median_days=found.median_days,
        gone_on_within_1_day=found.gone_on_within_1_day,
        gone_on_within_7_days=found.gone_on_within_7_days,
        gone_on_within_30_days=found.gone_on_within_30_days,
        n=found.n,
    )


def _functional(counts: MapCounts, position: int) -> Functional:
    visits = counts.visits
    over = visits.over[position]
    effort = [one for one in counts.answers if one.touchpoint == position and one.metric == "ces"]
    n = sum(one.n for one in effort)
    return Functional(
        success=share(over - visits.dropped_out[position], over),
        effort_ces_mean=effort_of_seven(n, sum(one.total for one in effort)),
        effort_n=n,
        retries_per_customer=retries_per_customer(
            int(visits.visits[position]), int(visits.customer_journeys[position])
        ),
        contacts_after=share(visits.contacted[position], visits.contact_observed[position]),
        time_taken=_waiting(counts, position),
    )


def _experience(score: Experience | None, answers: Sequence[AnswerSums]) -> ExperienceScore:
    sources: dict[tuple[str, str], tuple[int, float]] = {}
    for one in answers:
        n, total = sources.get((one.metric, one.source), (0, 0.0))
        sources[one.metric, one.source] = n + one.n, total + one.total
    listed = tuple(
        SourceScore(metric, source, n, total / n) for (metric, source), (n, total) in sorted(sources.items())
    )
    if score is None:
        return ExperienceScore(None, None, None, None, None, 0, None, "broken", "", None, True, listed)
    return ExperienceScore(
        difference=score.difference,
        low=score.low,
        high=score.high,
        absolute=score.absolute,
        raw_mean=score.raw_mean,
        n=score.n,
        prior_weight=score.prior_weight,
        drawn=score.drawn,
        label=score.label,
        change=score.change,
        change_is_noise=score.change_is_noise,
        sources=listed,
    )


def _channels(judged: Judged, position: int) -> tuple[ChannelShare, ...]:
    places = sorted(
        (place for place in judged.counts.places if place.touchpoint == position),
        key=lambda place: (-place.visits, place.channel),
    )
    total = sum(place.visits for place in places)
    found = []
    for place in places:
        answers = [a for a in judged.counts.answers if (a.touchpoint, a.channel) == (position, place.channel)]
        n = sum(one.n for one in answers)
        known = is_enough(n) and judged.zero is not None
        felt = sum(one.total for one in answers) / n - (judged.zero or 0.0) if known else None
        found.append(ChannelShare(judged.channels[place.channel], place.visits, place.visits / total, felt, n))
    return tuple(found)


def _neighbours(judged: Judged, position: int, steps: Mapping[int, int]) -> tuple[Neighbour, ...]:
    visits = int(judged.counts.visits.visits[position])
    ranked = sorted(steps.items(), key=lambda step: (-step[1], step[0]))[:NEIGHBOURS]
    return tuple(_neighbour(judged.definition.touchpoints[other], count, visits) for other, count in ranked)


def _neighbour(touchpoint: Touchpoint, count: int, visits: int) -> Neighbour:
    return Neighbour(touchpoint.id, touchpoint.name, count, count / visits)


def _series(counts: MapCounts, position: int) -> tuple[SeriesFigure, ...]:
    here = sorted(
        (one for one in counts.series if one.touchpoint == position), key=lambda one: (-one.amount, one.measure)
    )
    return tuple(SeriesFigure(one.measure, one.label, one.amount, one.points) for one in here[:SERIES_SHOWN])
