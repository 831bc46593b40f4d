"""Everything a computation asks of the store, put together: facts, marks and the history they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

import numpy as np

from touchline.engine.question import run
from touchline.engine.remembering import Memory
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNEL_NAMES, CHANNELS, DEVICES, UNDATED
from touchline.journeys.facade import JourneyDefinition, load_definition
from touchline.pains.questions.facts import Facts, ReadFacts
from touchline.pains.rules.as_of import Earlier
from touchline.pains.rules.assembly import Place
from touchline.pains.rules.covariates import History
from touchline.pains.rules.evidence import ScoredVisits, scored_visits
from touchline.pains.rules.rows import Ints
from touchline.pains.rules.traits import trait_facts
from touchline.pains.rules.trials import Marks, Trial, judged
from touchline.pains.symptoms.catalogue import all_symptoms
from touchline.pains.symptoms.protocol import SymptomKind
from touchline.segments.facade import Clause, Scope, compile_scope

LAST_EVENT: Final = "select epoch_us(max(time)) from events where who is not null and time <> ?"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Known:
    """All that is known for one scope."""

    definition: JourneyDefinition
    facts: Facts
    marks: Marks
    data_until: int
    """Microseconds since 1970."""

    @cached_property
    def history(self) -> History:
        """What can be asked as of any visit."""
        return History(
            visits=self.facts.visits,
            orders=Earlier(self.facts.orders),
            contacts=Earlier(self.facts.contacts),
            bad=self.marks.bad_found(),
            traits=trait_facts(self.facts.traits),
            stage_of=self.stage_of,
            stage_names=tuple(each.name for each in self.definition.stages),
            channels=tuple(CHANNEL_NAMES[each] for each in CHANNELS),
            devices=DEVICES,
        )

    @cached_property
    def acts(self) -> Earlier:
        """Refunds and follow-up cases."""
        return Earlier(self.facts.acts)

    @cached_property
    def scored(self) -> ScoredVisits:
        """Visits with an answer about them."""
        return scored_visits(self.facts.visits, self.facts.answers)

    @property
    def stage_of(self) -> Ints:
        """By position of the touchpoint: the position of its stage."""
        order = {each.id: at for at, each in enumerate(self.definition.stages)}
        return np.array([order[each.stage] for each in self.definition.touchpoints], dtype=np.int64)

    def place(self, position: int) -> Place:
        """A touchpoint by its position."""
        touchpoint = self.definition.touchpoints[position]
        stage = next(each for each in self.definition.stages if each.id == touchpoint.stage)
        return Place(touchpoint.id, touchpoint.name, stage.id, stage.name)

    def trials(self) -> list[Trial]:
        """Every pair of a symptom and a touchpoint at which it could be looked for."""
        everywhere = range(len(self.definition.touchpoints))
        return [trial for kind in self.marks.kinds for trial in self.marks.trials(kind, everywhere)]

    def trial(self, touchpoint: str, kind: SymptomKind) -> Trial | None:
        """The trial of one pair; None where there is none."""
        position = {each.id: at for at, each in enumerate(self.definition.touchpoints)}.get(touchpoint)
        return None if position is None else next(iter(self.marks.trials(kind, [position])), None)


def read_known(
    workspace: Workspace, scope: Scope, kinds: tuple[SymptomKind, ...] | None = None, buckets: int = 1
) -> Known | None:
    """Read everything, looking for all kinds of symptoms or some; None where there is no dated event of anybody.

    Raises FilterError where the scope's filter cannot be read.
    """
    data_until = workspace.store.value(LAST_EVENT, [UNDATED.replace(tzinfo=None)])
    if data_until is None:
        return None
    definition = load_definition(workspace)
    every = all_symptoms() if kinds is None else kinds
    clause: Clause = compile_scope(workspace, scope)
    facts = run(ReadFacts(definition, clause, every, int(data_until)), workspace.store, buckets)
    return Known(definition, facts, judged(facts.visits, facts.found, every), int(data_until))


_known: Memory[Known | None] = Memory(1)


def known_of(workspace: Workspace, scope: Scope) -> Known | None:
    """Everything about a scope, remembered until the data change: reading it takes seconds, and whoever computed it looks
    at what is behind it next.
    """
    return _known.recall(workspace, scope, lambda: read_known(workspace, scope))


def as_moment(microseconds: int) -> datetime:
    """A moment as the store writes it: naive UTC."""
    return (EPOCH + timedelta(microseconds=microseconds)).replace(tzinfo=None)
