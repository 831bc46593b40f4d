"""The journey map as a card: the headline, and how each touchpoint felt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from touchline.analyses.facade import Bars, Column, Figure, Presentation, Row, Series, Table
from touchline.boards.answers import AnsweredCard
from touchline.boards.rules import Card
from touchline.engine.workspace import Workspace
from touchline.journeys.facade import HeadlineFigure, JourneyMap
from touchline.overview.facade import measured_map
from touchline.segments.facade import PREVIOUS, scope_asked

COLUMNS = (
    Column("Touchpoint"),
    Column("Stage"),
    Column("Customers", "count"),
    Column("Reach", "share"),
    Column("Went on", "share"),
    Column("Experience, against the mean", "score"),
    Column("Answers", "count"),
)


def answer_map_card(workspace: Workspace, card: Card, given: Mapping[str, Sequence[str]]) -> AnsweredCard:
    """Measure the map of a card. Raises FilterError."""
    measured = measured_map(workspace, scope_asked(workspace, given, PREVIOUS))
    return AnsweredCard(
        card, measured.scope_in_words, (_presentation(measured),), data_until=measured.staleness.data_until
    )


def _presentation(measured: JourneyMap) -> Presentation:
    seen = [each for each in measured.touchpoints if each.customers]
    names = {stage.id: stage.name for stage in measured.stages}
    scored = [each for each in seen if each.experience.difference is not None]
    rows = tuple(
        Row(
            (
                each.name,
                names[each.stage_id],
                each.customers,
                each.reach.value,
                each.went_on.value,
                each.experience.difference,
                each.experience.n,
            ),
            n=each.customers,
        )
        for each in seen
    )
    series = Series(
        "Experience, against the journey's mean",
        tuple(each.experience.difference for each in scored),
        tuple(each.experience.low for each in scored),
        tuple(each.experience.high for each in scored),
        tuple(each.experience.n for each in scored),
    )
    labels = tuple(each.name for each in scored)
    chart = Bars("experience", f"{series.name}, with 80% bands", labels, (series,), "score", "touchpoints")
    return Presentation(
        f"{measured.customers:,} customers, {measured.events:,} events.",
        figures=tuple(map(_figure, measured.headline)),
        charts=(chart,) if scored else (),
        tables=(Table("touchpoints", "The journey, touchpoint by touchpoint", COLUMNS, rows),),
        cautions=(measured.staleness.verdict,) if measured.staleness.verdict else (),
    )


def _figure(figure: HeadlineFigure) -> Figure:
    return Figure(
        figure.id,
        figure.name,
        figure.value,
        {"share": "share", "points": "score"}.get(figure.unit, "number"),  # type: ignore[arg-type]
        figure.n,
        figure.low,
        figure.high,
    )
