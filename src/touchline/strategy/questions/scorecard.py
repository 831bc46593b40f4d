"""The scorecard, from the measured map, the pain points computed last, and the backlog."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from touchline.engine.workspace import Workspace
from touchline.improvements.facade import backlog
from touchline.journeys.facade import TouchpointMeasures, journey_map, load_definition
from touchline.pains.facade import Pain, Pains, kept_pains
from touchline.segments.facade import PREVIOUS, Scope, data_span, with_comparison, with_usual_period
from touchline.strategy.rules.scorecard import (
    FEWEST_TO_LEAVE,
    Felt,
    Remedy,
    Scorecard,
    ScoreLine,
    WorstPain,
    felt_words,
)
from touchline.strategy.rules.snapshot import ClosedAudit, KeptScore, Moved, moved_sentence
from touchline.ui.numbers import compact_money

FEW = f"fewer than {FEWEST_TO_LEAVE} answers"
NO_DATA = "There are no data yet. Import files or collect events, and every touchpoint has a line here."


def scorecard(workspace: Workspace) -> Scorecard:
    """What is measured at each touchpoint in the usual period, changes against the one before. Raises JourneyFileError."""
    load_definition(workspace)
    span = data_span(workspace)
    measured = journey_map(workspace, with_comparison(with_usual_period(Scope(), span), PREVIOUS, span))
    found = kept_pains(workspace)
    if not measured.touchpoints or not (measured.visits or measured.responses):
        return Scorecard((), measured.scope_in_words, measured.start, measured.end, NO_DATA)
    stages = {stage.id: stage.name for stage in measured.stages}
    worst, remedies = _worst(found), _remedies(workspace)
    return Scorecard(
        tuple(
            _line(each, stages[each.stage_id], worst.get(each.id), remedies.get(each.id, ()))
            for each in measured.touchpoints
        ),
        measured.scope_in_words,
        measured.start,
        measured.end,
        is_searched=found is not None and not found.refusal,
        pains_why=_pains_why(found),
    )


def moved_since(workspace: Workspace, audit: ClosedAudit) -> tuple[tuple[Moved, ...], str]:
    """Each touchpoint of a closed audit, then and in the days since, or why nothing can be compared.

    Only days after those that the audit measured count, so that no answer is in both; changes are judged as on the map, by raw
    answers with the false-discovery rate held over all touchpoints. Raises JourneyFileError.
    """
    load_definition(workspace)
    then, span = audit.snapshot, data_span(workspace)
    if then.start is None or then.end is None:
        return (), "The audit was closed before there were any data, so there is nothing to compare with."
    if span is None or span.last <= then.end:
        return (), f"No data have come since {then.end:%-d %B %Y}, the last day that the audit measured."
    scope = Scope(then.end + timedelta(days=1), span.last, then.start, then.end)
    now = {each.id: each for each in journey_map(workspace, scope).touchpoints}
    return tuple(_moved(each, now.get(each.touchpoint)) for each in then.scores), ""


def kept_scores(found: Scorecard) -> tuple[KeptScore, ...]:
    """What a closed audit keeps of a scorecard."""
    return tuple(
        KeptScore(
            each.touchpoint,
            each.name,
            each.customers,
            each.felt.value if each.felt else None,
            each.felt.low if each.felt else None,
            each.felt.high if each.felt else None,
            each.answers,
        )
        for each in found.lines
    )


def pain_money(pain: Pain) -> str:
    """What a pain costs a month with its interval; '' where no amount may be shown."""
    money = pain.money
    if money is None or not money.is_firm:
        return ""
    low, middle, high = (
        compact_money(each, money.currency) for each in (money.amount.low, money.amount.median, money.amount.high)
    )
    return f"{middle} a month (80% interval {low} to {high}{', if causal' if pain.grade == 'C' else ''})"


def _line(measured: TouchpointMeasures, stage: str, pain: Pain | None, remedies: tuple[Remedy, ...]) -> ScoreLine:
    return ScoreLine(
        touchpoint=measured.id,
        name=measured.name,
        stage=stage,
        owner=measured.owner,
        customers=measured.customers,
        visits=measured.visits,
        reach=measured.reach.value,
        reach_low=measured.reach.low,
        reach_high=measured.reach.high,
        felt=_felt(measured),
        answers=measured.experience.n,
        change=measured.experience.change,
        change_is_noise=measured.experience.change_is_noise,
        pain=_worst_pain(pain) if pain else None,
        remedies=remedies,
    )


def _felt(measured: TouchpointMeasures) -> Felt | None:
    """The score itself; the map keeps its band around the difference from the journey's mean."""
    score = measured.experience
    if score.absolute is None or score.difference is None or score.low is None or score.high is None:
        return None
    mean = score.absolute - score.difference
    return Felt(score.absolute, mean + score.low, mean + score.high, score.n)


def _worst(found: Pains | None) -> Mapping[str, Pain]:
    """By touchpoint, the first in the ranking of those that still stand."""
    worst: dict[str, Pain] = {}
    for pain in found.pains if found else ():
        if pain.is_supported:
            worst.setdefault(pain.touchpoint, pain)
    return worst


def _worst_pain(pain: Pain) -> WorstPain:
    return WorstPain(pain.id, pain.headline, pain.grade, pain_money(pain) or pain.money_why or _RANGE_ONLY)


_RANGE_ONLY = "No amount: with this grade it is a lead, not a cause."


def _remedies(workspace: Workspace) -> dict[str, tuple[Remedy, ...]]:
    found: dict[str, tuple[Remedy, ...]] = {}
    for line in backlog(workspace):
        each = line.improvement
        if each.is_open:
            known = found.get(each.touchpoint_id, ())
            found[each.touchpoint_id] = (*known, Remedy(each.number, each.title, each.owner))
    return found


def _pains_why(found: Pains | None) -> str:
    if found is None:
        return "Pain points have not been looked for yet: open Pain points, or run touchline pains."
    if found.refusal:
        return found.refusal
    return (
        "" if found.is_current else "Data have come since pain points were computed; compute them anew on Pain points."
    )


def _moved(then: KeptScore, now: TouchpointMeasures | None) -> Moved:
    if then.value is None or then.low is None or then.high is None or then.answers < FEWEST_TO_LEAVE:
        was = FEW
    else:
        was = felt_words(Felt(then.value, then.low, then.high, then.answers))
    if now is None:
        return Moved(then.touchpoint, then.name, was, "not in the journey any more", "Cannot be compared.")
    felt = _felt(now)
    since = felt_words(felt) if felt and felt.answers >= FEWEST_TO_LEAVE else FEW
    score = now.experience
    return Moved(then.touchpoint, now.name, was, since, moved_sentence(score.change, score.change_is_noise))
