"""The map as one HTML file: picture and table, light and dark, with nothing to fetch from anywhere."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Final

from touchline.journeys.facade import JourneyMap
from touchline.overview.drawing.journey_map import draw_map
from touchline.overview.pains import NONE_STANDS_OUT
from touchline.overview.research import NOT_NAMED, TITLE, heard_by_step
from touchline.overview.seen import only_seen, unseen_in_words
from touchline.overview.sentences import measured_from
from touchline.overview.table import Cell, Table, pain_table, stage_table, touchpoint_table
from touchline.overview.tiles import money_tile, tile
from touchline.ui.drawing.theme import DARK, LIGHT, PAGE, Theme, variable
from touchline.ui.numbers import whole

_STYLE: Final = """
:root{color-scheme:light dark;%s}
@media(prefers-color-scheme:dark){:root{%s}}
body{margin:0;padding:24px;font:14px/1.45 Inter,system-ui,-apple-system,"Segoe UI",sans-serif;background:var(--surface);color:var(--text);overflow-wrap:anywhere}
h1{font-size:20px;margin:0 0 4px}h2{font-size:15px;margin:24px 0 8px}p{margin:0 0 6px;color:var(--text-quiet)}
dl{display:flex;flex-wrap:wrap;gap:8px 28px;margin:16px 0}dt{font-size:12px;color:var(--text-quiet)}dd{margin:0;font-size:20px;font-weight:600}
dd small{display:block;font-size:11.5px;font-weight:400;color:var(--text-faint)}
.research{display:block}.research dt{margin-top:8px}.research dd{font-size:14px;font-weight:400;white-space:pre-line}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:12px;padding:8px}
table{border-collapse:collapse;font-size:12.5px}caption{text-align:left;font-weight:600;padding:4px 8px}
th,td{text-align:left;white-space:nowrap;padding:5px 8px;border-top:1px solid var(--line);font-weight:400;vertical-align:top}
.long{white-space:normal;min-width:260px}
thead th{color:var(--text-faint);font-size:11.5px}tbody th{font-weight:600}
@media print{.scroll{overflow:visible;border:0}svg{width:100%%;height:auto}}
"""


def write_html(journey_map: JourneyMap) -> str:
    """A whole page with inline style and without scripts."""
    title = escape(f"{journey_map.workspace}: {journey_map.name}")
    style = _STYLE % (_variables(LIGHT), _variables(DARK))
    seen = only_seen(journey_map)
    about = filter(None, (journey_map.staleness.verdict, *journey_map.notes, unseen_in_words(journey_map)))
    body = "".join(
        (
            f"<h1>{title}</h1><p>{escape(journey_map.scope_in_words)}</p><p>{escape(measured_from(journey_map))}</p>",
            _headline(journey_map),
            f'<div class="scroll" role="region" aria-label="Journey map" tabindex="0">{draw_map(journey_map, PAGE)}</div>',
            _pains(journey_map),
            "<h2>The same in numbers</h2>",
            _table(stage_table(seen)),
            _table(touchpoint_table(seen)),
            _research(journey_map),
            "<h2>About these figures</h2>",
            "".join(f"<p>{escape(sentence)}</p>" for sentence in about),
        )
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head><body><main>{body}</main></body></html>\n"
    )


def _variables(theme: Theme) -> str:
    return "".join(f"{variable(role)}:{colour};" for role, colour in asdict(theme).items())


def _headline(journey_map: JourneyMap) -> str:
    tiles = [tile(figure) for figure in journey_map.headline]
    if journey_map.pains and journey_map.customers:
        tiles.insert(0, money_tile(journey_map.pains))
    written = "".join(
        f"<div><dt>{escape(each.name)}</dt><dd>{escape(each.value)} {escape(each.unit)}"
        f"<small>{escape(', '.join(part for part in (each.band, each.rests_on, each.beside) if part))}</small></dd></div>"
        for each in tiles
    )
    return f"<dl>{written}</dl>" if written else ""


def _pains(journey_map: JourneyMap) -> str:
    pains = journey_map.pains
    if pains is None:
        return ""
    found = (
        _table(pain_table(journey_map)) if pains.pains else f"<p>{escape(pains.why_no_total or NONE_STANDS_OUT)}</p>"
    )
    return f"<h2>Where to act first</h2>{found}<p>{escape(pains.about)}</p>"


def _research(journey_map: JourneyMap) -> str:
    notes = "".join(
        f"<dt>{escape(step.name or NOT_NAMED)}</dt>"
        + "".join(f"<dd>{escape(note.text)} <small>{escape(note.attribution)}</small></dd>" for note in step.notes)
        for step in heard_by_step(journey_map)
    )
    return f'<h2>{escape(TITLE)}</h2><dl class="research">{notes}</dl>' if notes else ""


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th>{"".join(map(_cell, row.cells))}</tr>' for row in table.rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{escape(table.caption)}" tabindex="0"><table>'
        f"<caption>{escape(table.caption)} ({whole(len(table.rows))})</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(cell: Cell) -> str:
    opening = '<td class="long">' if cell.is_long else "<td>"
    return f"{opening}{escape(cell.text)}</td>"
