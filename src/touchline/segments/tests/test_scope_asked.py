"""Scopes by name: periods that move with the data, comparisons, kept filters, and what is said of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.segments.facade import FilterError, Scope, save_filter, scope_asked


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Data from 1 January to 31 December 2025."""
    made = create_workspace(tmp_path / "w", Settings("Shop"), "")
    with made.store.transaction() as writer:
        for seq, day in enumerate(("2025-01-01", "2025-12-31"), 1):
            writer.execute(
                "insert into events (seq, id, time, received, kind, import_id, line) values (?, ?, ?, ?, 1, 1, 1)",
                [seq, seq, f"{day} 12:00:00", f"{day} 12:00:00"],
            )
    yield made
    made.close()


@pytest.mark.parametrize(
    ("given", "scope"),
    [
        ({}, Scope(date(2025, 10, 3), date(2025, 12, 31))),
        ({"period": ["30"]}, Scope(date(2025, 12, 2), date(2025, 12, 31))),
        ({"period": ["all"], "channel": ["web"]}, Scope(date(2025, 1, 1), date(2025, 12, 31), channels=("web",))),
        (
            {"period": ["30"], "compare": ["previous"]},
            Scope(date(2025, 12, 2), date(2025, 12, 31), date(2025, 11, 2), date(2025, 12, 1)),
        ),
        (
            {"start": ["2025-05-01"], "end": ["2025-05-31"], "compare": ["2025-03-01..2025-03-02"]},
            Scope(date(2025, 5, 1), date(2025, 5, 31), date(2025, 3, 1), date(2025, 3, 2)),
        ),
        ({"start": ["2025-12-30"]}, Scope(date(2025, 12, 30), date(2025, 12, 31))),
        ({"period": ["all"], "compare": ["previous"]}, Scope(date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_days_are_filled_in(workspace: Workspace, given: dict[str, list[str]], scope: Scope) -> None:
    assert scope_asked(workspace, given) == scope


def test_a_kept_filter_is_taken_as_it_is_now(workspace: Workspace) -> None:
    save_filter(workspace, "Germans", 'known("country")')

    assert scope_asked(workspace, {"saved": ["Germans"]}).filter == 'known("country")'


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"period": ["7"]}, "period"),
        ({"compare": ["last"]}, "compare"),
        ({"compare": ["2025-05-02..2025-05-01"]}, "two days such as 2026-01-01..2026-03-31"),
        ({"saved": ["French"]}, "French"),
        (
            {"start": ["2025-05-02"], "end": ["2025-05-01"]},
            "The period ends (2025-05-01) before it starts (2025-05-02).",
        ),
        ({"start": ["May"]}, "expected a day such as 2026-05-31"),
    ],
)
def test_what_is_wrong_is_said(workspace: Workspace, given: dict[str, list[str]], sentence: str) -> None:
    with pytest.raises(FilterError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        scope_asked(workspace, given)
