"""The reference names the clients that are tested, in the versions they are tested in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.clients.plans import CLIENTS

ROOT = Path(__file__).parents[2]


def test_the_reference_names_each_client_and_its_version() -> None:
    page = (ROOT / "docs" / "reference" / "collection.md").read_text("utf-8")
    named = dict(re.findall(r"^\| `([^`]+)` \| ([\d.]+) \|", page, re.MULTILINE))
    pinned = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line
    )
    pinned |= json.loads((ROOT / "tests" / "clients" / "package.json").read_text("utf-8"))["dependencies"]

    assert named == {client.package: pinned[client.package] for client in CLIENTS.values()}
