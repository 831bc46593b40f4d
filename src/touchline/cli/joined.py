"""Running a command in the process that owns the store, with its output shown here."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from io import TextIOBase
from pathlib import Path
from typing import Any

import click

from touchline.cli.console import open_console, unexpected, without_steering
from touchline.cli.session import Session
from touchline.engine.joining import Frame, ask_owner
from touchline.engine.store import StoreError
from touchline.engine.workspace import Workspace

INTERRUPTED = 130


def run_in_owner(session: Session, command: click.Command, path: list[str], parameters: dict[str, Any]) -> int:
    """Hand a parsed command to the owning process, print what it prints, return its exit code."""
    console = session.console
    request = {
        "command": path,
        "parameters": {name: _as_json(command, name, value) for name, value in parameters.items()},
        "width": console.width,
        "terminal": console.is_terminal,
        "color": console.color_system,
    }
    code = None
    try:
        for frame in ask_owner(session.folder, request, session.stopping()):
            if "out" in frame:
                sys.stdout.write(frame["out"])
                sys.stdout.flush()
            if "error" in frame:
                sys.stderr.write(without_steering(frame["error"]))
            code = frame.get("exit", code)
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code is None and session.should_stop():
        code = INTERRUPTED
    if code == INTERRUPTED:
        console.show_cursor()  # the owner's progress bar has hidden it
    if code is None:
        raise StoreError(f"The process that has {session.folder} open ended before this was done. Please try again.")
    return int(code)


def answer_with(
    commands: click.Command, workspace: Workspace
) -> Callable[[Frame, Callable[[Frame], None], threading.Event], None]:
    """Return the handler that runs other processes' commands and Python calls on this process's workspace."""

    def answer(request: Frame, send: Callable[[Frame], None], stop: threading.Event) -> None:
        if "call" in request:
            from touchline.overview.facade import answer_call  # only Python asks so; loading it takes half a second

            send(dict(answer_call(workspace, request["call"], request["arguments"])))
            return
        stream = _Frames(send)
        console = open_console(
            file=stream,
            width=int(request["width"]),
            force_terminal=bool(request["terminal"]),
            color_system=request["color"],
        )
        session = Session(workspace.folder, console, interactive=False, workspace=workspace, stop=stop)
        try:
            _invoke(commands, request, session)
            send({"exit": session.exit_code})
        except click.ClickException as error:
            send({"error": f"Error: {error.format_message()}\n", "exit": error.exit_code})
        except StoreError as error:
            send({"error": f"Error: {error}\n", "exit": 1})
        except OSError as error:
            send({"error": f"Error: {error.filename or 'The disk'}: {error.strerror or error}\n", "exit": 1})
        except click.exceptions.Exit as error:
            send({"exit": error.exit_code})
        except Exception as error:
            send({"error": f"Error: {unexpected(error)}\n", "exit": 1})

    return answer


def _invoke(commands: click.Command, request: Frame, session: Session) -> None:
    command: click.Command = commands
    for name in request["command"]:
        found = command.get_command(click.Context(command), name) if isinstance(command, click.Group) else None
        if found is None:
            raise click.ClickException(
                f"The running process does not know the command {name!r}; restart it after an update."
            )
        command = found
    context = click.Context(command, info_name=request["command"][-1], obj=session)
    by_name = {parameter.name: parameter for parameter in command.params}
    context.params = {
        name: by_name[name].type_cast_value(context, value) if value is not None else None
        for name, value in request["parameters"].items()
        if name in by_name
    }
    here = getattr(command.callback, "here", command.callback)
    if here is None:
        raise click.ClickException(f"{command.name} is a group of commands; say which of them.")
    with context:
        context.invoke(here, **context.params)


def _as_json(command: click.Command, name: str, value: Any) -> Any:
    """Paths become absolute: the owner has another working folder."""
    parameter = next((each for each in command.params if each.name == name), None)
    is_path = parameter is not None and isinstance(parameter.type, click.Path)
    if isinstance(value, tuple | list):
        return [_as_json(command, name, each) for each in value]
    if is_path and value is not None:
        return str(Path(value).absolute())
    return json.loads(json.dumps(value, default=str))


class _Frames(TextIOBase):
    """A text stream whose writes travel to the asking process."""

    def __init__(self, send: Callable[[Frame], None]) -> None:
        self._send = send

    def write(self, text: str) -> int:
        self._send({"out": text})
        return len(text)

    def flush(self) -> None:
        return

    def isatty(self) -> bool:
        return False
