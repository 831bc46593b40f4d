"""What the map says where a number opens: the same figures, written the same way, on top of their rows."""

from __future__ import annotations

from collections.abc import Iterator

from touchline.journeys.facade import JourneyMap
from touchline.overview.links import MapLinks
from touchline.overview.panel import Figure, panel
from touchline.overview.table import stage_table
from touchline.overview.tiles import tile
from touchline.overview.wording import counted
from touchline.ui.numbers import decimal, percent, signed, whole


def figures_at(measured: JourneyMap, links: MapLinks, measure: str, target: str) -> tuple[Figure, ...]:
    """Every figure of the map that leads to this number; one number may be shown in several ways, or in none."""
    address = links.number(measure, target)
    return tuple(figure for figure in _figures(measured, links, target) if figure.url == address)


def _figures(measured: JourneyMap, links: MapLinks, target: str) -> Iterator[Figure]:
    if not target:
        yield from _of_the_journey(measured, links)
    for row in stage_table(measured).rows:
        if row.target == target:
            heads = stage_table(measured).heads[1:]
            for head, cell in zip(heads, row.cells, strict=True):
                yield Figure(head, cell.text, "", links.number(cell.measure, target) if cell.measure else "")
    for touchpoint in measured.touchpoints:
        if touchpoint.id == target:
            shown = panel(measured, touchpoint, links)
            for group in (shown.people, shown.function, shown.feeling, shown.sources, shown.channels):
                yield from group
            for step in (*shown.next_steps, *shown.previous_steps):
                yield Figure(step.name, step.share, "", step.share_url)
            yield from (*shown.series, *shown.values)


def _of_the_journey(measured: JourneyMap, links: MapLinks) -> Iterator[Figure]:
    for figure in map(tile, measured.headline):
        rests_on = ", ".join(part for part in (figure.band, figure.rests_on, figure.beside) if part)
        yield Figure(figure.name, f"{figure.value} {figure.unit}".strip(), rests_on, links.number(figure.id, ""))
    unmapped, staleness = measured.unmapped.share, measured.staleness
    answers = counted(measured.journey_mean_n, "answer")
    for name, value, rests_on, measure in (
        ("Events", whole(measured.events), "", "events"),
        ("Customers", whole(measured.customers), "", "customers"),
        ("Answers", whole(measured.responses), "", "responses"),
        ("Journey mean", signed(measured.journey_mean, 1), answers, "journey_mean"),
        ("Unmapped", percent(unmapped.value), f"{whole(unmapped.count)} of {whole(unmapped.of)}", "unmapped"),
        ("Distance", decimal(staleness.distance, 3), "0 is the same, 1 is nothing in common", "distance"),
    ):
        yield Figure(name, value, rests_on, links.number(measure, ""))
