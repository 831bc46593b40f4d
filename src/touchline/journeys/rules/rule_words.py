"""A touchpoint's rule as people say it."""

from __future__ import annotations

from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Touchpoint
from touchline.journeys.rules.planned import STAGE, PlannedStep

_OCCURRENCE = {"first": "the customer's first ever", "repeat": "not the customer's first"}


def rule_in_words(touchpoint: Touchpoint) -> tuple[str, ...]:
    """Say which events are contacts with a touchpoint, one sentence for each alternative."""
    return tuple(pattern_in_words(pattern) for pattern in touchpoint.patterns)


def pattern_in_words(pattern: Pattern) -> str:
    """Say what one alternative asks for: 'Product Viewed on web, page /products/*'."""
    words = " or ".join(pattern.event) or "any event"
    if pattern.channel:
        words += f" by {' or '.join(pattern.channel)}"
    asked = []
    if pattern.page:
        asked.append(f"page {' or '.join(pattern.page)}")
    if pattern.not_page:
        asked.append(f"not page {' or '.join(pattern.not_page)}")
    if pattern.label:
        asked.append(f"called {' or '.join(pattern.label)}")
    asked += [f"{key} = {value}" for key, value in pattern.property.items()]
    if pattern.source:
        asked.append(f"from {' or '.join(pattern.source)}")
    if pattern.occurrence:
        asked.append(_OCCURRENCE.get(pattern.occurrence, pattern.occurrence))
    if pattern.after:
        asked.append(f"within {pattern.within_hours:g} h after {pattern.after}")
    return ", ".join([words, *asked])


def planned_in_words(definition: JourneyDefinition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Say each step of the intended order, and what may happen at any time, by the names people read."""
    names = {each.id: each.name for each in definition.touchpoints}
    names |= {STAGE + each.id: f"anything of {each.name}" for each in definition.stages}
    steps = tuple(_step_in_words(step, names) for step in definition.planned.steps)
    return steps, tuple(names[each] for each in definition.planned.anywhere)


def _step_in_words(step: PlannedStep, names: dict[str, str]) -> str:
    words = " or ".join(names[each] for each in step.names)
    if step.repeatable:
        words += ", once or more" if not step.optional else ", any number of times"
    elif step.optional:
        words += ", or not at all"
    return words
