"""`touchline pains`, the JSON API and the Python twin say the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from touchline.engine.workspace import Workspace
from touchline.overview.calls import Here
from touchline.pains import facade
from touchline.pains.commands import pains_command
from touchline.pains.conftest import Make, shop
from touchline.segments.facade import Scope


@dataclass
class Session:
    workspace: Workspace
    console: Console = field(default_factory=lambda: Console(file=StringIO(), width=100))

    def printed(self) -> str:
        written: Any = self.console.file
        return " ".join(written.getvalue().split())


@pytest.fixture(scope="module")
def workspace(make: Make) -> Workspace:
    return make(shop(300, loss=0.0))


def asked(workspace: Workspace, *options: str) -> tuple[Any, str]:
    session = Session(workspace)
    done = CliRunner().invoke(pains_command, options, obj=session)
    return done, session.printed()


def test_the_table_says_who_what_and_how_sure(workspace):
    done, printed = asked(workspace)

    assert done.exit_code == 0, done.output
    assert "Checkout: something failed" in printed
    assert "300 customers" in printed
    assert "Grade C: after adjustment, if causal." in printed
    assert "nan" not in printed.lower()


def test_details_show_evidence_checks_and_protocol(workspace):
    facade.pains_of(workspace)

    done, printed = asked(workspace, "--details", "checkout~errors", "--kept")

    assert done.exit_code == 0, done.output
    for words in (
        "How many",
        "How bad",
        "What it costs",
        "Checks (grade D",
        "Comparable visits",
        "What must be nothing",
    ):
        assert words in printed


def test_json_is_what_python_gives(workspace):
    done, _ = asked(workspace, "--json")
    session = Session(workspace)
    CliRunner().invoke(pains_command, ["--json"], obj=session)
    written: Any = session.console.file

    told = json.loads(written.getvalue())
    pains = Here(workspace).pains(Scope())

    assert done.exit_code == 0
    assert [each["id"] for each in told["pains"]] == [each.id for each in pains.pains]
    assert told["visits"] == pains.visits


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--details", "nowhere~luck"), "There is no pain point “nowhere~luck”."),
        (("--filter", "visited("), "--filter:"),
        (("--kept", "--from", "2025-02-01"), "nothing has been computed for these visits yet"),
    ],
)
def test_what_cannot_be_meant_is_said(workspace, options, sentence):
    done, _ = asked(workspace, *options)

    assert done.exit_code == 2
    assert sentence in " ".join(done.output.split())


def test_another_scope_is_another_computation(workspace):
    later = facade.pains_of(workspace, Scope(filter='visited("basket")'))

    assert later.customers == 300
    assert "basket" in later.scope.lower()
