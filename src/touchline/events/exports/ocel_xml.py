"""OCEL 2.0 as XML (https://www.ocel-standard.org/specification/formats/xml/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from touchline.events.exports.ocel_log import (
    EVENT_ATTRIBUTES,
    OBJECT_ATTRIBUTES,
    OBJECT_TYPE_NAMES,
    ocel_events,
    ocel_objects,
)
from touchline.events.exports.stored import EventLog
from touchline.events.exports.xml_text import attribute_text, element_text
from touchline.events.readers.ocel_rows import Relation


def write_ocel_xml(path: Path, log: EventLog) -> None:
    """Write a workspace as OCEL 2.0 XML. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log>\n')
        _write_types(file, "object", {name: OBJECT_ATTRIBUTES.get(name, {}) for name in OBJECT_TYPE_NAMES})
        _write_types(file, "event", dict.fromkeys(log.event_names(), EVENT_ATTRIBUTES))
        file.write("<events>\n")
        for event in ocel_events(log):
            values = "".join(
                f"<attribute name={attribute_text(name)}>{element_text(_value(value))}</attribute>"
                for name, value in event.attributes.items()
            )
            file.write(
                f"<event id={attribute_text(event.id)} type={attribute_text(event.type)} "
                f"time={attribute_text(event.time)}><attributes>{values}</attributes>{_related(event.relations)}</event>\n"
            )
        file.write("</events>\n<objects>\n")
        for each in ocel_objects(log):
            values = "".join(
                f"<attribute name={attribute_text(name)} time={attribute_text(time)}>"
                f"{element_text(_value(value))}</attribute>"
                for name, value, time in each.attributes
            )
            file.write(
                f"<object id={attribute_text(each.id)} type={attribute_text(each.type)}>"
                f"<attributes>{values}</attributes>{_related(each.relations)}</object>\n"
            )
        file.write("</objects>\n</log>\n")


def _write_types(file: TextIO, kind: str, types: Mapping[str, Mapping[str, str]]) -> None:
    file.write(f"<{kind}-types>\n")
    for name, attributes in types.items():
        listed = "".join(
            f"<attribute name={attribute_text(each)} type={attribute_text(type_)}/>"
            for each, type_ in attributes.items()
        )
        file.write(f"<{kind}-type name={attribute_text(name)}><attributes>{listed}</attributes></{kind}-type>\n")
    file.write(f"</{kind}-types>\n")


def _related(relations: Iterable[Relation]) -> str:
    return f"<objects>{''.join(_relationships(relations))}</objects>"


def _relationships(relations: Iterable[Relation]) -> Iterator[str]:
    for id_, qualifier in relations:
        yield f"<relationship object-id={attribute_text(id_)} qualifier={attribute_text(qualifier)}/>"


def _value(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)
