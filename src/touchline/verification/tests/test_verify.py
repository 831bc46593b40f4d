"""`touchline verify`: rows are found, a failure is a failure, and nothing is left behind."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from touchline.cli.main import commands
from touchline.verification.facade import (
    Asked,
    Keeping,
    KeptError,
    Verified,
    all_rows,
    name_of,
    not_yet_covered,
    verify,
)
from touchline.verification.verify import catalogue
from touchline.verification.verify.line import fact_line, share_line, value_line
from touchline.verification.verify.row import CannotLookError, Row
from touchline.verification.verify.trial import Trial
from touchline.world.planted.truth import Truth


def row(number: int, look, judge, seeds: int | None = None) -> Row:
    return Row(number, f"row {number}", look, judge, seeds)


def run(rows, seeds=(1,)):
    return verify(rows, seeds, is_quick=True, report=lambda done, of, what: None)


def test_every_row_is_a_quantity_of_the_list_and_the_others_are_named():
    numbers = {each.number for each in all_rows()}

    assert {1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14} <= numbers
    assert numbers | not_yet_covered().keys() == catalogue.QUANTITIES.keys()
    assert numbers.isdisjoint(not_yet_covered())


def test_seeds_go_through_every_row_and_a_row_may_want_one_seed_only():
    usual = row(1, lambda trial: trial.seed, lambda seen: [value_line("seeds", seen, 0, 9, digits=0)])
    once = row(2, lambda trial: trial.seed, lambda seen: [value_line("seeds", seen, 0, 9, digits=0)], seeds=1)

    found = run([usual, once], seeds=[4, 5, 6])

    assert [each.seeds for each in found] == [3, 1]
    assert found[0].lines[0].recovered == "5"
    assert found[1].lines[0].interval == "4–4"


def test_what_is_not_here_is_said_and_does_not_fail():
    def look(trial):
        raise CannotLookError("x.csv is not shipped.")

    found = run([row(14, look, lambda seen: [])])

    assert found[0].not_looked_at == "x.csv is not shipped."
    assert found[0].held


def test_folders_are_taken_away_also_when_a_row_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def breaks(trial):
        (trial.folder / "left").write_text("something")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([row(1, breaks, lambda seen: [])])

    assert list(tmp_path.iterdir()) == []


@dataclass(frozen=True)
class SeedSeen:
    """What the row of these tests sees."""

    doubled: int
    share: float


def looks_until(stops_at: int, looked: list[int]) -> Row:
    """A row that is stopped when it looks at a seed."""

    def look(trial: Trial) -> SeedSeen:
        if trial.seed == stops_at:
            raise KeyboardInterrupt
        looked.append(trial.seed)
        return SeedSeen(2 * trial.seed, trial.seed / 4)

    return row(6, look, lambda seen: [value_line("doubled", [each.doubled for each in seen], 0, 99)])


def kept(path: Path, row: Row, seeds: int = 3) -> list[Verified]:
    asked = Asked(4, seeds, True, (name_of(row),), "1.0")
    return verify(
        [row], range(4, 4 + seeds), is_quick=True, report=lambda done, of, what: None, keeping=Keeping(path, asked)
    )


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path):
    path, looked = tmp_path / "kept.jsonl", []
    with pytest.raises(KeyboardInterrupt):
        kept(path, looks_until(6, looked))
    with path.open("ab") as file:
        file.write(b'{"seed":6,"row":"6 ro')  # what a power cut leaves

    found = kept(path, looks_until(-1, looked))

    assert looked == [4, 5, 6]
    assert [(each.seeds, each.lines[0].recovered, each.lines[0].interval) for each in found] == [
        (3, "10.000", "8.000–12.000")
    ]


def test_figures_of_another_question_are_not_gone_on_with(tmp_path: Path):
    path = tmp_path / "kept.jsonl"
    kept(path, looks_until(-1, []))

    with pytest.raises(
        KeptError, match=r"of another verification \(3 seeds from 4, quick, 1 quantities, version 1.0, now 2 "
    ):
        kept(path, looks_until(-1, []), seeds=2)

    path.write_text("a diary\n")
    with pytest.raises(KeptError, match="does not begin as a file of"):
        kept(path, looks_until(-1, []))


def test_lines_hold_within_their_tolerance_only():
    assert fact_line("x", 1.226, 1.2264, 0.001).held
    assert not fact_line("x", 1.226, 1.228, 0.001).held
    assert value_line("x", [0.8, 1.0, 1.2], 0.9, 1.1).held
    assert not value_line("x", [0.8, 0.8, 1.2], 0.9, 1.1).held
    assert share_line("x", [380], [400], 0.92, 0.98).held
    assert not share_line("x", [5], [6], least=1.0).held
    assert not share_line("x", [0], [0], least=0.9).held


@pytest.fixture
def planted_row(monkeypatch: pytest.MonkeyPatch):
    """Let the command find one row only, which says what the test plants."""

    def plant(recovered: float) -> None:
        one = row(10, lambda trial: recovered, lambda seen: [fact_line("planted", 1.0, seen[0], 0.01)])
        monkeypatch.setattr("touchline.verification.facade.all_rows", lambda: (one,))

    return plant


@pytest.mark.parametrize(("recovered", "exit_code"), [(1.0, 0), (1.5, 1)])
def test_a_planted_failure_is_exit_code_1(planted_row, recovered: float, exit_code: int):
    planted_row(recovered)

    result = CliRunner().invoke(commands(), ["verify", "--quick", "--seed", "7"])

    assert result.exit_code == exit_code
    assert ("NOT HELD" in result.output) is bool(exit_code)
    assert "touchline verify --seeds 1 --seed 7 --quick" in result.output


def test_without_a_seed_one_is_drawn_and_printed(planted_row):
    planted_row(1.0)

    seeds = {CliRunner().invoke(commands(), ["verify"]).output.split("--seed ")[1].split()[0] for _ in range(3)}

    assert len(seeds) > 1


def test_a_quantity_that_does_not_exist_is_wrong_usage():
    result = CliRunner().invoke(commands(), ["verify", "--row", "99"])

    assert result.exit_code == 2
    assert "there is no such quantity yet" in result.output


def test_the_product_never_gets_the_truth():
    """Only verification imports the world (an import contract), and a truth is written by nobody."""
    assert not any(name.startswith("write") for name in dir(Truth))


@pytest.mark.verify
def test_a_quick_run_of_three_seeds_nobody_chose_holds():
    """docs/verification.md runs one seed in every test run."""
    result = CliRunner().invoke(commands(), ["verify", "--quick", "--seeds", "3"])

    assert result.exit_code == 0, result.output
