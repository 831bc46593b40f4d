"""Answers depend on what happened, not on the order in which it was told; late identities change past answers."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_buckets import KINDS, plain, same

from touchline.analyses.facade import answered, usual_question
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

ONE_ROW_PER_LINE = ("web_events.jsonl", "zendesk_tickets.csv", "trustpilot_reviews.csv", "customers_export.csv")
"""Their lines may stand in any order; in the others several lines make one row, or a second header follows."""


@pytest.fixture(scope="module")
def shuffled_company(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The same files, their lines shuffled, imported one by one in the opposite order."""
    folder = tmp_path_factory.mktemp("shuffled")
    for file in exports.iterdir():
        shutil.copy(file, folder)
    for name in ONE_ROW_PER_LINE:
        _shuffle(folder / name)
    workspace = create_workspace(folder / "w", Settings("Shop", "Europe/Berlin"), DEFAULT_JOURNEY_TOML)
    for file in sorted((each for each in folder.iterdir() if each.is_file()), reverse=True):
        import_files(workspace, [file], accept_proposals=True)
    yield workspace
    workspace.close()


@pytest.mark.parametrize("name", KINDS)
def test_shuffled_files_give_the_same_answers(company: Workspace, shuffled_company: Workspace, name: str) -> None:
    assert _answer(shuffled_company, name) == same(_answer(company, name))


def test_a_late_link_changes_past_answers(tmp_path: Path) -> None:
    """One browser comes in January, another in February; in March it is known that both were Ada: one customer came back in February."""
    workspace = create_workspace(tmp_path / "w", Settings("Shop"), DEFAULT_JOURNEY_TOML)
    visits = [("b1", "2026-01-05"), ("b2", "2026-02-05")]
    _import(workspace, tmp_path / "web.jsonl", [_page(browser, day) for browser, day in visits])
    before = _came_back(workspace)

    _import(workspace, tmp_path / "links.jsonl", [_identify(browser, "ada@example.org") for browser, _ in visits])

    assert before == (1, 0)
    assert _came_back(workspace) == (1, 1)
    workspace.close()


def _came_back(workspace: Workspace) -> tuple[int, int]:
    """Of those who came first in January: how many there are, and how many of them came back in February."""
    given = {"per": ["month"], "start": ["2026-01-01"], "end": ["2026-04-30"]}
    january = answered(workspace, usual_question(workspace, "retention", given)).answer.cohorts[0]
    return january.n, january.cells[0].count


def _page(browser: str, day: str) -> str:
    return (
        f'{{"type":"page","messageId":"{browser}-{day}","anonymousId":"{browser}","timestamp":"{day}T10:00:00Z",'
        '"context":{"page":{"path":"/"}}}'
    )


def _identify(browser: str, email: str) -> str:
    return (
        f'{{"type":"identify","messageId":"i-{browser}","anonymousId":"{browser}","timestamp":"2026-03-01T10:00:00Z",'
        f'"traits":{{"email":"{email}"}}}}'
    )


def _import(workspace: Workspace, file: Path, lines: list[str]) -> None:
    file.write_text("\n".join(lines) + "\n", "utf-8")
    import_files(workspace, [file], accept_proposals=True)


def _answer(workspace: Workspace, name: str) -> Any:
    return plain(answered(workspace, usual_question(workspace, name, {"period": ["all"]})).answer)


def _shuffle(file: Path) -> None:
    head, *lines = file.read_text("utf-8").splitlines(keepends=True)
    if file.suffix == ".jsonl":
        head, lines = "", [head, *lines]
    random.Random(5).shuffle(lines)
    file.write_text(head + "".join(lines), "utf-8")
