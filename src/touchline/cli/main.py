"""`touchline`: gathers every capability's commands and runs them on a workspace.

Exit codes: 0 done, 1 the data or the store cannot be used as asked, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Callable, Mapping
from copy import copy
from pathlib import Path
from typing import Any

import click

import touchline
from touchline.cli.console import open_console, unexpected, without_steering
from touchline.cli.joined import answer_with, run_in_owner
from touchline.cli.session import Session
from touchline.engine.joining import Owner
from touchline.engine.journal import JournalError
from touchline.engine.store import StoreError, StoreInUseError

DEFAULT_FOLDER = "touchline-workspace"


class CommandLine(click.Group):
    """Commands that are loaded when they are used: all of them take a second, `--help` needs none."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._offered: dict[str, tuple[str, Callable[[], None]]] = {}

    def offer(self, sentences: Mapping[str, str], load: Callable[[], None]) -> None:
        """Take commands by name, with the sentence in the help of each; `load` adds them."""
        self._offered |= {name: (sentence, load) for name, sentence in sentences.items()}

    def list_commands(self, _context: click.Context) -> list[str]:
        """All names, in the order of the alphabet."""
        return sorted({*self.commands, *self._offered})

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command of this name, loaded."""
        if name not in self.commands and name in self._offered:
            self._offered[name][1]()
        return self.commands.get(name)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what there is with a sentence each."""
        rows = [(name, self._sentence(name)) for name in self.list_commands(context)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _sentence(self, name: str) -> str:
        if name in self._offered:
            return self._offered[name][0]
        return in_short(self.commands[name])


def in_short(command: click.Command) -> str:
    """The sentence that `--help` says of a command."""
    return command.short_help or (command.help or "").strip().partition("\n")[0]


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
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
        from touchline.collection.tasks import store_left_behind  # help needs none of it

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


def gather(group: CommandLine) -> None:
    """Offer the commands of every capability: its `commands` module has them as COMMANDS.

    Where the capability itself has COMMANDS too, a sentence by name, they are loaded when one of them is used.
    """
    for module in pkgutil.iter_modules(touchline.__path__):
        if not module.ispkg or importlib.util.find_spec(f"touchline.{module.name}.commands") is None:
            continue
        load = functools.partial(_load, group, f"touchline.{module.name}.commands")
        sentences = getattr(importlib.import_module(f"touchline.{module.name}"), "COMMANDS", None)
        if sentences is None:
            load()
        else:
            group.offer(sentences, load)


def _load(group: CommandLine, module: str) -> None:
    for command in importlib.import_module(module).COMMANDS:
        group.add_command(command if module.startswith("touchline.cli.") else on_workspace(command, [command.name]))


def commands() -> CommandLine:
    """Return the whole command line."""
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
