"""The journey definition: stages, their touchpoints, and the rule that says which events are contacts with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from touchline.journeys.rules.planned import Places, PlannedOrder


@dataclass(frozen=True)
class Pattern:
    """One way to recognise a contact. All fields given must hold; several values of one field are alternatives."""

    event: tuple[str, ...] = ()
    """Vocabulary names, compared without case."""
    channel: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    """Path globs: * matches anything within or across segments, e.g. /products/*; a leading /de or /en-gb is ignored."""
    not_page: tuple[str, ...] = ()
    """Path globs that must not match."""
    label: tuple[str, ...] = ()
    """What the file calls the touchpoint, compared without case."""
    source: tuple[str, ...] = ()
    property: Mapping[str, str] = field(default_factory=dict)
    """Top-level property = value, compared as text without case."""
    occurrence: str = ""
    """'first' or 'repeat': this customer's first event of those names ever, or any later one. Events of one order (or,
    without an order, of one moment) are one occurrence: the lines of an invoice are not repeat orders."""
    after: str = ""
    """Name of an event of the same customer that must lie at most `within_hours` before."""
    within_hours: float = 0.0


@dataclass(frozen=True)
class Touchpoint:
    """A place where customers meet the company."""

    id: str
    name: str
    stage: str
    """Id of its stage."""
    patterns: tuple[Pattern, ...]
    """Any of them makes an event a contact with this touchpoint. The first touchpoint of the file that matches wins."""
    icon: str = "dot"
    owner: str = ""
    note: str = ""
    answers: tuple[Pattern, ...] = ()
    """Scores and texts that belong here although giving them is no contact (docs/algorithms/placing-answers.md)."""


@dataclass(frozen=True)
class Stage:
    """A phase of the journey, in the customer's words."""

    id: str
    name: str
    owner: str = ""
    note: str = ""


@dataclass(frozen=True)
class JourneyDefinition:
    """What the workspace means by its journey; journey.toml in memory. Order is the intended order along the line."""

    name: str
    stages: tuple[Stage, ...]
    touchpoints: tuple[Touchpoint, ...]
    gap_days: float = 30.0
    """A journey ends when nothing happens for longer than this."""
    visit_minutes: float = 30.0
    """Contacts with the same touchpoint in a row, no further apart than this, are one visit."""
    ignore: tuple[Pattern, ...] = ()
    """Events that are rightly on no touchpoint (what staff or machines do); they are not reported as unmapped."""
    planned: PlannedOrder = field(default_factory=PlannedOrder)
    """The intended order of a journey, against which journeys are compared (docs/algorithms/fitness.md)."""

    @property
    def places(self) -> Places:
        """What its planned order may name."""
        return Places.of(
            [(each.id, each.name) for each in self.touchpoints], [(each.id, each.name) for each in self.stages]
        )

    def touchpoints_of(self, stage_id: str) -> tuple[Touchpoint, ...]:
        """Touchpoints of a stage, in order."""
        return tuple(touchpoint for touchpoint in self.touchpoints if touchpoint.stage == stage_id)
