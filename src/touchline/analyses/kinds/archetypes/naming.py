"""Names for archetypes: those given, else what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence

from touchline.analyses.kinds.archetypes.answer import Move
from touchline.analyses.rules.problem import QuestionError

LONGEST_NAME = 60


def given_names(text: str) -> tuple[str, ...]:
    """Read names joined by commas. Raises QuestionError for one that is too long or stands twice."""
    names = tuple(" ".join(each.split()) for each in text.split(",") if each.strip())
    for name in names:
        if len(name) > LONGEST_NAME:
            raise QuestionError(f"The name “{name}” has {len(name)} letters; expected up to {LONGEST_NAME}.", "names")
        if names.count(name) > 1:
            raise QuestionError(f"The name “{name}” is given twice; each archetype needs its own.", "names")
    return names


def suggested_name(apart: Sequence[str], typical: Sequence[str]) -> str:
    """Name an archetype by the two touchpoints that set it apart most, else by the ends of its typical way."""
    shown = apart[:2] or (*typical[:1], *typical[-1:])
    return " + ".join(dict.fromkeys(shown)) or "Everything else"


def step_name(moves: Sequence[Move]) -> str:
    """Name an archetype by a step between two touchpoints that sets it apart, else by where journeys begin or end."""
    return step_words(next((each for each in moves if each.start and each.end), moves[0]))


def step_words(move: Move) -> str:
    """A step in words."""
    if not move.start:
        return f"begins at {move.end}"
    return f"ends at {move.start}" if not move.end else f"{move.start} → {move.end}"


def all_named(suggested: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """The names given, then the suggestions; a second of the same name gets a number. Raises QuestionError for too many."""
    if len(given) > len(suggested):
        raise QuestionError(
            f"{len(given)} names are given for {len(suggested)} archetypes: {', '.join(suggested)}.", "names"
        )
    names: list[str] = []
    for name in (*given, *suggested[len(given) :]):
        other = [name, *(f"{name} ({number})" for number in range(2, len(names) + 2))]
        names.append(next(each for each in other if each not in names))
    return tuple(names)
