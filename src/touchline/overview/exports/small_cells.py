"""What may leave the workspace: no figure that rests on fewer than ten customers or answers.

Pages inside the workspace show small counts, because whoever looks at them may look at the customers as well. Files
travel. So columns of fewer than ten customers are left out, and smaller figures within the others are blank. Notes of
research go along without saying who spoke.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from touchline.journeys.facade import (
    ChannelShare,
    ExperienceScore,
    Functional,
    HeadlineFigure,
    JourneyMap,
    MapPains,
    Share,
    StageMeasures,
    TouchpointMeasures,
    Unmapped,
    Waiting,
)

FEWEST: Final = 10
_NO_SHARE: Final = Share(0, 0, None, None, None)
_NO_WAITING: Final = Waiting(None, None, None, None, 0)


def without_small_cells(journey_map: JourneyMap) -> JourneyMap:
    """The map with every figure below ten left out, and a note that says so where any was."""
    if journey_map.customers < FEWEST:
        return _emptied(journey_map)
    few_answers = journey_map.journey_mean_n < FEWEST
    gone = tuple(touchpoint.name for touchpoint in journey_map.touchpoints if _is_small(touchpoint.customers))
    stages = tuple(_stage(stage) for stage in journey_map.stages if not _is_small(stage.customers))
    kinds = tuple(kind for kind in journey_map.unmapped.kinds if kind.customers >= FEWEST)
    return replace(
        journey_map,
        responses=0 if _is_small(journey_map.responses) else journey_map.responses,
        journey_mean=None if few_answers else journey_map.journey_mean,
        journey_mean_n=0 if few_answers else journey_map.journey_mean_n,
        stages=stages,
        transitions=tuple(transition for transition in journey_map.transitions if transition.customers >= FEWEST),
        headline=tuple(_headline(figure) for figure in journey_map.headline),
        unmapped=replace(journey_map.unmapped, share=_share(journey_map.unmapped.share), kinds=kinds),
        notes=(*journey_map.notes, *_notes(gone)),
        research=tuple(replace(note, participant="", noted_by="", file="", line=None) for note in journey_map.research),
        pains=_pains(journey_map.pains),
    )


def _emptied(journey_map: JourneyMap) -> JourneyMap:
    """Nothing but the question and the reason."""
    return replace(
        journey_map,
        customers=0,
        journeys=0,
        visits=0,
        events=0,
        responses=0,
        journey_mean=None,
        journey_mean_n=0,
        stages=(),
        transitions=(),
        headline=(),
        unmapped=Unmapped(_NO_SHARE, ()),
        staleness=replace(journey_map.staleness, distance=None, distance_p=None, changes=(), silent_touchpoints=()),
        notes=(_NOTHING_LEFT,),
        research=(),
        pains=None,
    )


def _notes(gone: tuple[str, ...]) -> tuple[str, ...]:
    blank = f"Figures that rest on fewer than {FEWEST} customers or answers are left blank."
    if not gone:
        return (blank,)
    return (blank, f"Left out because fewer than {FEWEST} customers were there: {', '.join(gone)}.")


_NOTHING_LEFT: Final = f"Fewer than {FEWEST} customers are in this scope, so no figure may leave the workspace."


def _stage(stage: StageMeasures) -> StageMeasures:
    return replace(
        stage,
        reach=_share(stage.reach),
        goes_on=_share(stage.goes_on),
        experience=_experience(stage.experience),
        customers_before=_count(stage.customers_before),
        touchpoints=tuple(_touchpoint(each) for each in stage.touchpoints if not _is_small(each.customers)),
    )


def _touchpoint(touchpoint: TouchpointMeasures) -> TouchpointMeasures:
    return replace(
        touchpoint,
        reach=_share(touchpoint.reach),
        went_on=_share(touchpoint.went_on),
        dropped_out=_share(touchpoint.dropped_out),
        loops=_share(touchpoint.loops),
        channel_switches=_share(touchpoint.channel_switches),
        waiting=_waiting(touchpoint.waiting),
        functional=_functional(touchpoint.functional),
        experience=_experience(touchpoint.experience),
        channels=tuple(_channel(channel) for channel in touchpoint.channels if channel.visits >= FEWEST),
        next_steps=tuple(step for step in touchpoint.next_steps if step.count >= FEWEST),
        previous_steps=tuple(step for step in touchpoint.previous_steps if step.count >= FEWEST),
        customers_before=_count(touchpoint.customers_before),
    )


def _functional(functional: Functional) -> Functional:
    few_answers = functional.effort_n < FEWEST
    return replace(
        functional,
        success=_share(functional.success),
        effort_ces_mean=None if few_answers else functional.effort_ces_mean,
        effort_n=0 if few_answers else functional.effort_n,
        contacts_after=_share(functional.contacts_after),
        time_taken=_waiting(functional.time_taken),
    )


def _experience(score: ExperienceScore) -> ExperienceScore:
    if score.n >= FEWEST:
        return replace(score, sources=tuple(source for source in score.sources if source.n >= FEWEST))
    return ExperienceScore(None, None, None, None, None, 0, None, "broken", "", None, True, ())


def _channel(channel: ChannelShare) -> ChannelShare:
    return channel if channel.n >= FEWEST else replace(channel, experience=None, n=0)


def _headline(figure: HeadlineFigure) -> HeadlineFigure:
    if figure.n >= FEWEST:
        return figure
    return replace(figure, value=None, low=None, high=None, n=0, before=None, change_is_noise=True, beside="", trend=())


def _pains(pains: MapPains | None) -> MapPains | None:
    if pains is None:
        return None
    kept = tuple(pain for pain in pains.pains if not _is_small(pain.customers))
    return replace(
        pains,
        pains=tuple(replace(pain, evidence=tuple(each for each in pain.evidence if each.n >= FEWEST)) for pain in kept),
    )


def _share(share: Share) -> Share:
    """A share tells its count as well, so both must be large enough; none at all names nobody."""
    return share if share.of >= FEWEST and (share.count >= FEWEST or share.count == 0) else _NO_SHARE


def _waiting(waiting: Waiting) -> Waiting:
    return waiting if waiting.n >= FEWEST else _NO_WAITING


def _is_small(count: int) -> bool:
    """Whether a count could point at somebody; none at all names nobody."""
    return 0 < count < FEWEST


def _count(count: int | None) -> int | None:
    return count if count is not None and count >= FEWEST else None
