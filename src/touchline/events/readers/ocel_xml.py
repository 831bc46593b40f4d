"""OCEL 2.0 in XML (https://www.ocel-standard.org/specification/formats/xml/)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from touchline.events.readers.ocel_rows import OcelEvent, OcelFile, OcelObject, Relation, open_ocel
from touchline.events.readers.sheet import Sheet
from touchline.events.readers.xml_elements import Element, elements

_EVENT_TYPE = ("log", "event-types", "event-type")
_EVENT = ("log", "events", "event")
_OBJECT = ("log", "objects", "object")


def open_ocel_xml(path: Path) -> Sheet:
    """Open an OCEL 2.0 XML file; what is wrong with it shows when it is read."""
    types = _declared_types(path)
    return open_ocel(path, "ocel-xml", OcelFile(lambda: _events(path, types), lambda: _objects(path)))


def _declared_types(path: Path) -> dict[tuple[str, str], str]:
    """(event type, attribute) -> type, as declared in front of the events."""
    types: dict[tuple[str, str], str] = {}
    for found, _ in elements(path, lambda at: at == _EVENT_TYPE, frozenset({"events"})):
        for element in found:
            if element.name == "events":
                return types
            for attribute in _inside(element, "attributes"):
                types[element.attributes.get("name", ""), attribute.attributes.get("name", "")] = (
                    attribute.attributes.get("type", "")
                )
    return types


def _events(path: Path, types: dict[tuple[str, str], str]) -> Iterator[tuple[OcelEvent, int]]:
    for found, reach in elements(path, lambda at: at == _EVENT):
        for element in found:
            type_ = element.attributes.get("type", "")
            attributes = {
                name: _typed(types.get((type_, name), ""), each.text)
                for each in _inside(element, "attributes")
                if (name := each.attributes.get("name"))
            }
            yield (
                OcelEvent(
                    element.attributes.get("id", ""),
                    type_,
                    element.attributes.get("time", ""),
                    attributes,
                    _relations(element),
                ),
                reach,
            )


def _objects(path: Path) -> Iterator[OcelObject]:
    for found, _ in elements(path, lambda at: at == _OBJECT):
        for element in found:
            attributes = tuple(
                (each.attributes.get("name", ""), each.text, each.attributes.get("time", ""))
                for each in _inside(element, "attributes")
            )
            id_, type_ = (element.attributes.get(name, "") for name in ("id", "type"))
            yield OcelObject(id_, type_, attributes, _relations(element))


def _relations(element: Element) -> tuple[Relation, ...]:
    """The standard's schema calls the second attribute `qualifier`, its example page `relationship`."""
    return tuple(
        (
            each.attributes["object-id"],
            each.attributes.get("qualifier", each.attributes.get("relationship", "")),
        )
        for each in _inside(element, "objects")
        if "object-id" in each.attributes
    )


def _inside(element: Element, name: str) -> list[Element]:
    found = element.child(name)
    return found.children if found is not None else []


def _typed(type_: str, written: str) -> Any:
    try:
        if type_ == "integer":
            return int(written)
        if type_ == "float":
            return float(written)
    except ValueError:
        return written
    if type_ == "boolean" and written in ("0", "1", "true", "false"):
        return written in ("1", "true")
    return written
