"""Every `console` block of the documentation is executed, line by line, in a folder of its own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from touchline.cli.main import main
from touchline.world.company import write_company

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("TOUCHLINE_DATA", ROOT / ".." / "shared" / "data")).resolve()
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
NEEDS_DATA = re.compile(r"uci-online-retail|helpdesk-log|complete-journey")
NOT_HERE = ("make ", "touchline serve")
"""Run elsewhere: the make targets by CI itself, serving by the browser tests."""


def pages_with_blocks() -> list[Path]:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in pages if BLOCK.search(page.read_text("utf-8"))]


def commands(block: str) -> list[tuple[str, list[str]]]:
    """Split a block into (command, expected output lines); `...` in the output stands for anything."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line)
    return found


def run(command: str, folder: Path) -> str:
    """Run a command as typed in `folder`, in this process: starting one for each would take two minutes."""
    words = shlex.split(command)
    assert words[0] == "touchline", f"{command!r}: console blocks show touchline commands"
    printed = StringIO()
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.chdir(folder)
        surroundings.setenv("COLUMNS", "80")
        surroundings.setenv("NO_COLOR", "1")
        with redirect_stdout(printed), redirect_stderr(printed), pytest.raises(SystemExit) as ended:
            main(words[1:])
    assert ended.value.code in (0, None), f"{command}\n{printed.getvalue()}"
    return printed.getvalue()


@pytest.fixture(scope="session")
def made_demos(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Path], str]:
    """Run a `touchline demo` once for all pages that show it; the others get a copy of what it left."""
    done: dict[str, tuple[Path, str]] = {}

    def made(command: str, folder: Path) -> str:
        if command not in done:
            place = tmp_path_factory.mktemp("demo")
            done[command] = (place, run(command, place))
        place, printed = done[command]
        shutil.copytree(place, folder, dirs_exist_ok=True)
        return printed

    return made


def assert_shown(expected: list[str], output: str, command: str) -> None:
    """Every expected line must occur in the output, in order; words are compared without regard to spacing."""
    lines = [" ".join(line.split()) for line in output.splitlines()]
    position = 0
    for line in (" ".join(line.split()) for line in expected if line.strip() and line.strip() != "..."):
        pattern = re.compile(".*".join(re.escape(part) for part in line.split("...")))
        match = next((number for number in range(position, len(lines)) if pattern.search(lines[number])), None)
        assert match is not None, f"{command!r} did not print {line!r} after line {position}:\n{output}"
        position = match + 1


@pytest.mark.parametrize("page", pages_with_blocks(), ids=lambda page: str(page.relative_to(ROOT)))
def test_what_the_page_shows_is_what_happens(
    page: Path, tmp_path: Path, made_demos: Callable[[str, Path], str]
) -> None:
    text = page.read_text("utf-8")
    if page.name == "README.md":
        write_company(tmp_path / "exports", tmp_path / "truth", seed=5, customers=200)
    if NEEDS_DATA.search("".join(BLOCK.findall(text))):
        if not DATA.is_dir():
            pytest.skip(f"{page.name} uses the public data sets; set TOUCHLINE_DATA to their folder")
        for name in ("uci-online-retail.csv.gz", "helpdesk-log.csv", "complete-journey"):
            (tmp_path / name).symlink_to(DATA / name)
    for example in page.parent.glob(f"{page.stem}.*"):
        (tmp_path / example.name).symlink_to(example)
    for block in BLOCK.findall(text):
        for command, expected in commands(block):
            if command.startswith(NOT_HERE):
                continue
            runs = made_demos if command.startswith("touchline demo") else run
            assert_shown(expected, runs(command, tmp_path), command)
