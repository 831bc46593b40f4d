"""The command line as a user types it: in processes of its own where starting, joining or ending one is what is tried."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from pkgutil import iter_modules

import pytest

import touchline as touchline_api
from touchline.cli.main import in_short, main
from touchline.engine.store import Store
from touchline.segments.facade import FilterError

SOURCE = Path(__file__).parents[3]
EVENTS = """customer,time,event
ada,2026-03-01T09:00:00Z,Product Viewed
ada,2026-03-01T09:05:00Z,Order Completed
ben,2026-03-02T10:00:00Z,Product Viewed
"""


def touchline(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "NO_COLOR": "1", "COLUMNS": "80"}
    command = [sys.executable, "-m", "touchline", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@dataclass
class Done:
    """What a command printed, and with which code it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run the whole command line in this process, in a folder of the test: starting one takes a second."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    return run_here


def run_here(*words: str) -> Done:
    out, error = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(error), pytest.raises(SystemExit) as ended:
        main(list(words))
    return Done(int(ended.value.code or 0), out.getvalue(), error.getvalue())


def make_shop(folder: Path) -> Path:
    """A folder with a workspace and one events file."""
    (folder / "events.csv").write_text(EVENTS, "utf-8")
    done = run_here("init", str(folder / "touchline-workspace"), "--name", "Shop", "--currency", "EUR")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A shop with a running server; gives its address."""
    shop = make_shop(tmp_path_factory.mktemp("shop"))
    environment = os.environ | {"PYTHONPATH": str(SOURCE), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "touchline", "serve", "--port", "0"],
        cwd=shop, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    line = server.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert address, line + server.stdout.read()
    yield shop, address.group()
    server.send_signal(signal.SIGINT)
    assert (server.stdout.read(), server.wait(timeout=20)) == ("", 0)  # nothing is said at the end
    server.stdout.close()


def test_from_a_file_to_a_map_in_three_commands(here: Callable[..., Done], tmp_path: Path) -> None:
    shop = make_shop(tmp_path)

    imported = touchline(shop, "import", "events.csv", "--yes")
    measured = here("map", "--json")

    assert imported.returncode == 0, imported.stderr
    assert measured.returncode == 0, measured.stderr
    answer = json.loads(measured.stdout)
    visited = {
        each["name"]: each["customers"] for stage in answer["stages"] for each in stage["touchpoints"] if each["visits"]
    }
    assert visited == {"Product page": 2, "First order": 1}


def test_a_command_joins_the_running_server(serving: tuple[Path, str], here: Callable[..., Done]) -> None:
    shop, _ = serving
    period = ("--start", "2026-03-01", "--end", "2026-03-02")

    imported = here("-w", str(shop / "touchline-workspace"), "import", str(shop / "events.csv"), "--yes")
    measured = here("-w", str(shop / "touchline-workspace"), "map", "--json", *period)

    assert imported.returncode == 0, imported.stdout + imported.stderr
    assert json.loads(measured.stdout)["customers"] == 2


def test_python_joins_the_running_server_and_gets_the_same_answers(serving: tuple[Path, str]) -> None:
    shop, _ = serving
    april = shop / "april.csv"
    april.write_text(EVENTS.replace("2026-03", "2026-04"), "utf-8")

    with touchline_api.open(shop / "touchline-workspace") as joined:
        reports = joined.import_files(april)
        measured = joined.journey_map(start="2026-04-01", end="2026-04-02")
        with pytest.raises(FilterError, match="Column 9"):
            joined.journey_map(filter="colour =")

    assert [(report.file, report.imported) for report in reports] == [(april, 3)]
    assert (measured.customers, measured.visits) == (2, 3)


def test_what_goes_wrong_in_the_server_is_told_to_the_asker(
    serving: tuple[Path, str], here: Callable[..., Done]
) -> None:
    shop, _ = serving

    done = here("-w", str(shop / "touchline-workspace"), "import", "missing.csv", "--yes")

    assert done.returncode in {1, 2}
    assert "missing.csv" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_second_server_says_where_the_first_is(serving: tuple[Path, str], here: Callable[..., Done]) -> None:
    shop, address = serving

    done = here("-w", str(shop / "touchline-workspace"), "serve")

    assert done.returncode == 1
    assert address in done.stderr


def test_the_map_is_served(serving: tuple[Path, str]) -> None:
    _, address = serving

    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200
        assert "Shop" in answer.read().decode()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_any_address_but_loopback_is_refused(here: Callable[..., Done], host: str) -> None:
    assert here("init").returncode == 0

    done = here("serve", "--host", host)

    assert done.returncode == 2
    assert "this computer only" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("map",), 1, "touchline init"),
        (("nonsense",), 2, "No such command"),
        (("init", "--time-zone", "Mars"), 2, "'Mars' is not a time zone"),
        (("init", "--currency", "EURO"), 2, "'EURO' is not a currency"),
        (("serve", "--port", "70000"), 2, "0<=x<=65535"),
        (("demo", "--customers", "0"), 2, "10<=x<=1000000"),
    ],
)
def test_wrong_usage_is_a_sentence_and_a_code(
    here: Callable[..., Done], words: tuple[str, ...], code: int, sentence: str
) -> None:
    done = here(*words)

    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_says_of_each_command_what_the_command_says_of_itself() -> None:
    for module in iter_modules(touchline_api.__path__):
        said = getattr(import_module(f"touchline.{module.name}"), "COMMANDS", None)
        if said is not None:
            loaded = import_module(f"touchline.{module.name}.commands").COMMANDS
            assert said == {command.name: in_short(command) for command in loaded}, module.name


def test_the_help_loads_no_command() -> None:
    asked = (
        "import sys; from touchline.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert "step-matrix" in done.stdout
    assert "touchline.analyses.commands" not in done.stdout


def test_a_second_workspace_in_one_place_is_refused(here: Callable[..., Done]) -> None:
    assert here("init").returncode == 0

    done = here("init")

    assert done.returncode == 1
    assert "is a workspace already" in done.stderr


def test_a_store_of_a_newer_version_is_refused(here: Callable[..., Done], tmp_path: Path) -> None:
    assert here("init").returncode == 0
    store = Store.open(tmp_path / "touchline-workspace" / "store.duckdb")
    with store.transaction() as writer:
        writer.set_meta("schema_version", "99")
    store.close()

    done = here("map")

    assert done.returncode == 1
    assert "newer Touchline" in done.stderr


def test_the_demo_does_not_write_over_other_things(here: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("years of work", "utf-8")

    done = here("demo", "--no-serve", "--folder", "mine")

    assert done.returncode == 1
    assert "thesis.docx" in done.stderr
    assert (tmp_path / "mine" / "thesis.docx").exists()


def test_the_demo_ends_with_a_map(here: Callable[..., Done]) -> None:
    done = here("demo", "--no-serve", "--customers", "100")

    assert done.returncode == 0, done.stderr
    assert "First order" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 120
    assert done.stderr == ""
