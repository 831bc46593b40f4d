"""Read a funnel's request: its steps, exclusions and window. Everything that can be wrong with it is said here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from touchline.analyses.kinds.funnel.kernel import Plan
from touchline.analyses.kinds.funnel.request import (
    LONGEST_DAYS,
    MOST_EXCLUDED,
    MOST_STEPS,
    ORDERS,
    SPLIT_AT,
    WINDOW_UNITS,
    FunnelRequest,
)
from touchline.analyses.questions.matches import Matches, Tag
from touchline.analyses.questions.reading import Reading
from touchline.analyses.rules.problem import QuestionError, what_exists
from touchline.analyses.rules.steps import EVENT_CONDITIONS, VISIT_CONDITIONS, Step
from touchline.engine.pointers import pointer_to

BETWEEN = re.compile(r"^(?P<step>.*\S)\s+between\s+(?P<low>\d+)\s+and\s+(?P<high>\d+)$", re.DOTALL)

OF_THE_FIRST_EVENT = "left join events e on e.id = v.first_event left join kinds k on k.kind = e.kind"
"""What a visit does not hold itself is looked up at the event it began with."""


@dataclass(frozen=True)
class Asked:
    """A request that can be answered."""

    steps: tuple[Step, ...]
    excluded: tuple[str, ...]
    """As people read them."""
    plan: Plan
    matches: Matches


def asked_of(reading: Reading, request: FunnelRequest) -> Asked:
    """Read a request. Raises QuestionError with what is wrong and what exists."""
    _check(request)
    steps = reading.steps(request.steps)
    _check_steps(request.order, steps)
    excluded = [_exclusion(reading, text, steps) for text in request.exclude]
    plan = Plan(
        order=request.order,
        bits=tuple(range(len(excluded), len(excluded) + len(steps))),  # behind what is excluded: Matched's order
        optional=tuple(step.optional for step in steps),
        window_us=round(request.window * WINDOW_UNITS[request.window_unit]),
        until_us=_until_us(reading),
        barred=tuple((bit, low, high) for bit, (_, low, high) in enumerate(excluded)),
    )
    matches = Matches.of(
        reading,
        [*(step for step, _, _ in excluded), *steps],
        tag=_tag(reading, request.split),
        others=request.order == "strict",
    )
    return Asked(steps, tuple(_words(*each, len(steps)) for each in excluded), plan, matches)


def window_words(request: FunnelRequest) -> str:
    """Write the window: 7 days, 1 hour."""
    unit = request.window_unit if request.window != 1 else request.window_unit.removesuffix("s")
    return f"{request.window:g} {unit}"


def _check(request: FunnelRequest) -> None:
    if not 2 <= len(request.steps) <= MOST_STEPS:
        raise QuestionError(f"Steps: {len(request.steps)} given; expected 2 to {MOST_STEPS}.", "steps")
    if len(request.exclude) > MOST_EXCLUDED:
        raise QuestionError(f"{len(request.exclude)} exclusions given; expected at most {MOST_EXCLUDED}.", "exclude")
    for name, value, known in (
        ("order", request.order, [value for value, _ in ORDERS]),
        ("window_unit", request.window_unit, list(WINDOW_UNITS)),
        ("split_at", request.split_at, [value for value, _ in SPLIT_AT]),
    ):
        if value not in known:
            raise QuestionError(what_exists(name.replace("_", " "), value, known), name)
    if not 0 < request.window * WINDOW_UNITS[request.window_unit] <= LONGEST_DAYS * WINDOW_UNITS["days"]:
        raise QuestionError(
            f"The window is {window_words(request)}; expected more than 0 and at most {LONGEST_DAYS:,} days.", "window"
        )
    if request.exclude and request.order != "ordered":
        why = "nothing may come between anyway" if request.order == "strict" else "steps have nothing between them"
        raise QuestionError(f"Exclusions need the order “ordered”: with “{request.order}” {why}.", "exclude")


def _check_steps(order: str, steps: Sequence[Step]) -> None:
    for step in (steps[0], steps[-1]):
        if step.optional:
            raise QuestionError(
                f"The step “{step.text}” cannot be optional: the first and the last step decide who entered and who "
                "got through.",
                "steps",
            )
    if order == "any" and any(step.optional for step in steps):
        raise QuestionError("In any order no step can be optional: take the ? away, or the step out.", "steps")
    if order == "strict" and len({step.is_event for step in steps}) > 1:
        raise QuestionError(
            "In strict order the steps must be all touchpoints or all events: a visit is made of events, so that "
            "something would always come between.",
            "steps",
        )


def _exclusion(reading: Reading, text: str, steps: Sequence[Step]) -> tuple[Step, int, int]:
    """The excluded step, and between which steps (0-based)."""
    found = BETWEEN.match(text.strip())
    step = reading.step(found["step"] if found else text, "exclude")
    if step.optional:
        raise QuestionError(f"The exclusion “{text}” cannot be optional: take the ? away.", "exclude")
    if found is None:
        return step, 0, len(steps) - 1
    low, high = int(found["low"]) - 1, int(found["high"]) - 1
    if not 0 <= low < high < len(steps):
        raise QuestionError(
            f"“{text}”: expected two of the steps 1 to {len(steps)}, the earlier one first, such as "
            f"“{step.text} between 1 and 2”.",
            "exclude",
        )
    for at in (low, high):
        if steps[at].optional:
            raise QuestionError(f"“{text}”: step {at + 1} ({steps[at].name}) is optional; name others.", "exclude")
    return step, low, high


def _words(step: Step, low: int, high: int, steps: int) -> str:
    return step.name if (low, high) == (0, steps - 1) else f"{step.name} between steps {low + 1} and {high + 1}"


def _tag(reading: Reading, split: str) -> Tag | None:
    name = split.strip()
    if not name:
        return None
    if name.lower() in VISIT_CONDITIONS:
        return Tag(f"v.{name.lower()}::integer", f"v.{name.lower()}::integer")
    if name.lower() in EVENT_CONDITIONS:
        of_visits = "e.campaign" if name.lower() == "campaign" else f"k.{name.lower()}"
        return Tag(of_visits, f"v.{name.lower()}", OF_THE_FIRST_EVENT)
    properties = {each.casefold(): each for each in reading.known.properties}
    if name.casefold() not in properties:
        raise QuestionError(what_exists("split", name, (*EVENT_CONDITIONS, *reading.known.properties)), "split")
    values: tuple[tuple[str, Any], ...] = (("tag_path", pointer_to(properties[name.casefold()])),)
    return Tag(
        "json_extract_string(e.properties, $tag_path)",
        "json_extract_string(v.properties, $tag_path)",
        OF_THE_FIRST_EVENT,
        values,
    )


def _until_us(reading: Reading) -> int:
    """The last moment of the scope, or of the data where they end before."""
    until = reading.data_until
    if reading.scope.end is not None:
        midnight = datetime.combine(reading.scope.end + timedelta(days=1), time.min)
        until = min(until, midnight - timedelta(microseconds=1))
    return round((until.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
