from __future__ import annotations

import io
from pathlib import Path

import click
import pytest

from touchline.cli import main as cli_main
from touchline.cli.console import open_console
from touchline.engine.workspace import Settings, create_workspace, read_settings


def shown(text: str) -> str:
    stream = io.StringIO()
    open_console(file=stream, width=80).print(text)
    return stream.getvalue()


def test_text_is_shown_as_it_stands() -> None:
    assert shown("[bold]x[/] :smile: [/nothing") == "[bold]x[/] :smile: [/nothing\n"


def test_no_text_steers_the_terminal() -> None:
    assert shown("a\x1b[31mb\x1b]0;title\x07c\x9bd\ne") == "a[31mb]0;titlecd\ne\n"


def test_a_fault_nobody_foresaw_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OverflowError("too\x1b large")

    monkeypatch.setattr(cli_main, "commands", lambda: click.Command("touchline", callback=fail))

    with pytest.raises(SystemExit) as ended:
        cli_main.main([])

    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: This should not have happened")
    assert "OverflowError: too large" in said


def test_any_name_makes_settings_that_can_be_read(tmp_path: Path) -> None:
    settings = Settings('A "b"\n\x1b[31m \\ [/x] é😀', "Europe/Berlin", "EUR")
    create_workspace(tmp_path / "shop", settings, "").close()

    assert read_settings(tmp_path / "shop") == settings
