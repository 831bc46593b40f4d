"""What the templates of the map page are given: every figure written out, every address made."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from touchline.journeys.facade import JourneyMap, TouchpointMeasures
from touchline.overview.chips import Chip, chips
from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.facade import FORMATS
from touchline.overview.links import MapLinks
from touchline.overview.panel import Panel, panel, said
from touchline.overview.research import TITLE, heard_by_step
from touchline.overview.seen import only_seen, unseen_names
from touchline.overview.table import Table, stage_table, touchpoint_table
from touchline.overview.tiles import Tile, money_tile, tile
from touchline.research.pages import NoteForm
from touchline.ui.drawing.theme import PAGE

MAP_VIEW = "map"
TABLE_VIEW = "table"


@dataclass(frozen=True)
class ShownTile:
    """A headline tile with the address of its number and its spark line."""

    tile: Tile
    url: str
    spark: SafeString
    is_stake: bool = False
    """Whether it is the one of money at stake."""


@dataclass(frozen=True)
class LinkedCell:
    """A cell of the table with the address of its number, if it has one."""

    text: str
    url: str
    is_number: bool
    is_long: bool


@dataclass(frozen=True)
class LinkedRow:
    """A row of the table."""

    name: str
    group: str
    url: str
    cells: tuple[LinkedCell, ...]


@dataclass(frozen=True)
class LinkedTable:
    """A table whose numbers can be opened."""

    caption: str
    heads: tuple[tuple[str, bool], ...]
    """Each with whether numbers stand below it."""
    rows: tuple[LinkedRow, ...]


def map_context(measured: JourneyMap, links: MapLinks, asked: QueryDict) -> dict[str, object]:
    """The context of the page, and of the part of it that changes with the touchpoint."""
    view = TABLE_VIEW if asked.get("view") == TABLE_VIEW else MAP_VIEW
    selected = _selected(measured, asked.get("touchpoint", ""))
    shown_chips: tuple[Chip, ...] = chips(links, measured)
    return {
        "map": measured,
        "asked": asked.urlencode(),
        "view": view,
        "drawing": _drawing(measured, links, selected) if view == MAP_VIEW else "",
        "tables": _tables(measured, links) if view == TABLE_VIEW else (),
        "tiles": _tiles(measured, links),
        "quotes": tuple((stage.name, said(quote)) for stage in measured.stages for quote in stage.quotes),
        "panel": _panel(measured, links, selected),
        "note_form": NoteForm(auto_id="note-%s") if selected else None,
        "research_title": TITLE,
        "research": heard_by_step(measured, links),
        "unseen": unseen_names(measured),
        "chips": shown_chips,
        "map_url": links.map_with(view="", touchpoint=""),
        "table_url": links.map_with(view=TABLE_VIEW, touchpoint=""),
        "exports": tuple((each.title, links.export(suffix)) for suffix, each in FORMATS.items()),
        "unmapped_url": links.number("unmapped", ""),
        "events_url": links.number("events", ""),
        "customers_url": links.number("customers", ""),
        "responses_url": links.number("responses", ""),
        "mean_url": links.number("journey_mean", ""),
        "distance_url": links.number("distance", ""),
        "expression": links.scope.filter,
        "kept_name": asked.get("saved", ""),
    }


def _tiles(measured: JourneyMap, links: MapLinks) -> tuple[ShownTile, ...]:
    """Money at stake before the headline; it opens the list of pain points, which says what it rests on."""
    shown = tuple(ShownTile(each, links.number(each.id, ""), _own(each.spark)) for each in map(tile, measured.headline))
    if measured.pains is None:
        return shown
    return (ShownTile(money_tile(measured.pains), reverse("pains"), _own(""), is_stake=True), *shown)


def _drawing(measured: JourneyMap, links: MapLinks, selected: TouchpointMeasures | None) -> SafeString:
    return _own(draw_map(measured, PAGE, links=links, selected=selected.id if selected else ""))


def _own(svg: str) -> SafeString:
    """Markup written by our drawing, which escapes all text that is not its own."""
    return mark_safe(svg)  # noqa: S308


def _selected(measured: JourneyMap, touchpoint_id: str) -> TouchpointMeasures | None:
    return next((each for each in measured.touchpoints if each.id == touchpoint_id), None)


def _panel(measured: JourneyMap, links: MapLinks, selected: TouchpointMeasures | None) -> Panel | None:
    return None if selected is None else panel(measured, selected, links)


def _tables(measured: JourneyMap, links: MapLinks) -> tuple[LinkedTable, ...]:
    seen = only_seen(measured)
    return tuple(_linked(table, links) for table in (touchpoint_table(seen), stage_table(seen)))


def _linked(table: Table, links: MapLinks) -> LinkedTable:
    rows = tuple(
        LinkedRow(
            row.name,
            row.group,
            "" if row.target.startswith("stage:") else links.touchpoint(row.id),
            tuple(
                LinkedCell(
                    cell.text,
                    links.number(cell.measure, row.target) if cell.measure else "",
                    cell.is_number,
                    cell.is_long,
                )
                for cell in row.cells
            ),
        )
        for row in table.rows
    )
    are_numbers = (
        (False, *(cell.is_number for cell in table.rows[0].cells)) if table.rows else (False,) * len(table.heads)
    )
    return LinkedTable(table.caption, tuple(zip(table.heads, are_numbers, strict=True)), rows)
