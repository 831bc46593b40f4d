"""What the command line gives a command of events, and how a command says that the data cannot be used."""

from __future__ import annotations

import threading
from typing import Protocol

import click
from rich.console import Console

from touchline.engine.workspace import Workspace


class Session(Protocol):
    """What the command line gives a command."""

    console: Console
    interactive: bool
    exit_code: int

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        ...

    def should_stop(self) -> bool:
        """Whether the user asked to stop."""
        ...

    def stopping(self) -> threading.Event:
        """What is set once the user asked to stop."""
        ...


class DataError(click.ClickException):
    """The data cannot be used as asked."""

    exit_code = 1
