"""journey.toml: what its text means, checked, with a sentence for every mistake. `journey_writing` is the way back."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from touchline.journeys.rules.definition import JourneyDefinition, Pattern, Stage, Touchpoint
from touchline.journeys.rules.planned import Places, PlanError, PlannedOrder, read_plan

TOP_KEYS = ("name", "gap_days", "visit_minutes", "ignore", "planned", "stage")
PLANNED_KEYS = ("order", "anywhere")
STAGE_KEYS = ("id", "name", "owner", "note", "touchpoint")
TOUCHPOINT_KEYS = ("id", "name", "icon", "owner", "note", "any", "answers")
LISTS = ("event", "channel", "page", "not_page", "label", "source")
PATTERN_KEYS = (*LISTS, "property", "occurrence", "after", "within_hours")
MAX_TOUCHPOINTS = 1000
"""Far more than a map can show; visits keep a position in 16 bits."""

Table = Mapping[str, Any]


class JourneyFileError(ValueError):
    """The definition cannot be used; the message is a sentence for the user."""


@dataclass(frozen=True)
class _Place:
    """Where in the file something stands, for sentences about it."""

    file: str
    text: str
    line: int
    what: str

    def error(self, sentence: str, key: str = "") -> JourneyFileError:
        """Say it with the line of `key` inside this block, or of the block itself."""
        return JourneyFileError(f"{self.file}, line {self._line_of(key)}: {self.what} {sentence}")

    def at_header(self, name: str) -> _Place:
        """The same at the line of the header `[name]`, where there is one."""
        lines = enumerate(self.text.splitlines(), 1)
        header = re.compile(rf"\s*\[\s*{re.escape(name)}\s*\]")
        return replace(self, line=next((number for number, line in lines if header.match(line)), self.line))

    def _line_of(self, key: str) -> int:
        for offset, line in enumerate(self.text.splitlines()[self.line - 1 :]):
            if offset and line.lstrip().startswith("[["):
                break
            if key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return self.line + offset
        return self.line


def read_journey(text: str, file: str, channels: Sequence[str] = ()) -> JourneyDefinition:
    """Read a definition. Raises JourneyFileError naming file, line, what was found and what was expected.

    `channels`: names a pattern may use; none given means that channels are not checked.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise JourneyFileError(f"{file} is not valid TOML: {_with_line(str(error), text)}.") from None
    top = _Place(file, text, 1, "the journey")
    _no_other_keys(top, found, TOP_KEYS)
    stages = _tables(top, found, "stage")
    places = _places(top, stages)
    touchpoints = tuple(
        _touchpoint(places[index][1][number], each, str(stage.get("id")), channels)
        for index, stage in enumerate(stages)
        for number, each in enumerate(_tables(places[index][0], stage, "touchpoint", needed=False))
    )
    read_stages = tuple(_stage(places[index][0], stage) for index, stage in enumerate(stages))
    definition = JourneyDefinition(
        name=_text(top, found, "name"),
        stages=read_stages,
        touchpoints=touchpoints,
        gap_days=_positive(top, found, "gap_days", JourneyDefinition.gap_days),
        visit_minutes=_positive(top, found, "visit_minutes", JourneyDefinition.visit_minutes, zero=True),
        ignore=_patterns(top, found, "ignore", channels),
        planned=_planned(top, found, read_stages, touchpoints),
    )
    _check_ids(definition, places)
    return definition


def _planned(top: _Place, found: Table, stages: Sequence[Stage], touchpoints: Sequence[Touchpoint]) -> PlannedOrder:
    table = found.get("planned", {})
    if not isinstance(table, dict):
        raise top.error(f"has planned = {table!r}; expected a block that begins with [planned].", "planned")
    place = top.at_header("planned")
    _no_other_keys(place, table, PLANNED_KEYS)
    places = Places.of([(each.id, each.name) for each in touchpoints], [(each.id, each.name) for each in stages])
    try:
        return read_plan(
            _strings(place, table, "order", "order"), _strings(place, table, "anywhere", "anywhere"), places
        )
    except PlanError as problem:
        raise place.error(str(problem), "order") from None


