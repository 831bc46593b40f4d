"""Steps: how a question names what customers do.

    cart                              a touchpoint, by id or name
    stage:purchase                    any touchpoint of a stage
    event:Order Completed             an event of the vocabulary, or the file's own name
    event:Email Link Clicked[campaign=Spring sale]   only with this channel, device, campaign, source, label, page,
                                      or property of the event; several are joined by commas
    wishlist?                         optional, where a question has optional steps

A name without a prefix is a touchpoint where there is one of that name, else an event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from touchline.analyses.rules.problem import QuestionError, what_exists

VISIT_CONDITIONS = ("channel", "device")
EVENT_CONDITIONS = (*VISIT_CONDITIONS, "campaign", "source", "label", "page")
_STEP = re.compile(
    r"^(?:(?P<prefix>stage|event):)?\s*(?P<name>[^\[\]]+?)\s*(?:\[(?P<conditions>.*)\])?\s*(?P<optional>\?)?$",
    re.DOTALL,
)
_CONDITION = re.compile(r'\s*([^=,"]+?)\s*=\s*("(?:[^"\\]|\\.)*"|[^,]*?)\s*(?:,|$)')


@dataclass(frozen=True)
class Step:
    """A step as the store can look for it: visits of `touchpoints`, or events of these `names`."""

    text: str
    """As asked."""
    name: str
    """As people read it."""
    touchpoints: tuple[int, ...] = ()
    """Positions in the definition."""
    names: tuple[str, ...] = ()
    """Names of events, as they occur in the data."""
    conditions: tuple[tuple[str, str], ...] = ()
    optional: bool = False

    @property
    def is_event(self) -> bool:
        """Whether events are looked at, not visits."""
        return bool(self.names)


@dataclass(frozen=True)
class Known:
    """What there is to ask about in a workspace."""

    touchpoints: tuple[tuple[str, str, str], ...]
    """(id, name, stage id), in the order of the definition."""
    stages: tuple[tuple[str, str], ...]
    """(id, name)."""
    visits: Mapping[int, int]
    """How many visits each touchpoint has, by position; one without any is absent."""
    events: Mapping[str, int]
    """How often each event name occurs."""
    properties: tuple[str, ...] = field(default=())
    """Top-level properties that events carry."""
    channels: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that can be named without a prefix, what occurs most first."""
        occurring = sorted(self.visits, key=lambda position: -self.visits[position])
        touchpoints = [self.touchpoints[position][0] for position in occurring]
        return (*touchpoints, *sorted(self.events, key=lambda name: -self.events[name]))


def read_step(text: str, known: Known, parameter: str = "steps") -> Step:
    """Read a step. Raises QuestionError for one that cannot be read, does not exist or never occurs."""
    found = _STEP.match(text.strip())
    if found is None:
        raise QuestionError(
            f"The step “{text}” cannot be read; expected a touchpoint such as cart, stage:purchase, "
            "event:Order Completed, or event:Order Completed[channel=app].",
            parameter,
        )
    conditions = _conditions(text, found["conditions"], parameter)
    for key, value in conditions:
        listed = {"channel": known.channels, "device": known.devices}.get(key)
        if listed is not None and value not in listed:
            raise QuestionError(what_exists(key, value, listed), parameter)
    optional = found["optional"] is not None
    prefix, name = found["prefix"] or "", found["name"]
    if prefix != "event":
        touchpoints, shown = _touchpoints(prefix, name, known, parameter)
        if touchpoints:
            return _visited(text, shown, touchpoints, conditions, optional, known, parameter)
    return _event(text, name, conditions, optional, known, parameter)


def _touchpoints(prefix: str, name: str, known: Known, parameter: str) -> tuple[tuple[int, ...], str]:
    wanted = name.casefold()
    if prefix == "stage":
        stages = {each.casefold(): (stage, shown) for stage, shown in known.stages for each in (stage, shown)}
        if wanted not in stages:
            raise QuestionError(what_exists("stage", name, [stage for stage, _ in known.stages]), parameter)
        stage, shown = stages[wanted]
        return tuple(at for at, (_, _, of) in enumerate(known.touchpoints) if of == stage), shown
    for at, (id_, shown, _) in enumerate(known.touchpoints):
        if wanted in (id_.casefold(), shown.casefold()):
            return (at,), shown
    return (), ""


def _visited(
    text: str,
    shown: str,
    touchpoints: tuple[int, ...],
    conditions: tuple[tuple[str, str], ...],
    optional: bool,
    known: Known,
    parameter: str,
) -> Step:
    for key, _ in conditions:
        if key not in VISIT_CONDITIONS:
            raise QuestionError(
                f"The step “{text}” asks for {key}; a touchpoint can be narrowed by {' and '.join(VISIT_CONDITIONS)} "
                f"only. Name the event to narrow it by {key}: event:Order Completed[{key}=…].",
                parameter,
            )
    occurring = tuple(at for at in touchpoints if at in known.visits)
    if not occurring:
        raise QuestionError(f"The step “{text}” never occurs in the data. {_what_occurs(known)}", parameter)
    return Step(text, shown, occurring, conditions=conditions, optional=optional)


def _event(
    text: str,
    name: str,
    conditions: tuple[tuple[str, str], ...],
    optional: bool,
    known: Known,
    parameter: str,
) -> Step:
    names = tuple(each for each in known.events if each.casefold() == name.casefold())
    if not names:
        raise QuestionError(what_exists("touchpoint or event", name, known.names), parameter)
    properties = {each.casefold(): each for each in known.properties}
    read = []
    for key, value in conditions:
        if key in EVENT_CONDITIONS:
            read.append((key, value))
        elif key.casefold() in properties:
            read.append((properties[key.casefold()], value))
        else:
            raise QuestionError(what_exists("property", key, (*EVENT_CONDITIONS, *known.properties)), parameter)
    return Step(text, names[0], names=names, conditions=tuple(read), optional=optional)


def _conditions(text: str, written: str | None, parameter: str) -> tuple[tuple[str, str], ...]:
    if written is None:
        return ()
    read, at = [], 0
    while at < len(written):
        found = _CONDITION.match(written, at)
        if found is None:
            raise QuestionError(
                f"The step “{text}”: what stands in square brackets cannot be read from “{written[at:]}” on; expected "
                "name=value, several joined by commas.",
                parameter,
            )
        value = found[2]
        if value.startswith('"'):
            value = value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        read.append((found[1].strip(), value))
        at = found.end()
    return tuple(read)


def _what_occurs(known: Known) -> str:
    names = known.names[:8]
    return f"What occurs most: {', '.join(names)}." if names else "The data hold no visits and no events yet."
