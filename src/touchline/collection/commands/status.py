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
    valid = [each for each in keys if each.key.revoked is None]
    hours = facade.arrivals(workspace.store, [each.key.import_id for each in keys], now, timedelta(hours=1), 24)
    rejected = sum(each.rejected for each in keys)
    stored = sum(each.stored for each in keys)
    say(
        session,
        journal_told(collector.state() if collector else None),
        f"{whole(len(valid))} write key{'s' * (len(valid) != 1)} in use: touchline key list",
        f"Stored: {whole(stored)} event{'s' * (stored != 1)}, of which"
        f" {whole(sum(each.total for each in hours.values()))} in the last 24 hours;"
        f" {whole(sum(each.repeated for each in keys))} more had been received before.",
        f"Rejected and waiting for a look: {whole(rejected)}." + (" touchline rejections list" if rejected else ""),
        consent_told(workspace.settings),
    )
