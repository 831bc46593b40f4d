"""A document as Markdown: for a wiki, a ticket, a mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from touchline.documents.document import Document, Fact, Grid, Section, chart_grid

_MEANT_BY_MARKDOWN: Final = "\\`*_[]<>|#"


def write_markdown(document: Document, site: str = "") -> str:
    """The page; `site` is put before its links, such as http://127.0.0.1:8000."""
    lines = [f"# {plain(document.title)}", "", plain(document.sentence), ""]
    if document.grade:
        lines += [f"Evidence grade **{document.grade}**: {plain(document.wording)}.", ""]
    lines += [f"*{plain(document.about)}*", ""]
    for section in document.sections:
        lines += [f"## {plain(section.title)}", "", *_section(section, site)]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    """Text that Markdown takes as it stands, on one line."""
    text = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _MEANT_BY_MARKDOWN else letter for letter in text)


def _section(section: Section, site: str) -> Iterator[str]:
    for fact in section.facts:
        yield f"- {_fact(fact, site)}"
    if section.facts:
        yield ""
    for said in section.said:
        yield f"{plain(said.sentence)} [evidence]({site}{said.link})" if said.link else plain(said.sentence)
        yield ""
    for quote in section.quotes:
        yield f"> {plain(quote)}"
        yield ""
    if section.points:
        yield from (f"- {plain(each)}" for each in section.points)
        yield ""
    if section.chart is not None:
        yield from _table(chart_grid(section.chart), site)
    if section.grid is not None:
        yield from _table(section.grid, site)


def _fact(fact: Fact, site: str) -> str:
    value = f"[{plain(fact.value)}]({site}{fact.link})" if fact.link else plain(fact.value)
    return f"{plain(fact.name)}: **{value}**" + (f" ({plain(fact.note)})" if fact.note else "")


def _table(grid: Grid, site: str) -> Iterator[str]:
    yield f"**{plain(grid.caption)}**"
    yield ""
    yield f"| {' | '.join(map(plain, grid.columns))} |"
    yield f"|{'---|' * len(grid.columns)}"
    for row in grid.linked_rows:
        yield f"| {' | '.join(_cell(*cell, site) for cell in row)} |"
    yield ""


def _cell(text: str, link: str, site: str) -> str:
    return f"[{plain(text)}]({site}{link})" if link and site and text else plain(text)
