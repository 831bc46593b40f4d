"""What is found about archetypes. Shares are 0..1, experience −100..+100; None is 'cannot say'."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reached:
    """One touchpoint of the small map of an archetype."""

    touchpoint: str
    """Its id."""
    name: str
    stage: str
    """Name of its stage."""
    people: int
    """Of the archetype, who visited it."""
    share: float | None
    """Of the archetype's people."""
    low: float | None
    high: float | None
    everyone: float | None
    """Share of all people who visit it."""
    rank: float
    """At which place it comes on average among the touchpoints of those who visit it, from 1."""
    is_typical: bool
    sets_apart: bool
    """Whether the share is above that of all others by more than chance and by enough to speak of."""
    answers: int
    experience: float | None
    """As on the map: leaning on its stage, on −100..+100."""
    experience_low: float | None
    """80 % band."""
    experience_high: float | None
    drawn: str
    """'solid', 'hollow' or 'broken', as on the map."""


@dataclass(frozen=True)
class Move:
    """A step from one touchpoint to the next that sets an archetype apart."""

    start: str
    end: str
    """Names of touchpoints; '' is outside: the begin or the end of a journey."""
    people: int
    share: float | None
    low: float | None
    high: float | None
    everyone: float | None


@dataclass(frozen=True)
class Archetype:
    """One kind of ways, and who takes them."""

    part: str
    """'archetype-1' is the largest."""
    name: str
    suggested: str
    people: int
    share: float | None
    low: float | None
    high: float | None
    journeys: int
    clearness: float
    """How probable it is on average that its people are of this archetype and no other, 0..1."""
    way: tuple[str, ...]
    """Names of the touchpoints that most of its people visit, in order."""
    commonest: tuple[str, ...]
    """The way most of them took step by step; a bar between two journeys."""
    commonest_people: int
    reached: int
    """How many reached the outcome."""
    outcome: float | None
    outcome_low: float | None
    outcome_high: float | None
    answered: int
    """How many of its people answered a survey."""
    answers: int
    experience: float | None
    """Mean of their answers."""
    experience_low: float | None
    experience_high: float | None
    touchpoints: tuple[Reached, ...]
    """In the order in which they come."""
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class TriedNumber:
    """One number of archetypes that was tried."""

    number: int
    bic: float
    """Smaller is better."""
    agreement: float | None
    """Adjusted Rand index with the archetypes of people drawn again; None where it was not asked."""
    is_stable: bool


@dataclass(frozen=True)
class ArchetypesAnswer:
    """The archetypes of a scope; none where they are not stable or people are too few."""

    unit: str
    people: int
    journeys: int
    ways: int
    """Distinct ways."""
    outcome: str
    """Name of the outcome; '' where none was asked for."""
    archetypes: tuple[Archetype, ...]
    agreement: float | None
    """Of the archetypes shown."""
    refusal: str
    """Why there are no archetypes and what to do; '' where there are."""
    tried: tuple[TriedNumber, ...]
    fitted_on: int
    """How many people the archetypes were found in: more than `people` where two groups are compared."""
