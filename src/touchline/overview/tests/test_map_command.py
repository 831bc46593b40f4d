"""`touchline map`, and the same from Python."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date

import click
import pytest
from click.testing import CliRunner
from rich.console import Console

import touchline
from touchline.engine.workspace import Workspace
from touchline.overview.commands import map_command
from touchline.segments.facade import FilterError


@dataclass
class TypedSession:
    workspace: Workspace
    console: Console


@pytest.fixture
def run(shop):
    def run(*arguments: str) -> tuple[int, str]:
        stream = io.StringIO()
        session = TypedSession(shop, Console(file=stream, width=80))
        done = CliRunner().invoke(map_command, arguments, obj=session)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, stream.getvalue() + done.output

    return run


def test_the_map_is_printed(run):
    code, text = run()

    assert code == 0
    assert "Product page" in text
    assert "Measured from 12 customers" in text


def test_json_has_stages_with_touchpoints_and_small_counts(run):
    code, text = run("--json")

    touchpoints = {each["id"]: each for stage in json.loads(text)["stages"] for each in stage["touchpoints"]}
    assert code == 0
    assert touchpoints["product"]["customers"] == 12
    assert touchpoints["payment"]["customers"] == 2


def test_options_narrow_the_map(run):
    def customers(*arguments: str) -> int:
        return json.loads(run("--json", *arguments)[1])["customers"]

    assert customers("--start", "2026-05-03", "--end", "2026-05-05") == 3
    assert customers("--filter", 'visited("payment")') == 2
    assert customers("--channel", "email") == 0
    assert customers("--all", "--compare", "none") == 12


def test_files_are_written_by_their_ending(run, tmp_path):
    code, _ = run("--export", str(tmp_path / "map.svg"), "--export", str(tmp_path / "map.json"))

    assert code == 0
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith("map.")) == ["map.json", "map.svg"]
    assert "payment" not in {
        each["id"]
        for stage in json.loads((tmp_path / "map.json").read_text())["stages"]
        for each in stage["touchpoints"]
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--start", "1 May"], "'1 May' is not a day such as 2026-05-31."),
        (["--start", "2026-05-02", "--end", "2026-05-01"], "--start 2026-05-02 lies after --end 2026-05-01."),
        (["--compare", "last year"], "expected previous, none, or two days such as 2026-01-01..2026-03-31."),
        (["--compare", "2026-03-01..2026-02-01"], "the first day lies after the last."),
        (["--filter", "nonsense("], "--filter: Column"),
        (["--export", "map.docx"], "a map can be written as .svg, .png, .pdf, .html, .csv, .json, .mmd."),
        (["--channel", "pigeon"], "'pigeon' is not one of"),
    ],
)
def test_wrong_usage_is_a_sentence_and_code_two(run, arguments, sentence):
    code, text = run(*arguments)

    assert code == 2
    assert sentence in " ".join(text.split())


def test_a_file_that_cannot_be_written_is_a_sentence_and_code_one(run, tmp_path):
    code, text = run("--export", str(tmp_path / "nowhere" / "map.csv"))

    assert code == 1
    assert "could not be written" in text


def test_days_survive_the_way_to_another_process():
    """A running server gets parsed parameters as text, and reads them again."""
    day = next(option for option in map_command.params if option.name == "start")
    context = click.Context(map_command)

    assert day.type_cast_value(context, str(date(2026, 5, 1))) == date(2026, 5, 1)


def test_python_gives_the_map_as_a_dataclass_and_as_tables(shop):
    shop.close()
    with touchline.open(shop.folder) as opened:
        measured = opened.journey_map(start="2026-05-01", end=date(2026, 5, 31), compare=None)

        assert (measured.customers, measured.start, measured.compare_start) == (12, date(2026, 5, 1), None)
        table = opened.touchpoints(measured)
        counts = dict(zip(table["touchpoint_id"].to_pylist(), table["customers"].to_pylist(), strict=True))
        assert (counts["product"], counts["checkout"], counts["payment"]) == (12, 12, 2)
        steps = opened.transitions(measured).to_pylist()
        assert [(each["from_id"], each["to_id"], each["count"]) for each in steps] == [
            ("product", "checkout", 12),
            ("checkout", "payment", 2),
        ]
        assert opened.export(shop.folder / "map.html", measured).read_text("utf-8").startswith("<!doctype html>")
        with pytest.raises(FilterError):
            opened.journey_map(filter="nonsense(")
        with pytest.raises(ValueError, match="expected 'previous', None or two days"):
            opened.journey_map(compare="last year")


def test_python_imports_files(page_workspace, tmp_path):
    call = {"type": "track", "event": "Product Viewed", "userId": "u1", "timestamp": "2026-05-01T10:00:00Z"}
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps(call), "utf-8")
    page_workspace.close()

    with touchline.open(page_workspace.folder) as opened:
        (report,) = opened.import_files(file)

    assert report.imported == 1
