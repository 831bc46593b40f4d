"""Peers in their own environment: benchmarks/.venv, which `make bench` fills from requirements.txt."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measuring import Measured

HERE = Path(__file__).parent
PYTHON = HERE / ".venv" / "bin" / "python"
NAMES = ("retentioneering", "pm4py")
"""Those that draw graphs."""
ALL = (*NAMES, "chdb", "DoubleML")


def installed() -> bool:
    """Whether the peers can be measured."""
    return PYTHON.exists()


def pinned() -> list[str]:
    """Names and versions of the peers, as in requirements.txt."""
    lines = (HERE / "requirements.txt").read_text("utf-8").splitlines()
    return [line.replace("==", " ") for line in lines if line.split("==")[0] in ALL]


def measure_peer(name: str, steps: Path, task: str = "graph") -> Measured | None:
    """Let a peer read the visits of a file and do a task; None where it is not installed.

    Seconds: `build` (reading and conversion); of a graph `graph` and `transitions` (counts and median times), of a funnel
    `funnel`, of effects `effects`. Found: version, and how often each transition occurred, how many took each step, or effects
    and their errors.
    Raises RuntimeError with what the peer said when it fails.
    """
    if not installed():
        return None
    with tempfile.TemporaryDirectory() as home:  # peers like to keep settings there
        run = subprocess.run(
            [PYTHON, HERE / "peer_scripts" / f"{name}_{task}.py", steps],
            env={**os.environ, "HOME": home},
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        raise RuntimeError(f"{name} failed: {run.stderr.strip().splitlines()[-1:]}")
    told = json.loads(run.stdout.splitlines()[-1])
    return Measured(told["seconds"], told["peak"], {"version": told["version"], "steps": told["steps"]})
