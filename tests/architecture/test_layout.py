"""The house as ARCHITECTURE.md describes it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "touchline"
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "base", "v2"}


def python_files() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_no_file_is_over_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in python_files()
        if (count := path.read_text("utf-8").count("\n")) > 400
    }

    assert long == {}


def test_no_module_is_called_by_a_missing_name() -> None:
    assert [
        path for path in python_files() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
    ] == []


def test_every_folder_has_chosen_its_tier_and_the_architecture_page_names_it() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    tiers = {name.strip() for line in contracts[0]["layers"] for name in line.split("|")}
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")

    assert folders == tiers
    assert [name for name in sorted(folders) if f"`{name}`" not in page] == []


def test_unfinished_work_leaves_no_marks() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b|\bNotImplementedError|not implemented yet|coming soon")
    hits = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if "tests" not in path.parts and marks.search(path.read_text("utf-8"))
    ]

    assert hits == []


def test_lock_files_hold_no_registry_address() -> None:
    for lock in (ROOT / "package-lock.json", ROOT / "tests" / "clients" / "package-lock.json"):
        assert "resolved" not in lock.read_text("utf-8")
    assert "://" not in (ROOT / "constraints.txt").read_text("utf-8")


def test_nothing_generated_is_committed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert [name for name in tracked if name.startswith(("src/touchline/ui/static/", "node_modules/", "demo/"))] == []
