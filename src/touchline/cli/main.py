"""`touchline`: gathers every capability's commands and runs them on a workspace.

Exit codes: 0 done, 1 the data or the store cannot be used as asked, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
import sys
from copy import copy
from pathlib import Path
from typing import Any

import click

import touchline
from touchline.cli.console import open_console, unexpected, without_steering
from touchline.cli.joined import answer_with, run_in_owner
from touchline.cli.session import Session
from touchline.cli.workspace_commands import demo, init, serve
from touchline.collection.tasks import store_left_behind
from touchline.engine.joining import Owner
from touchline.engine.journal import JournalError
from touchline.engine.store import StoreError, StoreInUseError

DEFAULT_FOLDER = "touchline-workspace"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(touchline.__version__, prog_name="touchline")
@click.option(
    "--workspace",
    "-w",
    type=click.Path(path_type=Path),
    default=DEFAULT_FOLDER,
    envvar="TOUCHLINE_WORKSPACE",
    show_default=True,
    help="Folder with the store, the journey definition and the settings.",
)
@click.pass_context
def touchline_command(context: click.Context, workspace: Path) -> None:
    """From the exports you already have to a measured journey map."""
    console = open_console()
    context.obj = Session(workspace, console, interactive=sys.stdin.isatty() and console.is_terminal)


def on_workspace(command: click.Command, path: list[str]) -> click.Command:
    """A copy of a command that runs where the store is: here, or in the process that has it open."""
    command = copy(command)
    if isinstance(command, click.Group):
        command.commands = {name: on_workspace(each, [*path, name]) for name, each in command.commands.items()}
        return command
    here = command.callback
    if here is None:
        return command

    @functools.wraps(here)
    def run(*args: Any, **parameters: Any) -> None:
        context = click.get_current_context()
        session: Session = context.obj
        try:
            workspace = session.workspace
        except StoreInUseError:
            context.exit(run_in_owner(session, command, path, context.params))
        store_left_behind(workspace)
        owner = Owner(workspace.folder, answer_with(touchline_command, workspace))
        owner.start()
        try:
            context.invoke(here, *args, **parameters)
        finally:
            owner.stop()
            session.close()
        context.exit(session.exit_code)

    run.here = here  # type: ignore[attr-defined]
    command.callback = run
    return command


def gather(group: click.Group) -> None:
    """Add the commands of every capability: each `commands` module offers COMMANDS."""
    for module in pkgutil.iter_modules(touchline.__path__):
        if not module.ispkg or importlib.util.find_spec(f"touchline.{module.name}.commands") is None:
            continue
        for command in importlib.import_module(f"touchline.{module.name}.commands").COMMANDS:
            group.add_command(on_workspace(command, [command.name]))


def commands() -> click.Group:
    """Return the whole command line."""
    for command in (init, serve, demo):
        touchline_command.add_command(command)
    gather(touchline_command)
    return touchline_command


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; never shows a traceback for what a user or a file can cause."""
    try:
        sys.exit(commands().main(args=arguments, prog_name="touchline", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except StoreError as error:
        _show_error(str(error))
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)  # the reader of our output (head, less) has seen enough
    except JournalError as error:
        _show_error(str(error))
        sys.exit(1)
    except OSError as error:  # a full disk, a folder without permission
        _show_error(f"{error.filename or 'The disk'}: {error.strerror or error}")
        sys.exit(1)
    except Exception as error:
        _show_error(unexpected(error))
        sys.exit(1)


def _show_error(sentence: str) -> None:
    click.echo(without_steering(f"Error: {sentence}"), err=True)
