"""`touchline case`, `launch` and `verdict`, and the same from Python."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

import touchline
from touchline.cli.main import commands
from touchline.improvements.facade import ImprovementError
from touchline.improvements.tests.worlds import bring, calls, helped


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Six regions, of which three are helped from 1 June on; nothing is on the backlog."""
    from touchline.engine.workspace import Settings, create_workspace
    from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

    place = tmp_path_factory.mktemp("shop")
    workspace = create_workspace(place / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    bring(workspace, place, calls(helped(range(3)), range(-20, 11), regions=6))
    workspace.close()
    return place / "workspace"


@pytest.fixture
def run(folder, tmp_path):
    """Run a command on a copy of the shop."""
    copied = tmp_path / "workspace"
    shutil.copytree(folder, copied)

    def run(*arguments: str):
        return CliRunner().invoke(commands(), ["-w", str(copied), *arguments], env={"COLUMNS": "200"})

    run.folder = copied
    return run


def test_from_the_case_to_the_verdict(run, tmp_path):
    made = run("case", "--title", "Say why", "--touchpoint", "payment", "--target", "experience", "--owner", "Mia")
    assert made.exit_code == 0, made.output
    assert "Put on the backlog as improvement 1." in made.output
    assert "Ways to measure it" in made.output

    assert "1. Say why" in run("case").output
    assert "Cost, once: 900" in run("case", "1", "--cost", "900", "--next-review", "2026-07-01").output
    launched = run("launch", "1", "--on", "2026-06-01", "--for", "groups", "--by", "region",
                   "--group", "Region A", "--group", "Region B", "--group", "Region C")  # fmt: skip
    assert "It is read on 27 July 2026." in launched.output

    verdict = run("verdict", "1").output
    assert "Verdict: it works" in verdict
    # The plan was fixed when the command ran, months after the launch.
    assert "That is a lead, not a cause." in verdict
    assert "whether the rule of decision was laid down" in verdict
    assert "0 promised amounts" in run("verdict").output

    file = tmp_path / "page.md"
    assert "Wrote" in run("case", "1", "--md", str(file), "--site", "https://cx.example/").output
    assert "(https://cx.example/improvements/1#weeks)" in file.read_text("utf-8")

    with touchline.open(run.folder) as opened:
        assert opened.verdict(1).outcome == "works"
        assert opened.case(1).plan.read_on.isoformat() == "2026-07-27"
        assert opened.improvements()[0].owner == "Mia"
        assert opened.ledger().of == 0
        with pytest.raises(ImprovementError, match="There is no improvement 7"):
            opened.case(7)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("case", "7"), "There is no improvement 7."),
        (("case", "payment~errors"), "Or give the number of an improvement."),
        (
            ("case", "--title", "x", "--touchpoint", "nowhere", "--target", "purchase"),
            "There is no touchpoint “nowhere”.",
        ),
        (("launch", "7", "--on", "2026-06-01"), "There is no improvement 7."),
        (("verdict", "7"), "There is no improvement 7."),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(run, arguments, said):
    answer = run(*arguments)

    assert answer.exit_code == 2
    assert said in answer.output


def test_an_empty_backlog_and_ledger_say_what_to_do(run):
    assert "Make a case for a pain point: touchline case PAIN" in run("case").output
    assert "Launch an improvement: touchline launch NUMBER --on DAY" in run("verdict").output
