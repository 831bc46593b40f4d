"""`touchline import`, `imports`, `quarantine` and `watch`."""

from __future__ import annotations

import click

from touchline.events.commands.importing import import_command, imports_command
from touchline.events.commands.quarantine import quarantine_command
from touchline.events.commands.watching import watch_command

COMMANDS: tuple[click.Command, ...] = (import_command, imports_command, quarantine_command, watch_command)
