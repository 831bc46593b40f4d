"""What is behind a pain: the visits it counts, the texts that sufferers wrote, and twins. Asked again for whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNEL_NAMES, CHANNELS
from touchline.formulas.cannot_say import CannotSay
from touchline.formulas.effects.learners import PLAIN
from touchline.formulas.effects.visit_effect import prepare
from touchline.kit.opened_number import Cell, Column, OpenedNumber
from touchline.pains.questions.history import Known, as_moment, known_of
from touchline.pains.rules.describing import Describing
from touchline.pains.rules.estimate import Estimator, Material, chances_of
from touchline.pains.rules.pain import Pain, Quote, SufferingGroup, Twins, UnknownPainError
from touchline.pains.rules.rows import MICROSECONDS_PER_DAY, NOWHERE
from touchline.pains.rules.sufferers import of_group
from touchline.pains.rules.trials import WINDOW_DAYS, Trial
from touchline.pains.rules.twins import pairs, timeline
from touchline.pains.symptoms.catalogue import symptom_named
from touchline.privacy.facade import mask_personal_data
from touchline.segments.facade import Scope

COLUMNS: Final = (
    Column("customer", "Customer", "customer"),
    Column("time", "Visit", "time"),
    Column("bad", "Bad visit", "yes"),
    Column("compared", "Enters the estimate", "yes"),
    Column("bought", "Ordered within the window", "yes"),
    Column("score", "Score (±100)", "number"),
    Column("channel", "Channel"),
)
QUOTED_WITHIN_DAYS: Final = 7
FEWEST_TEXTS: Final = 5
"""With fewer, a quote could point at one person."""
LONGEST_QUOTE: Final = 280

TEXTS: Final = """
select r.customer::bigint as customer, epoch_us(r.time) as time, r.experience, r.text
from responses r
join touchpoints t on t.position = r.touchpoint
where t.id = $touchpoint and r.customer is not null and length(r.text) between $shortest and $longest
order by r.customer, r.time, r.event
"""
SHORTEST_TEXT: Final = 8

_twins: Memory[tuple[Twins, ...]] = Memory(16)


@dataclass(frozen=True)
class Page:
    """Which of the rows are opened."""

    number: int
    """From 1."""
    rows: int
    """On a page; 0 is all of them."""
    group: int = 0
    """Only those behind one group of sufferers, counted from 1; 0 is every visit."""


def opened_rows(workspace: Workspace, scope: Scope, pain: Pain, asked: Page) -> OpenedNumber:
    """One page of the visits behind a pain, or behind a group of its sufferers: bad ones first, the latest first."""
    known, trial = _trial(workspace, scope, pain)
    visits = known.facts.visits
    order = np.lexsort((-visits.time[trial.visit], ~trial.bad))
    if asked.group:
        group = _group(pain, asked.group)
        order = order[of_group(trial, Describing(known.history), group)[order]]
    offset = (max(asked.number, 1) - 1) * asked.rows
    shown = order[offset : offset + asked.rows] if asked.rows else order
    estimator = Estimator(known.history, known.data_until, WINDOW_DAYS)
    bought = estimator.outcome(known.history.orders, trial, WINDOW_DAYS)
    compared = trial.compared(known.data_until, WINDOW_DAYS)
    is_over = trial.begins + WINDOW_DAYS * MICROSECONDS_PER_DAY <= known.data_until
    score = dict(zip(known.scored.visit.tolist(), known.scored.experience.tolist(), strict=True))
    rows: list[tuple[Cell, ...]] = []
    for at in shown.tolist():
        visit = int(trial.visit[at])
        rows.append(
            (
                int(visits.customer[visit]),
                as_moment(int(visits.time[visit])),
                bool(trial.bad[at]),
                bool(compared[at]),
                bool(bought[at]) if is_over[at] else None,
                score.get(visit),
                CHANNEL_NAMES[CHANNELS[int(visits.channel[visit])]],
            )
        )
    kind = symptom_named(pain.symptom)
    return OpenedNumber(
        measure=pain.id,
        title=pain.headline,
        target=pain.touchpoint,
        target_name=pain.touchpoint_name,
        definition=f"Visits to {pain.touchpoint_name} that could have had the symptom. {kind.tells}{_only(pain, asked.group)}",
        formula=(
            "Share = bad visits ÷ all rows. Customers hit = distinct customers of bad visits. The estimate compares rows that "
            f"enter it, bad with fine, by whether an order followed within {WINDOW_DAYS} days."
        ),
        page="pain-points",
        scope_in_words=pain.scope,
        columns=COLUMNS,
        rows=tuple(rows),
        total=len(order),
        offset=offset,
        limit=asked.rows,
    )


def _group(pain: Pain, number: int) -> SufferingGroup:
    """One of the groups of sufferers. Raises UnknownPainError."""
    if not 0 < number <= len(pain.who):
        raise UnknownPainError(f"“{pain.headline}” has no group of sufferers of number {number}.")
    return pain.who[number - 1]


def _only(pain: Pain, number: int) -> str:
    if not number:
        return ""
    return f" Here only those of one group, in the half of customers that its figures rest on: {pain.who[number - 1].words}."


def found_twins(workspace: Workspace, scope: Scope, pain: Pain, most: int) -> tuple[Twins, ...]:
    """Pairs of a sufferer and a customer whose visit was as likely to turn out bad."""
    return _twins.recall(workspace, (scope, pain.id, most), lambda: _find_twins(workspace, scope, pain, most))


def _find_twins(workspace: Workspace, scope: Scope, pain: Pain, most: int) -> tuple[Twins, ...]:
    known, trial = _trial(workspace, scope, pain)
    kind = symptom_named(pain.symptom)
    made = Estimator(known.history, known.data_until, WINDOW_DAYS).material(trial, kind.withholds)
    prepared = prepare(made.visits, PLAIN)
    if isinstance(prepared, CannotSay):
        return ()
    likest = pairs(chances_of(prepared), made.trial.bad, made.visits.customer, most)
    return tuple(_pair(known, made, bad, fine, chance) for bad, fine, chance in likest)


def _pair(known: Known, made: Material, bad: int, fine: int, chance: float) -> Twins:
    names = [(each.id, each.name) for each in known.definition.touchpoints]
    of_kind = known.marks.bad_found()[made.trial.symptom].visit
    sides = [
        timeline(
            known.facts.visits, known.facts.orders, int(made.trial.visit[at]), of_kind, names, bool(made.bought[at])
        )
        for at in (bad, fine)
    ]
    return Twins(sides[0], sides[1], chance)


def found_quotes(workspace: Workspace, scope: Scope, pain: Pain, most: int) -> tuple[Quote, ...]:
    """What sufferers wrote about the touchpoint within a week of their bad visit, the lowest scores first."""
    known, trial = _trial(workspace, scope, pain)
    values = {"touchpoint": pain.touchpoint, "shortest": SHORTEST_TEXT, "longest": LONGEST_QUOTE}
    texts = workspace.store.rows(TEXTS, values)
    visits, bad = known.facts.visits, trial.visit[trial.bad]
    begun: dict[int, list[int]] = {}
    for customer, time in zip(visits.customer[bad].tolist(), visits.time[bad].tolist(), strict=True):
        begun.setdefault(customer, []).append(time)
    within = QUOTED_WITHIN_DAYS * MICROSECONDS_PER_DAY
    said = [
        (experience, time, text)
        for customer, time, experience, text in texts
        if any(0 <= time - start <= within for start in begun.get(customer, ()))
    ]
    if len(said) < FEWEST_TEXTS:
        return ()
    said.sort(key=lambda each: (each[0] is None, each[0] or 0.0, each[1], each[2]))
    chosen: dict[str, Quote] = {}
    for experience, time, text in said:
        masked = mask_personal_data(text)
        chosen.setdefault(masked, Quote(masked, as_moment(time), experience))
        if len(chosen) == most:
            break
    return tuple(chosen.values())


def _trial(workspace: Workspace, scope: Scope, pain: Pain) -> tuple[Known, Trial]:
    """The visits behind a pain. Raises UnknownPainError where the data hold none any more."""
    known = known_of(workspace, scope)
    trial = None if known is None else known.trial(pain.touchpoint, symptom_named(pain.symptom))
    if known is None or trial is None or trial.touchpoint == NOWHERE:
        raise UnknownPainError(f"No visit is behind “{pain.headline}” any more: the data have changed.")
    return known, trial