def _with_line(error: str, text: str) -> str:
    """Turn 'Expected … (at line 3, column 5)' into 'line 3: expected …'."""
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", error, re.DOTALL)
    said, line = (match[1], match[2]) if match else (error, None)
    return f"line {line or text.count(chr(10)) + 1}: {said[:1].lower()}{said[1:]}"


def _places(top: _Place, stages: Sequence[Table]) -> list[tuple[_Place, list[_Place]]]:
    """Find the lines at which the blocks begin; written as inline tables they have none and the file's first is named."""
    lines = top.text.splitlines()
    stage_lines = [number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*stage\s*\]\]", line)]
    inner = [
        number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*stage\s*\.\s*touchpoint\s*\]\]", line)
    ]
    places = []
    for index, stage in enumerate(stages):
        start = stage_lines[index] if index < len(stage_lines) else 1
        stop = stage_lines[index + 1] if index + 1 < len(stage_lines) else len(lines) + 1
        own = [number for number in inner if start < number < stop]
        touchpoints = stage.get("touchpoint", [])
        here = [
            _Place(top.file, top.text, own[number] if number < len(own) else start, _called("touchpoint", each, number))
            for number, each in enumerate(touchpoints if isinstance(touchpoints, list) else [])
        ]
        places.append((_Place(top.file, top.text, start, _called("stage", stage, index)), here))
    return places


def _called(kind: str, table: object, index: int) -> str:
    name = (table.get("id") or table.get("name")) if isinstance(table, Mapping) else None
    return f'{kind} "{name}"' if name else f"{kind} number {index + 1}"


def _stage(place: _Place, table: Table) -> Stage:
    _no_other_keys(place, table, STAGE_KEYS)
    return Stage(
        id=_id(place, table),
        name=_text(place, table, "name"),
        owner=_text(place, table, "owner", needed=False),
        note=_text(place, table, "note", needed=False),
    )


def _touchpoint(place: _Place, table: Table, stage: str, channels: Sequence[str]) -> Touchpoint:
    _no_other_keys(place, table, TOUCHPOINT_KEYS)
    patterns = _patterns(place, table, "any", channels)
    if not patterns:
        raise place.error('has no rules; expected for example any = [{ event = "Cart Viewed" }].', "any")
    return Touchpoint(
        id=_id(place, table),
        name=_text(place, table, "name"),
        stage=stage,
        patterns=patterns,
        answers=_answer_patterns(place, table, channels),
        icon=_text(place, table, "icon", needed=False) or Touchpoint.icon,
        owner=_text(place, table, "owner", needed=False),
        note=_text(place, table, "note", needed=False),
    )


def _answer_patterns(place: _Place, table: Table, channels: Sequence[str]) -> tuple[Pattern, ...]:
    patterns = _patterns(place, table, "answers", channels)
    if any(looks_at_events(pattern) for pattern in patterns):
        raise place.error("looks at property, occurrence or after in `answers`; only `any` can do that.", "answers")
    return patterns


def looks_at_events(pattern: Pattern) -> bool:
    """Whether the kind of an event is not enough to tell whether the pattern matches."""
    return bool(pattern.property or pattern.occurrence or pattern.after)


