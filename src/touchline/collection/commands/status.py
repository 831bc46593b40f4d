"""`touchline collect`: how collecting goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click

from touchline.collection import facade
from touchline.collection.commands.session import Session, say
from touchline.collection.tasks import collector_at
from touchline.collection.wording import consent_told, journal_told
from touchline.ui.numbers import whole


@click.group("collect")
def collect_command() -> None:
    """Collecting events while they happen."""


@collect_command.command("status")
@click.pass_obj
def status_command(session: Session) -> None:
    """Say whether events are collected, what has come, and what waits."""
    workspace = session.workspace
    collector = collector_at(workspace.folder)
    now = datetime.now(UTC).replace(tzinfo=None)
    keys = facade.keys_in_use(workspace.store, now)
    hooks = [each.use for each in facade.hooks_in_use(workspace.store, now)]
    senders = [*keys, *hooks]
    valid, open_hooks = ([each for each in some if each.key.revoked is None] for some in (keys, hooks))
    hours = facade.arrivals(workspace.store, [each.key.import_id for each in senders], now, timedelta(hours=1), 24)
    rejected = sum(each.rejected for each in senders)
    stored = sum(each.stored for each in senders)
    say(
        session,
        journal_told(collector.state() if collector else None),
        f"{whole(len(valid))} write key{'s' * (len(valid) != 1)} in use: touchline key list",
        f"{whole(len(open_hooks))} webhook{'s' * (len(open_hooks) != 1)} open: touchline hook list",
        f"Stored: {whole(stored)} event{'s' * (stored != 1)}, of which"
        f" {whole(sum(each.total for each in hours.values()))} in the last 24 hours;"
        f" {whole(sum(each.repeated for each in senders))} more had been received before.",
        f"Rejected and waiting for a look: {whole(rejected)}." + (" touchline rejections list" if rejected else ""),
        consent_told(workspace.settings),
    )
