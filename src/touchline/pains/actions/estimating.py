"""Computing the pain points of a scope, and keeping what came of it until the data change. Takes a second to import."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from shlex import quote

import numpy as np
from threadpoolctl import threadpool_limits

from touchline.engine.workspace import Workspace
from touchline.pains.actions.keeping import keep_run
from touchline.pains.questions.history import Known, as_moment, known_of
from touchline.pains.questions.kept import earlier_claims
from touchline.pains.questions.surveys import survey_rows
from touchline.pains.questions.version import version_of
from touchline.pains.rules.assembly import Frame
from touchline.pains.rules.computing import Inputs, Outcome, compute
from touchline.pains.rules.drivers import NO_SURVEY, survey_drivers
from touchline.pains.rules.kept import Run, with_earlier
from touchline.pains.rules.moments import moments
from touchline.pains.rules.progress import Progress, Report
from touchline.pains.rules.refusals import notes_on, refused
from touchline.pains.rules.trials import WINDOW_DAYS
from touchline.pains.symptoms.catalogue import all_symptoms
from touchline.segments.facade import Scope, data_span, scope_query, sentence, with_usual_period


def compute_pains(workspace: Workspace, scope: Scope, report: Report) -> None:
    """Compute the pains of a scope and keep them. `report` may raise to stop: then nothing changes.

    Raises FilterError and JourneyFileError.
    """
    version = version_of(workspace)
    report(Progress(0, 0, "Reading visits and what happened around them"))
    known = known_of(workspace, scope)
    asked = scope_query(scope)
    words = sentence(with_usual_period(scope, data_span(workspace), everything=True)).removesuffix(".")
    computed = datetime.now(UTC).replace(tzinfo=None)
    why = refused(known.facts, known.marks) if known is not None else refused(None, None)
    if known is None or why:
        empty = _run(known, None, words, computed, why)
        keep_run(workspace, asked, version, empty)
        return
    with threadpool_limits(limits=1):  # small matrices: two threads wait for each other, on a busy machine for minutes
        outcome = compute(_inputs(known, scope, words, computed), report)
        surveys = survey_drivers(survey_rows(workspace, scope))
        run = _run(known, outcome, words, computed, "")
    pains = with_earlier(run.pains, earlier_claims(workspace.store, asked))
    why_none = "" if surveys else NO_SURVEY
    keep_run(workspace, asked, version, replace(run, pains=pains, drivers=surveys, drivers_why=why_none))


def _inputs(known: Known, scope: Scope, words: str, computed: datetime) -> Inputs:
    return Inputs(
        trials=known.trials(),
        kinds={kind.name: kind for kind in all_symptoms()},
        history=known.history,
        acts=known.acts,
        scored=known.scored,
        stage_of=known.stage_of,
        place=known.place,
        frame=Frame(
            scope=words,
            window_days=WINDOW_DAYS,
            data_until=as_moment(known.data_until),
            computed=computed,
            options=_options(scope),
        ),
        data_until=known.data_until,
    )


def _run(known: Known | None, outcome: Outcome | None, words: str, computed: datetime, why: str) -> Run:
    visits = None if known is None else known.facts.visits
    found = (
        moments(known.history, known.scored, known.data_until, WINDOW_DAYS, known.place) if known and outcome else None
    )
    return Run(
        pains=() if outcome is None else outcome.pains,
        refusal=why,
        notes=() if known is None or outcome is None else notes_on(known.facts, outcome),
        overlap={} if outcome is None else dict(outcome.overlap),
        total_why=why if outcome is None else outcome.total_why,
        moments=() if found is None else found.moments,
        moments_why=why if found is None else found.why,
        scope=words,
        visits=0 if visits is None else int(visits.counted.sum()),
        customers=0 if visits is None else len(np.unique(visits.customer[visits.counted])),
        looked_at=0 if outcome is None else outcome.looked_at,
        not_followed=0 if outcome is None else outcome.not_followed,
        window_days=WINDOW_DAYS,
        data_until=None if known is None else as_moment(known.data_until),
        computed=computed,
    )


def _options(scope: Scope) -> str:
    """The scope as options of `touchline pains`, each with a space before it."""
    days = (("--from", scope.start), ("--to", scope.end))
    given = [(name, day.isoformat()) for name, day in days if day is not None]
    given += [("--channel", channel) for channel in scope.channels]
    given += [("--device", device) for device in scope.devices]
    given += [(name, text) for name, text in (("--intent", scope.intent), ("--filter", scope.filter)) if text]
    return "".join(f" {name} {quote(text)}" for name, text in given)
