from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from rich.console import Console

from touchline.engine.workspace import Settings, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.commands import journey
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML, journey_map

LOG = """case,time,activity
1,2026-01-01T08:00:00Z,registered
1,2026-01-01T09:00:00Z,looked into
1,2026-01-02T09:00:00Z,closed
2,2026-01-03T08:00:00Z,registered
2,2026-01-04T09:00:00Z,closed
"""


@pytest.fixture
def desk(tmp_path: Path):
    """Two tickets whose activities no default touchpoint knows."""
    (tmp_path / "log.csv").write_text(LOG, "utf-8")
    workspace = create_workspace(tmp_path / "desk", Settings("Desk"), DEFAULT_JOURNEY_TOML)
    import_files(workspace, [tmp_path / "log.csv"], accept_proposals=True)
    yield SimpleNamespace(workspace=workspace, console=Console(file=StringIO(), width=100))
    workspace.close()


def said(desk, *words: str) -> str:
    result = CliRunner().invoke(journey, words, obj=desk)
    assert result.exit_code == 0, result.output
    return desk.console.file.getvalue()


def test_unmapped_events_come_in_the_order_customers_meet_them(desk) -> None:
    """registered is always first (0), looked into once in the middle (0.5), closed always last (1)."""
    lines = said(desk, "unmapped")

    assert lines.index("registered") < lines.index("looked into") < lines.index("closed")


def test_adopted_events_become_touchpoints_in_that_order(desk) -> None:
    said(desk, "adopt", "--stage", "service")

    service = next(stage for stage in journey_map(desk.workspace).stages if stage.id == "service")
    assert [(each.name, each.customers) for each in service.touchpoints if each.customers] == [
        ("registered", 2),
        ("looked into", 1),
        ("closed", 2),
    ]
    assert "Every event of a customer belongs to a touchpoint." in said(desk, "unmapped")


def test_an_unknown_stage_is_wrong_usage(desk) -> None:
    result = CliRunner().invoke(journey, ["adopt", "--stage", "heaven"], obj=desk)

    assert result.exit_code == 2
    assert 'no stage "heaven"' in result.output


def test_show_says_rules_in_words(desk) -> None:
    assert "Product Viewed" in said(desk, "show")


def test_a_broken_definition_is_one_sentence(desk) -> None:
    desk.workspace.journey_file.write_text("name = ", "utf-8")

    result = CliRunner().invoke(journey, ["show"], obj=desk)

    assert result.exit_code == 1
    assert "journey.toml" in result.output


def test_a_journey_is_proposed_and_written_only_when_asked(desk):
    before = desk.workspace.journey_file.read_bytes()

    words = said(desk, "propose", "--stages", "2", "--rename", "registered=Registered", "--stage-name", "1=Start")

    assert "Proposed from 3 moves of 2 customers." in words
    assert "1. Start" in words
    assert "Registered (new)" in words
    assert "Nothing is changed yet." in words
    assert desk.workspace.journey_file.read_bytes() == before

    said(desk, "propose", "--stages", "2", "--pin", "looked-into=2:1", "--write")
    assert desk.workspace.journey_file.read_bytes() != before
    assert (desk.workspace.folder / "journey-before-proposal.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--stages", "9"), "9 stages need at least 9 kinds of events"),
        (("--stages", "2", "--pin", "registered"), "--pin 'registered': expected name=value."),
        (("--stages", "2", "--pin", "registered=x"), "The stage to keep is “x”; expected a whole number from 1."),
        (("--stages", "2", "--pin", "gone=1"), "“gone” cannot be pinned: it is none of"),
    ],
)
def test_a_proposal_that_cannot_be_made_gets_a_sentence(desk, words, expected):
    result = CliRunner().invoke(journey, ("propose", *words), obj=desk)

    assert result.exit_code == 2
    assert expected in result.output.replace("\n", " ")
