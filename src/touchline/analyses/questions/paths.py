"""The paths of a question: read, asked for, and with their rare steps folded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.questions.path_nodes import NodeKind, Nodes, nodes_of
from touchline.analyses.questions.path_rows import PathsTaken
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.path_groups import folded, node_counts, rare_nodes
from touchline.analyses.rules.path_words import NOT_BEGUN, OVER, Folded, Seen
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.steps import Known, Step
from touchline.analyses.rules.taken_paths import NOTHING, Origin, TakenPaths, Whole, Window
from touchline.engine.sums import used
from touchline.formulas.clustered import clustered_share
from touchline.journeys.facade import data_span

MICROSECONDS: Final = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class AsksForPaths(Protocol):
    """What requests about paths have in common; words as in rules.path_parameters."""

    @property
    def nodes(self) -> NodeKind: ...  # noqa: D102
    @property
    def anchor(self) -> str: ...  # noqa: D102
    @property
    def occurrence(self) -> Literal["first", "last"]: ...  # noqa: D102
    @property
    def bounds(self) -> Literal["journey", "session"]: ...  # noqa: D102
    @property
    def session_minutes(self) -> int: ...  # noqa: D102
    @property
    def collapse(self) -> bool: ...  # noqa: D102
    @property
    def fold(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Paths:
    """Paths as they are shown."""

    taken: TakenPaths
    steps: Whole
    """As taken.steps, with rare steps folded."""
    beside: Whole | None
    """The steps of the group they are compared with, folded alike."""
    names: tuple[str, ...]
    """By number of the step; the anchor, where it is no step, and 'other' are the last two."""
    folded: Folded
    seen: Seen


def paths_of(reading: Reading, asked: AsksForPaths, before: int, after: int, outcome: str, *, from_end: bool) -> Paths:
    """Ask for the paths; what is rare is decided together with the group beside it. Raises QuestionError."""
    nodes = nodes_of(reading, asked.nodes)
    anchor = _step(reading, asked.anchor, "anchor")
    reached = _step(reading, outcome, "outcome")
    origin: Origin = asked.occurrence if anchor else "end" if from_end else "start"
    window = Window(origin, before, after, asked.collapse)
    readings = [reading] if reading.beside is None else [reading, reading.beside]
    found = [each.ask(_question(each, asked, nodes, window, anchor, reached)) for each in readings]
    names = (*nodes.names, anchor.name if anchor else "", "")
    counts = [node_counts(each, len(names)) for each in found]
    rare = rare_nodes(found, len(names)) if asked.fold else np.zeros(len(names), dtype=np.bool_)
    other = len(names) - 1
    taken = found[0]
    return Paths(
        taken=taken,
        steps=folded(taken.steps, rare, other),
        beside=folded(found[1].steps, rare, other) if len(found) > 1 else None,
        names=(*names[:-1], f"other ({int(rare.sum())})"),
        folded=Folded(
            tuple(names[at] for at in np.flatnonzero(rare)), int(counts[0][rare].sum()), int(counts[0].sum())
        ),
        seen=_seen(reading, asked, taken, anchor, reached),
    )


def _seen(reading: Reading, asked: AsksForPaths, taken: TakenPaths, anchor: Step | None, outcome: Step | None) -> Seen:
    first = data_span(reading.workspace).first
    start = reading.scope.start
    return Seen(
        unit=reading.unit,
        bounds=asked.bounds,
        pause=f"{asked.session_minutes} minutes"
        if asked.bounds == "session"
        else f"{reading.definition.gap_days:g} days",
        anchor=anchor.name if anchor else "",
        outcome=outcome.name if outcome else "",
        with_path=clustered_share(taken.journeys),
        may_go_on=int(taken.may_go_on.sum()),
        cut_on=start.isoformat() if start and first and first.date() < start else "",
    )


def labels(steps: Whole, names: tuple[str, ...], before: int) -> tuple[str, ...]:
    """Names of the steps of one path; what lies beyond its ends is named once on either side."""
    numbers = steps.tolist()
    named = [names[number] for number in numbers if number != NOTHING]
    begins = [NOT_BEGUN] if NOTHING in numbers[:before] else []
    ends = [OVER] if NOTHING in numbers[before:] else []
    return (*begins, *named, *ends)


def _step(reading: Reading, text: str, parameter: str) -> Step | None:
    if not text:
        return None
    step = reading.step(text, parameter)
    if step.optional:
        raise QuestionError(f"“{text}”: this step cannot be optional; leave the question mark out.", parameter)
    return step


def _question(
    reading: Reading, asked: AsksForPaths, nodes: Nodes, window: Window, anchor: Step | None, outcome: Step | None
) -> PathsTaken:
    by_session = asked.bounds == "session"
    pause = timedelta(minutes=asked.session_minutes) if by_session else timedelta(days=reading.definition.gap_days)
    return PathsTaken(
        visits=reading.visits(),
        events=reading.events(),
        nodes=nodes,
        window=window,
        anchor=anchor,
        outcome=outcome,
        bounds="session" if by_session else "unit" if reading.unit == "case" else "journey",
        of_customers=reading.unit == "customer",
        pause_us=pause // MICROSECONDS,
        open_after_us=(_until(reading) - pause - EPOCH) // MICROSECONDS,
    )


def _until(reading: Reading) -> datetime:
    """When we stop seeing: the last event, or the end of the scope's last day."""
    until = reading.data_until.replace(tzinfo=UTC)
    if reading.scope.end is None:
        return until
    return min(until, datetime.combine(reading.scope.end, time.max, UTC))


def usual_nodes(known: Known) -> NodeKind:
    """Touchpoints, or events where nothing belongs to a touchpoint yet. Raises QuestionError where there is nothing."""
    if not known.visits and not known.events:
        raise QuestionError("There are no visits and no events yet. Import the exports you have; then ask again.")
    return "touchpoint" if known.visits else "event"


def members_of(reading: Reading, units: Whole) -> NDArray[np.int64]:
    """The customers behind units: themselves, or everybody of these accounts or cases."""
    chosen = np.unique(units).astype(np.int64)
    if reading.unit == "customer":
        return chosen
    relation = reading.visits()
    sql = relation.statement("select distinct v.unit, v.customer from {relation} v")
    found = reading.workspace.store.table(sql, used(sql, dict(relation.parameters)))
    held = np.isin(found.column("unit").to_numpy(), chosen)
    return np.unique(found.column("customer").to_numpy()[held]).astype(np.int64)
