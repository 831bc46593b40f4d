"""Every kind of question is kept on a board with what it said, and a part of it as a segment: what their pages do without scripts."""

from __future__ import annotations

import re
from html import unescape

import pytest

from touchline.analyses.facade import all_kinds
from touchline.engine.workspace import Workspace

KINDS = all_kinds()
PARTS = [(kind.name, kind.parts[0][0]) for kind in KINDS if kind.parts]
"""The first of each, which is chosen unless somebody chooses another."""


@pytest.fixture
def page_workspace(company: Workspace) -> Workspace:
    """What `client` asks about."""
    return company


def sentence_on(page: str) -> str:
    """What the first answer on a page says."""
    return re.search(r'<p class="answer-sentence[^>]*>(.*?)</p>', page, re.DOTALL)[1].strip()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_question_is_found_asked_and_kept(client, kind) -> None:
    assert f'href="/questions/{kind.name}"' in client.get("/questions").content.decode()
    said = sentence_on(client.get(f"/questions/{kind.name}?period=all").content.decode())
    kept = {"board": f"Board of {kind.name}", "title": f"Our {kind.name}", "note": "Kept by a test"}

    board = client.post(f"/boards/keep/{kind.name}", {**kept, "asked": "period=all"}, follow=True).content.decode()

    assert said
    assert sentence_on(board) == said
    assert "Kept by a test" in board
    [link] = [each for each in re.findall(r'href="([^"]+)"[^>]*>Our ', board) if each.startswith("/questions/")]
    assert sentence_on(client.get(unescape(link)).content.decode()) == said


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_a_part_of_a_question_becomes_a_segment(client, name: str, part: str) -> None:
    segment = f"{part} of {name}"
    asked = {"asked": "period=all", "part": part, "name": segment}

    told = unescape(client.post(f"/boards/segment/{name}", asked, follow=True).content.decode())
    page = client.get("/questions/paths", {"period": "all", "filter": f'segment("{segment}")'})

    kept = int(re.search(rf"Kept ([\d,]+) customers as the segment “{segment}”", told)[1].replace(",", ""))
    assert page.status_code == 200
    if kept:
        assert sentence_on(page.content.decode())
