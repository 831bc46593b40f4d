"""The reference names the clients that are tested, in the versions they are tested in."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path

from tests.clients.plans import CLIENTS

from tools.install_clients import CLIENTS as FOLDER
from tools.install_clients import is_installed
from tools.tested_clients import pinned_versions

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "collection.md"


def test_the_reference_names_each_client_and_its_version() -> None:
    named = dict(re.findall(r"^\| `([^`]+)` \| (\d+\.\d+\.\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    pinned = pinned_versions()

    assert named == {client.package: pinned[client.package] for client in CLIENTS.values()}


def test_what_is_installed_is_what_is_pinned() -> None:
    pinned = pinned_versions()
    python = [client.package for client in CLIENTS.values() if not client.package.startswith("@")]
    script = [client.package for client in CLIENTS.values() if client.package.startswith("@") and is_installed()]
    installed = {package: version(package) for package in python} | {
        package: json.loads((FOLDER / "node_modules" / package / "package.json").read_text("utf-8"))["version"]
        for package in script
    }

    assert installed == {package: pinned[package] for package in (*python, *script)}
