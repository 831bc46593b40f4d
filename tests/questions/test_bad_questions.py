"""Bad questions get a sentence that says what is wrong and what exists: on the command line, on the page, in Python."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from test_buckets import KINDS

import touchline
from touchline.analyses.facade import QuestionError, kind_named
from touchline.analyses.rules.parameters import Number, OneStep, StepList, Whole
from touchline.cli.main import commands
from touchline.engine.workspace import Settings, Workspace, create_workspace, open_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML
from touchline.overview.facade import Touchline

EVENTS = [
    f"c{number}@example.org,2026-01-{number + 1:02} 10:00:00,{name}"
    for number in range(20)
    for name in ("Product Viewed", "Order Completed")
]

OF_THE_SCOPE = [
    ({"start": "2026-03-01", "end": "2026-02-01"}, "The period ends (2026-02-01) before it starts (2026-03-01)."),
    ({"filter": "shoe_size = 3"}, "shoe_size"),
    ({"filter": "orders >"}, "Column"),
    ({"breakdown": "shoe_size"}, "There is no breakdown “shoe_size”. There are: channel, device, intent"),
    ({"against": 'segment("gone")'}, "gone"),
    ({"compare": "yesterday"}, "yesterday"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bad") / "w"
    workspace = create_workspace(place, Settings("Shop"), DEFAULT_JOURNEY_TOML)
    file = place / "events.csv"
    file.write_text("email,time,event\n" + "\n".join(EVENTS) + "\n", "utf-8")
    import_files(workspace, [file], accept_proposals=True)
    workspace.close()
    return place


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[Touchline]:
    """A copy that stays open."""
    with touchline.open(shutil.copytree(folder, folder.parent / "copy")) as opened:
        yield opened


@pytest.fixture
def page_workspace(opened: Touchline, folder: Path) -> Workspace:
    """What `client` asks about."""
    return open_workspace(folder.parent / "copy")  # shared, as it is open


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("empty") / "w"
    create_workspace(place, Settings("Shop"), DEFAULT_JOURNEY_TOML).close()
    return place


def _ask(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands(), ["-w", str(folder), *arguments])


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(("asked", "sentence"), OF_THE_SCOPE)
def test_a_scope_that_cannot_be_is_said(opened: Touchline, name: str, asked: dict[str, str], sentence: str) -> None:
    with pytest.raises(QuestionError) as refused:
        opened.ask(name, **asked)

    assert sentence in str(refused.value)


@pytest.mark.parametrize(("name", "of_the_scope"), list(zip(KINDS, cycle(OF_THE_SCOPE), strict=False)))
def test_the_command_of_every_kind_says_it(folder: Path, name: str, of_the_scope: tuple[dict[str, str], str]) -> None:
    asked, sentence = of_the_scope

    result = _ask(folder, name, *(word for option, value in asked.items() for word in (f"--{option}", value)))

    assert result.exit_code == 2, result.output
    assert sentence in " ".join(result.output.split())


def _bad_values() -> Iterator[tuple[str, str, list[str]]]:
    for name in KINDS:
        for parameter in kind_named(name).parameters:
            if isinstance(parameter, StepList):
                yield name, parameter.name, ["no such place"]
                yield name, parameter.name, ["newsletter"]
                yield name, parameter.name, ["product"] * 200
            elif isinstance(parameter, OneStep):
                yield name, parameter.name, ["no such place"]
                yield name, parameter.name, ["event:Order Completed[shoe=3]"]
            elif isinstance(parameter, Whole | Number):
                yield name, parameter.name, ["-1"]
                yield name, parameter.name, ["many"]
                yield name, parameter.name, ["99999999999"]


@pytest.mark.parametrize(("name", "parameter", "values"), list(_bad_values()))
def test_a_value_that_cannot_be_is_refused_with_its_parameter(
    opened: Touchline, name: str, parameter: str, values: list[str]
) -> None:
    given = {parameter: values}
    if name == "funnel" and parameter != "steps":
        given["steps"] = ["product", "event:Order Completed"]

    with pytest.raises(QuestionError) as refused:
        opened.ask(name, **given)

    assert len(str(refused.value)) > 20
    assert str(refused.value).endswith((".", "?"))


@pytest.mark.parametrize("name", KINDS)
def test_without_data_the_command_says_what_to_do(empty_folder: Path, name: str) -> None:
    result = _ask(empty_folder, name)

    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert len(result.output) > 40


@pytest.mark.parametrize("name", KINDS)
def test_the_page_shows_the_sentence_and_keeps_what_was_asked(client: Client, name: str) -> None:
    refused = client.get(f"/questions/{name}", {"breakdown": "shoe_size"})

    assert refused.status_code == 200
    assert "There is no breakdown “shoe_size”" in refused.content.decode()
    assert 'value="shoe_size"' in refused.content.decode()
