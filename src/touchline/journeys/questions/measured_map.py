"""The whole map of one scope: every question asked, every count judged, personal data in quotes masked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from touchline.engine.question import run
from touchline.engine.store import Store
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.journeys.questions import answers, coverage, transitions, visits
from touchline.journeys.questions.asked import Asked
from touchline.journeys.questions.notes import notes
from touchline.journeys.questions.visit_counts import CountVisits
from touchline.journeys.rules.assembly import assemble, empty_map
from touchline.journeys.rules.counts import MapCounts
from touchline.journeys.rules.definition import JourneyDefinition
from touchline.journeys.rules.journey_map import JourneyMap
from touchline.journeys.rules.period import Period, chosen_period
from touchline.privacy.facade import mask_personal_data
from touchline.segments.facade import Scope, compile_scope, sentence


def measured_map(workspace: Workspace, definition: JourneyDefinition, scope: Scope, buckets: int = 1) -> JourneyMap:
    """Ask, count and judge. Raises FilterError when the scope's filter cannot be read."""
    store = workspace.store
    span = coverage.span(store)
    filled, choice = scope_of_days(scope, span)
    words = scope_words(filled, choice)
    if span.last is None:
        return empty_map(definition, workspace.settings.name, words, datetime.now(UTC))
    asked = asked_of(workspace, definition, filled, span)
    found = assemble(
        definition=definition,
        workspace=workspace.settings.name,
        words=words,
        period=Period(filled.start, filled.end, filled.compare_start, filled.compare_end),
        counts=count_everything(store, asked, buckets),
        channels=CHANNELS,
        mask=mask_personal_data,
        computed=datetime.now(UTC),
    )
    return replace(found, notes=(*found.notes, *notes(workspace)))


def scope_of_days(scope: Scope, span: coverage.Span) -> tuple[Scope, str]:
    """Return the scope with the period chosen for it, and what was chosen in words."""
    asked = Period(scope.start, scope.end, scope.compare_start, scope.compare_end)
    period = chosen_period(asked, span.first, span.last)
    filled = replace(
        scope,
        start=period.start,
        end=period.end,
        compare_start=period.compare_start,
        compare_end=period.compare_end,
    )
    return filled, period.choice


def scope_words(filled: Scope, choice: str) -> str:
    """Say whom and when a map is about, without a full stop."""
    words = sentence(filled).removesuffix(".")
    return f"{words} ({choice})" if choice else words


def asked_of(workspace: Workspace, definition: JourneyDefinition, scope: Scope, span: coverage.Span) -> Asked:
    """Compile a scope whose period is filled in. Raises FilterError."""
    clause = compile_scope(workspace, scope)
    comparison = compile_scope(workspace, scope.comparison(), names="before") if scope.compares else None
    start, end = _midnight(scope.start), _midnight(scope.end) + timedelta(days=1)
    return Asked(
        definition=definition,
        scope=clause,
        comparison=comparison,
        start=start,
        end=end,
        since=min(start, _midnight(scope.compare_start)) if comparison else start,
        data_until=span.last or end,
        intent=bool(scope.intent),
    )


def count_everything(store: Store, asked: Asked, buckets: int = 1) -> MapCounts:
    """Ask every question of the map."""
    return MapCounts(
        visits=run(CountVisits(asked), store, buckets),
        places=visits.places(store, asked, buckets),
        steps_before=visits.steps_before(store, asked, buckets),
        transitions=transitions.transitions(store, asked, buckets),
        drift=transitions.drift_counts(store, asked, buckets),
        answers=answers.answer_sums(store, asked, asked.scope, buckets),
        answers_before=answers.answer_sums(store, asked, asked.comparison, buckets),
        responses=answers.response_count(store, asked),
        texts=answers.texts(store, asked),
        values=visits.values(store, asked, buckets),
        series=coverage.series(store, asked, buckets),
        unmapped=coverage.unmapped(store, asked, buckets),
        last_events=coverage.last_events(store),
        data_until=asked.data_until,
        compares=asked.comparison is not None,
    )


def _midnight(day: date | None) -> datetime:
    return datetime.combine(day or date(1970, 1, 1), time.min)
