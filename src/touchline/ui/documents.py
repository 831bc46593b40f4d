"""The documentation, as shown under Help: the pages of docs/, read from beside the source or from inside the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path, PurePosixPath

from markdown_it import MarkdownIt
from markdown_it.token import Token

SECTIONS = {"guide": "Guides", "algorithms": "How each number is worked out", "reference": "Reference"}
_COMMENT = re.compile(r"^<!--.*?-->\n", re.MULTILINE)
"""Names the test that recomputes the table below it."""
_SCROLLING = '<div class="scroll" role="region" aria-label="Table {}" tabindex="0"><table>'
"""A wide table scrolls by itself, by keyboard too."""
_PACKAGED = Path(__file__).parent / "docs"
_BESIDE_SOURCE = Path(__file__).parents[3] / "docs"


@dataclass(frozen=True)
class Document:
    """One page of documentation."""

    section: str
    name: str
    """File name without .md."""
    title: str
    text: str
    """Markdown."""


@cache
def documents() -> dict[tuple[str, str], Document]:
    """Return every page by section and name, in the order of SECTIONS and then by title."""
    root = _PACKAGED if _PACKAGED.is_dir() else _BESIDE_SOURCE
    found = [
        _read(section, path)
        for section in SECTIONS
        for path in (root / section).glob("*.md")
        if path.stem.lower() != "readme"
    ]
    order = list(SECTIONS)
    found.sort(key=lambda each: (order.index(each.section), each.title.lower()))
    return {(each.section, each.name): each for each in found}


def as_html(document: Document) -> str:
    """Render a page; links to other pages lead to them, links to anything else in the tree become plain text."""
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = renderer.parse(document.text)
    if tokens[:1] and tokens[0].tag == "h1":
        del tokens[:3]  # the page shows the title already
    numbers = count(1)
    renderer.add_render_rule("table_open", lambda *_: _SCROLLING.format(next(numbers)))
    renderer.add_render_rule("table_close", lambda *_: "</table></div>")
    for token in tokens:
        if token.children:
            _relink(token.children, document.section)
    rendered: str = renderer.renderer.render(tokens, renderer.options, {})
    return rendered


def _read(section: str, path: Path) -> Document:
    text = _COMMENT.sub("", path.read_text("utf-8"))
    first = next((line for line in text.splitlines() if line.startswith("# ")), f"# {path.stem}")
    return Document(section, path.stem, first[2:].strip(), text)


def _relink(tokens: list[Token], section: str) -> None:
    kept: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href") or ""), section)
            kept.append(bool(address))
            token.attrs = {"href": address} if address else {}
            token.tag = "a" if address else "span"
        elif token.type == "link_close":
            token.tag = "a" if kept.pop() else "span"
        elif token.type == "image":
            token.type, token.tag, token.children = "text", "", None


def _address(target: str, section: str) -> str:
    if target.startswith(("http://", "https://")):
        return target
    path, _, fragment = target.partition("#")
    if not path:
        return target
    parts = (PurePosixPath(section) / path).parts
    resolved: list[str] = []
    for part in parts:
        if part == "..":
            if not resolved:
                return ""
            resolved.pop()
        else:
            resolved.append(part)
    key = (resolved[0], resolved[1].removesuffix(".md")) if len(resolved) == 2 else ("", "")
    return f"/help/{key[0]}/{key[1]}" + (f"#{fragment}" if fragment else "") if key in documents() else ""
