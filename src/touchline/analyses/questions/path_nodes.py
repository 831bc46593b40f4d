"""What the steps of a path are: touchpoints, stages, pages or events; their names and how rows get their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.page_names import clean_page
from touchline.analyses.rules.problem import QuestionError
from touchline.analyses.rules.taken_paths import NOTHING

NodeKind: TypeAlias = Literal["touchpoint", "stage", "page", "event"]

KINDS = "select kind, name, page from kinds order by kind"


@dataclass(frozen=True)
class Nodes:
    """The steps that paths can have."""

    kind: NodeKind
    names: tuple[str, ...]
    """By number."""
    number_of: NDArray[np.int32] | None
    """By touchpoint, or by kind of event; NOTHING where it is no step. None: the touchpoint is the number."""

    @property
    def of_events(self) -> bool:
        """Whether rows are events, not visits."""
        return self.kind in ("page", "event")


def nodes_of(reading: Reading, kind: NodeKind) -> Nodes:
    """The steps of this kind. Raises QuestionError where the data have none, saying what there is."""
    known = reading.known
    if kind == "touchpoint":
        nodes = Nodes(kind, tuple(name for _, name, _ in known.touchpoints), None)
    elif kind == "stage":
        place = {stage: at for at, (stage, _) in enumerate(known.stages)}
        of = [place[stage] for _, _, stage in known.touchpoints]
        nodes = Nodes(kind, tuple(name for _, name in known.stages), np.array(of, dtype=np.int32))
    elif kind == "page":
        nodes = _of_kinds(reading, kind, lambda name, page: None if page is None else clean_page(page))
    else:
        nodes = _of_kinds(reading, kind, lambda name, page: name)
    if (not nodes.names) or (not nodes.of_events and not known.visits):
        raise QuestionError(_none_of(kind, reading), "nodes")
    return nodes


def _of_kinds(reading: Reading, kind: NodeKind, named: Callable[[str, str | None], str | None]) -> Nodes:
    rows = reading.workspace.store.rows(KINDS)
    found = {number: named(name, page) for number, name, page in rows}
    names = sorted({name for name in found.values() if name is not None})
    place = {name: at for at, name in enumerate(names)}
    numbers = np.full(max(found, default=0) + 1, NOTHING, dtype=np.int32)
    for number, name in found.items():
        numbers[number] = NOTHING if name is None else place[name]
    return Nodes(kind, tuple(names), numbers)


def _none_of(kind: NodeKind, reading: Reading) -> str:
    if kind == "page":
        return f"No event in the data has a page, so there are no paths of pages. There are: {_there_are(reading)}."
    return f"No event belongs to a touchpoint of the journey yet. There are: {_there_are(reading)}."


def _there_are(reading: Reading) -> str:
    visits, events = sum(reading.known.visits.values()), sum(reading.known.events.values())
    found: Iterable[str] = (
        f"{count:,} {what}" for count, what in ((visits, "visits to touchpoints"), (events, "events")) if count
    )
    return " and ".join(found) or "no visits and no events"
