"""What the command line gives a command of collecting, and what its commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import click
from rich.console import Console
from rich.table import Table

from touchline.collection import facade
from touchline.collection.facade import OriginError, WriteKey, WriteKeyError
from touchline.engine.workspace import Workspace
from touchline.events.facade import MappingError

WIDTH = 80
DEFAULT_ADDRESS = "http://127.0.0.1:8000"


class Session(Protocol):
    """What the command line gives a command."""

    console: Console
    exit_code: int

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        ...

    def should_stop(self) -> bool:
        """Whether the user asked to stop."""
        ...


def told(command: Callable[..., None]) -> Callable[..., None]:
    """What cannot be done is told as wrong usage."""

    def run(*args: Any, **parameters: Any) -> None:
        try:
            command(*args, **parameters)
        except (WriteKeyError, OriginError, MappingError) as problem:
            raise click.UsageError(str(problem)) from None

    run.__doc__ = command.__doc__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return run


def say(session: Session, *sentences: str) -> None:
    """Print sentences as they are, one a line."""
    for sentence in sentences:
        session.console.print(sentence, markup=False, highlight=False, soft_wrap=True)


def table_of(*headers: str, numbers: Sequence[str] = ()) -> Table:
    """Make a table without lines; `numbers` stand to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for header in headers:
        is_number = header in numbers
        table.add_column(header, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold")
    return table


def key_meant(session: Session, text: str) -> WriteKey:
    """The write key of a number or name. Raises UsageError when there is none, or more than one."""
    found = facade.write_keys_called(session.workspace.store, text)
    if not found:
        raise click.UsageError(f"There is no write key {text!r}. `touchline key list` shows them.")
    if len(found) > 1:
        numbers = " and ".join(str(key.id) for key in found)
        raise click.UsageError(f"{text!r} is the name of several write keys: say {numbers}.")
    return found[0]
