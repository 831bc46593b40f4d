"""The small map of each archetype: where its people come by, in order, and how they feel there."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.kinds.archetypes.answer import Archetype, Reached
from touchline.analyses.rules.presentation import Column, Lines, Row, Series, Table
from touchline.formulas.archetypes import MAPPED_FROM

NOTE = "Low, high: the band of the journey map (80%). Kept as a segment, an archetype opens the whole map."


def map_table(archetype: Archetype) -> Table:
    """Touchpoints in the order in which they come, with who reaches them and the experience score."""
    columns = (
        Column("Touchpoint"),
        Column("Reached by", "share"),
        Column("from", "share"),
        Column("to", "share"),
        Column("Experience", "score"),
        Column("low", "score"),
        Column("high", "score"),
        Column("Answers", "count"),
    )
    rows = tuple(
        Row(
            (
                each.name,
                each.share,
                each.low,
                each.high,
                each.experience,
                each.experience_low,
                each.experience_high,
                each.answers,
            ),
            each.people,
        )
        for each in _mapped(archetype)
    )
    return Table(_id(archetype), _title(archetype), columns, rows, NOTE)


def map_lines(archetypes: Sequence[Archetype]) -> tuple[Lines, ...]:
    """The emotional line of each archetype whose people answered."""
    return tuple(_line(each) for each in archetypes if any(place.experience is not None for place in _mapped(each)))


def _line(archetype: Archetype) -> Lines:
    places = _mapped(archetype)
    series = Series(
        "Experience",
        tuple(each.experience for each in places),
        tuple(each.experience_low for each in places),
        tuple(each.experience_high for each in places),
        tuple(each.people for each in places),
    )
    names = tuple(each.name for each in places)
    return Lines(f"line-{archetype.part}", _title(archetype), names, (series,), "score", _id(archetype))


def _mapped(archetype: Archetype) -> list[Reached]:
    return [each for each in archetype.touchpoints if each.share is not None and each.share >= MAPPED_FROM]


def _id(archetype: Archetype) -> str:
    return f"map-{archetype.part}"


def _title(archetype: Archetype) -> str:
    share = "" if archetype.share is None else f" ({100 * archetype.share:.0f}%)"
    return f"Map: {archetype.name}{share}"
