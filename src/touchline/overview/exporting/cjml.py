"""CJML 2.0 (Customer Journey Modelling Language, https://cjml.no): planned and actual journeys as XML.

No schema is published; names and order of the elements follow the example on cjml.no and what the language's own editor
and spreadsheet tool read and write. Version 3 is announced: whatever changes then, changes here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from touchline.events.facade import CHANNEL_NAMES, attribute_text, element_text
from touchline.journeys.facade import PlannedStep, Touchpoint
from touchline.overview.exporting.journeys import NOT_PLANNED, ActualJourney, ActualStep, PlannedJourney

PLAN: Final = "PJ1"
_CUSTOMER, _COMPANY = "customer", "company"
_COMPANY_BEGINS: Final = frozenset({"email", "sms", "push", "delivery"})
"""Channels on which the company turns to the customer; on the others the customer begins."""


def write_cjml(path: Path, planned: PlannedJourney, journeys: Iterable[ActualJourney]) -> None:
    """Write the plan and the journeys as they come. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<CJML version="2.0">\n')
        file.writelines(f"{line}\n" for line in _planned(planned))
        for number, journey in enumerate(journeys, start=1):
            file.writelines(f"{line}\n" for line in _actual(number, journey, planned))
        file.write("</CJML>\n")


def _planned(planned: PlannedJourney) -> Iterator[str]:
    yield "<plannedJourney>"
    yield _element("journeyID", PLAN)
    yield _element("journeyTitle", planned.definition.name)
    yield from _phases(planned)
    if not planned.is_stated:
        yield _element(
            "journeyShortSummary",
            "No planned order is stated: the stages in their order, each of which may be left out or repeated.",
        )
    yield from _actors("Customer", planned.company)
    yield "<touchpoints>"
    for step in planned.steps:
        for touchpoint in planned.touchpoints_of(step):
            yield "<plannedCommunicationPoint>"
            yield from _point(_ids(planned)[touchpoint.id], touchpoint, None, None, _in_words(step, planned))
            yield "</plannedCommunicationPoint>"
    yield "</touchpoints>"
    yield "</plannedJourney>"


def _actual(number: int, journey: ActualJourney, planned: PlannedJourney) -> Iterator[str]:
    yield "<actualJourney>"
    yield _element("journeyID", f"AJ{number}")
    yield _element("plannedReference", PLAN)
    yield from _phases(planned)
    told = "1 deviation" if journey.deviations == 1 else f"{journey.deviations} deviations"
    yield _element("journeyShortSummary", f"Journey {journey.number} of this customer: {told} from the plan.")
    yield from _actors(journey.customer, planned.company)
    yield "<touchpoints>"
    seen: Counter[str] = Counter()
    for step in journey.steps:
        id_ = _ids(planned)[step.touchpoint.id]
        if step.compliance == NOT_PLANNED:
            id_ = f"D{id_[1:]}"
        seen[id_] += 1
        yield "<actualCommunicationPoint>"
        yield from _point(id_ if seen[id_] == 1 else f"{id_}.{seen[id_]}", step.touchpoint, step, step.compliance, "")
        yield "</actualCommunicationPoint>"
    yield "</touchpoints>"
    yield "</actualJourney>"


def _phases(planned: PlannedJourney) -> Iterator[str]:
    yield "<journeyPhases>"
    for stage in planned.definition.stages:
        yield f"<journeyPhase phaseID={attribute_text(stage.id)}>"
        yield _element("phaseName", stage.name)
        yield _element("phaseDescription", stage.note)
        yield "</journeyPhase>"
    yield "</journeyPhases>"


def _actors(customer: str, company: str) -> Iterator[str]:
    yield "<actors>"
    yield f'<endUser actorID="{_CUSTOMER}">{_element("actorName", customer)}</endUser>'
    yield f'<serviceProvider actorID="{_COMPANY}">{_element("companyName", company)}</serviceProvider>'
    yield "</actors>"


def _point(
    id_: str, touchpoint: Touchpoint, step: ActualStep | None, compliance: str | None, comment: str
) -> Iterator[str]:
    channel = step.channel if step else None
    begins, answers = (_COMPANY, _CUSTOMER) if channel in _COMPANY_BEGINS else (_CUSTOMER, _COMPANY)
    yield _element("touchpointID", id_)
    yield f"<belongsTo phaseIDref={attribute_text(touchpoint.stage)}/>"
    if compliance:
        yield _element("compliance", compliance)
    for role, actor in (("initiator", begins), ("receiver", answers)):
        yield f'<{role}><refersTo actorIDref="{actor}"/>{_element(f"{role}Label", touchpoint.name)}</{role}>'
    yield f"<channel>{_element('channelName', CHANNEL_NAMES[channel] if channel else 'Unknown')}</channel>"
    if comment:
        yield _element("comment", comment)
    if step and step.began and step.ended:
        began, ended = (
            _element(*each) for each in (("timeStarted", _time(step.began)), ("timeCompleted", _time(step.ended)))
        )
        yield f"<timestamps>{began}{ended}</timestamps>"


def _in_words(step: PlannedStep, planned: PlannedJourney) -> str:
    others = len(planned.touchpoints_of(step)) > 1
    told = (
        (step.optional, "may be left out"),
        (step.repeatable, "may be repeated"),
        (others, f"one of: {', '.join(each.name for each in planned.touchpoints_of(step))}"),
    )
    return "; ".join(words for holds, words in told if holds)


def _ids(planned: PlannedJourney) -> dict[str, str]:
    """Touchpoint -> T and its number in the definition, the same in the plan and in every journey."""
    return {each.id: f"T{number}" for number, each in enumerate(planned.definition.touchpoints, start=1)}


def _element(name: str, text: str) -> str:
    return f"<{name}>{element_text(text)}</{name}>"


def _time(time: datetime) -> str:
    return f"{time.isoformat(timespec='seconds')}Z"
