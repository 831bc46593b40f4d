"""`touchline key`, `hook`, `rejections` and `collect`."""

from __future__ import annotations

import click

from touchline.collection.commands.hooks import hook_command
from touchline.collection.commands.keys import key_command
from touchline.collection.commands.rejections import rejections_command
from touchline.collection.commands.status import collect_command

COMMANDS: tuple[click.Command, ...] = (collect_command, hook_command, key_command, rejections_command)