def _patterns(place: _Place, table: Table, key: str, channels: Sequence[str]) -> tuple[Pattern, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise place.error(
            f'has {key} = {found!r}; expected a list of rules such as [{{ event = "Cart Viewed" }}].', key
        )
    return tuple(_pattern(place, each, key, channels) for each in found)


def _pattern(place: _Place, table: Table, key: str, channels: Sequence[str]) -> Pattern:
    _no_other_keys(place, table, PATTERN_KEYS, key)
    if not table:
        raise place.error("has an empty rule { }; expected at least one of " + ", ".join(PATTERN_KEYS) + ".", key)
    lists = {name: _strings(place, table, name, key) for name in LISTS}
    for channel in lists["channel"]:
        if channels and channel.casefold() not in channels:
            raise place.error(f'names the channel "{channel}"; expected one of {", ".join(channels)}.', key)
    pattern = Pattern(
        **lists,
        property=_property(place, table, key),
        occurrence=str(table.get("occurrence", "")),
        after=str(table.get("after", "")),
        within_hours=_positive(place, table, "within_hours", 0.0, zero=True),
    )
    if pattern.occurrence not in {"", "first", "repeat"}:
        raise place.error(f'has occurrence = "{pattern.occurrence}"; expected "first" or "repeat".', key)
    if pattern.occurrence and not pattern.event:
        raise place.error(
            "has occurrence without event; expected the event whose first or repeated time is meant.", key
        )
    if bool(pattern.after) != (pattern.within_hours > 0):
        raise place.error(
            "needs both `after` (an event's name) and `within_hours` (a number above 0), or neither.", key
        )
    return pattern


def _strings(place: _Place, table: Table, name: str, key: str) -> tuple[str, ...]:
    found = table.get(name, [])
    values = [found] if isinstance(found, str) else found
    if not isinstance(values, list) or not all(isinstance(each, str) and each for each in values):
        raise place.error(f"has {name} = {found!r}; expected a text or a list of texts.", key)
    return tuple(values)


def _property(place: _Place, table: Table, key: str) -> dict[str, str]:
    found = table.get("property", {})
    if not isinstance(found, dict) or any(isinstance(value, dict | list) for value in found.values()):
        raise place.error(
            f'has property = {found!r}; expected names with one value each, such as {{ plan = "gold" }}.', key
        )
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in found.items()}


def _no_other_keys(place: _Place, table: Table, known: Sequence[str], within: str = "") -> None:
    for key in table:
        if key not in known:
            raise place.error(f'has the unknown key "{key}"; expected {", ".join(known)}.', within or key)


def _tables(place: _Place, table: Table, key: str, *, needed: bool = True) -> list[Table]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found) or (needed and not found):
        header = "[[stage]]" if key == "stage" else "[[stage.touchpoint]]"
        raise place.error(f"has no {key} that can be read; expected blocks that begin with {header}.", key)
    return found


def _text(place: _Place, table: Table, key: str, *, needed: bool = True) -> str:
    found = table.get(key, "")
    if not isinstance(found, str):
        raise place.error(f"has {key} = {found!r}; expected a text in quotes.", key)
    if needed and not found.strip():
        raise place.error(f'has no {key}; expected {key} = "…".', key)
    return found.strip()


def _id(place: _Place, table: Table) -> str:
    found = _text(place, table, "id")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", found):
        raise place.error(f'has id = "{found}"; expected small letters, digits, - and _ only.', "id")
    return found


def _positive(place: _Place, table: Table, key: str, default: float, *, zero: bool = False) -> float:
    found = table.get(key, default)
    if isinstance(found, bool) or not isinstance(found, int | float) or not (found > 0 or (zero and found == 0)):
        raise place.error(f"has {key} = {found!r}; expected a number above 0{' or 0' if zero else ''}.", key)
    return float(found)


def _check_ids(definition: JourneyDefinition, places: list[tuple[_Place, list[_Place]]]) -> None:
    flat = [place for _, inner in places for place in inner]
    _check_once([stage.id for stage in definition.stages], [place for place, _ in places])
    _check_once([touchpoint.id for touchpoint in definition.touchpoints], flat)
    if not definition.touchpoints:
        raise places[0][0].error("is followed by no touchpoint at all; expected [[stage.touchpoint]] blocks.")
    if len(definition.touchpoints) > MAX_TOUCHPOINTS:
        raise flat[MAX_TOUCHPOINTS].error(f"is one too many; expected at most {MAX_TOUCHPOINTS} touchpoints.")


def _check_once(ids: Sequence[str], places: Sequence[_Place]) -> None:
    for index, (id_, place) in enumerate(zip(ids, places, strict=True)):
        if id_ in ids[:index]:
            raise place.error(f'uses the id "{id_}" a second time; expected every id once.', "id")
