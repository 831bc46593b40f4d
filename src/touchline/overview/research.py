"""Notes of research written out: what was said, how it came about, and where on the map it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from touchline.events.facade import RESEARCH_METHODS
from touchline.formulas.evidence_grade import OPINION
from touchline.journeys.facade import JourneyMap, ResearchNote
from touchline.overview.wording import counted, day

if TYPE_CHECKING:
    from touchline.overview.links import MapLinks  # brings Django, which no command needs

TITLE: Final = f"From research (evidence grade {OPINION.letter}: a {OPINION.wording}, never counted)"

NOT_NAMED: Final = "No step named"


@dataclass(frozen=True)
class Heard:
    """One note, written out."""

    number: int
    text: str
    attribution: str


@dataclass(frozen=True)
class HeardAt:
    """The notes of one step, or those whose table names a step that the journey does not have."""

    name: str
    """The touchpoint's, or the table's own where it is none of them."""
    touchpoint_id: str
    """Empty: on no step."""
    url: str
    """Where the panel of the touchpoint shows them; empty on no step."""
    notes: tuple[Heard, ...]

    @property
    def extent(self) -> str:
        """1 note, 2 notes."""
        return counted(len(self.notes), "note")


def heard(note: ResearchNote) -> Heard:
    """Write out one note with its method, who said and who noted it, and its day."""
    parts = (
        RESEARCH_METHODS.get(note.method, note.method),
        note.participant,
        f"noted by {note.noted_by}" if note.noted_by else "",
        day(note.noted) if note.noted else "",
    )
    return Heard(note.number, note.text, ", ".join(filter(None, parts)))


def heard_at(journey_map: JourneyMap, touchpoint_id: str) -> tuple[Heard, ...]:
    """The notes of one touchpoint, the latest first."""
    return tuple(heard(note) for note in journey_map.research if note.touchpoint_id == touchpoint_id)


def heard_by_step(journey_map: JourneyMap, links: MapLinks | None = None) -> tuple[HeardAt, ...]:
    """All notes, in the order of the map; those on no step last, by the name that their table has for it."""
    placed = [note for note in journey_map.research if note.touchpoint_id]
    adrift = sorted((note for note in journey_map.research if not note.touchpoint_id), key=lambda note: note.called)
    names = {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints}
    on_steps = tuple(
        HeardAt(
            names.get(step, step), step, links.touchpoint(step, "research") if links else "", tuple(map(heard, notes))
        )
        for step, notes in groupby(placed, key=lambda note: note.touchpoint_id)
    )
    return on_steps + tuple(
        HeardAt(called, "", "", tuple(map(heard, notes))) for called, notes in groupby(adrift, lambda note: note.called)
    )


def where_in_words(journey_map: JourneyMap) -> str:
    """A sentence that says how many notes there are, and where; '' without any."""
    steps = heard_by_step(journey_map)
    said = [f"{step.name} ({step.extent})" for step in steps if step.touchpoint_id]
    said += [f"on no step: “{step.name or NOT_NAMED}” ({step.extent})" for step in steps if not step.touchpoint_id]
    return f"{TITLE}: {', '.join(said)}." if said else ""
