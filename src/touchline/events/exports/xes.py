"""Events by case as XES (IEEE 1849-2016), for process-mining tools that know one case per event."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from touchline.events.exports.stored import StoredEvent
from touchline.events.exports.xml_text import attribute_text
from touchline.events.readers.xes import CAMPAIGN_OBJECT

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Identity" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
<global scope="trace"><string key="concept:name" value="unknown"/></global>
<global scope="event"><string key="concept:name" value="unknown"/><date key="time:timestamp" value="1970-01-01T00:00:00Z"/>
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Event name" keys="concept:name"/>
"""
ATTRIBUTES: Final = (
    "channel", "page", "label", "device", "campaign", "metric", "score", "score_min", "score_max", "text", "language",
    "currency", "session", "source", "properties",
)  # fmt: skip
CUSTOMER: Final = "customer"
"""Attribute of a case that says whose it is."""


def write_xes(path: Path, events: Iterable[StoredEvent], name: str) -> None:
    """Write events, sorted by case and time, as a log of that name. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD + _attribute("concept:name", name) + "\n")
        for case, of_case in groupby(events, key=lambda event: event.case):
            listed = list(of_case)
            file.write(f"<trace>{_attribute('concept:name', case)}{_of_customer(listed)}\n")
            for event in listed:
                file.write(f"<event>{''.join(_event(event))}</event>\n")
            file.write("</trace>\n")
        file.write("</log>\n")


def _of_customer(events: list[StoredEvent]) -> str:
    """Whose case it is; nothing where its events do not agree or nobody can be named."""
    names = {event.who for event in events}
    who = names.pop()
    return _attribute(CUSTOMER, who[1]) if who is not None and not names else ""


def _event(event: StoredEvent) -> Iterator[str]:
    yield _attribute("concept:name", event.name)
    yield _attribute("time:timestamp", event.time)
    yield _attribute("lifecycle:transition", "complete")
    yield _attribute("identity:id", uuid.UUID(int=event.id))
    for name in ATTRIBUTES:
        if (value := getattr(event, name)) is not None:
            yield _attribute(name, value)
    if event.value is not None:
        yield _attribute("value", float(event.value))
    objects: dict[str, list[str]] = defaultdict(list)
    for type_, id_ in event.objects:
        objects[CAMPAIGN_OBJECT if type_ == "campaign" else type_].append(id_)
    for key, ids in objects.items():
        values = "".join(_attribute(key, id_) for id_ in ids)
        yield values if len(ids) == 1 else f"<list key={attribute_text(key)}><values>{values}</values></list>"


def _attribute(key: str, value: Any) -> str:
    kind, written = "string", str(value)
    if isinstance(value, datetime):
        kind, written = "date", value.replace(tzinfo=UTC).isoformat(timespec="microseconds")
    elif isinstance(value, uuid.UUID):
        kind = "id"
    elif isinstance(value, float):
        kind, written = "float", repr(value)
    return f"<{kind} key={attribute_text(key)} value={attribute_text(written)}/>"
