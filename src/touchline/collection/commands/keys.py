"""`touchline key`: who may send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from rich.text import Text

from touchline.collection import facade
from touchline.collection.actions.write_keys import OVERLAP_DAYS
from touchline.collection.commands.session import DEFAULT_ADDRESS, WIDTH, Session, key_meant, say, table_of, told
from touchline.collection.facade import KeyInUse, WriteKey
from touchline.collection.rules.snippets import script_tag
from touchline.collection.rules.write_keys import EVENTS_PER_SECOND
from touchline.ui.numbers import moment, whole


@click.group("key")
def key_command() -> None:
    """Write keys: what lets a site, an app or a server send events, and nothing else."""


_address = click.option(
    "--address",
    default=DEFAULT_ADDRESS,
    show_default=True,
    help="Where pages reach Touchline, for the script tag that is printed.",
)


@key_command.command("create")
@told
@click.argument("name")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    help="A site whose pages may send, e.g. https://shop.example; repeat for several, * for any. None: servers only.",
)
@click.option("--events-per-second", default=EVENTS_PER_SECOND, show_default=True, type=int, help="How much may come.")
@_address
@click.pass_obj
def create_command(session: Session, name: str, origins: tuple[str, ...], events_per_second: int, address: str) -> None:
    """Make a write key. Its token is shown this once."""
    key, token = facade.make_write_key(session.workspace, name, origins, events_per_second)
    say(session, f"Made the write key {key.id}, “{key.name}”. {_origins_told(key)}")
    _show_token(session, key, token, address)


@key_command.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """List the write keys and what has come by each. Tokens are known by their last characters only."""
    keys = facade.keys_in_use(session.workspace.store, datetime.now(UTC).replace(tzinfo=None))
    if not keys:
        say(session, "There is no write key yet. Make one: touchline key create NAME --origin https://YOUR-SHOP")
        return
    table = table_of("key", "name", "tokens", "stored", "rejected", "last event", numbers=("key", "stored", "rejected"))
    for each in keys:
        last = moment(each.last_received) if each.last_received else "never"
        cells = (str(each.key.id), each.key.name, _tokens(each), whole(each.stored), whole(each.rejected), last)
        table.add_row(*(Text(cell) for cell in cells))
    session.console.print(table, width=WIDTH)


@key_command.command("rotate")
@told
@click.argument("key")
@click.option(
    "--overlap-days",
    default=OVERLAP_DAYS,
    show_default=True,
    type=click.IntRange(0, 365),
    help="How long the older token goes on, so that nothing is lost while pages are updated; 0 ends it now.",
)
@_address
@click.pass_obj
def rotate_command(session: Session, key: str, overlap_days: int, address: str) -> None:
    """Give a write key (number or name) a new token, shown this once."""
    meant = key_meant(session, key)
    token = facade.rotate_write_key(session.workspace, meant.id, timedelta(days=overlap_days))
    goes_on = f"goes on for {overlap_days} day{'s' * (overlap_days != 1)}" if overlap_days else "opens nothing any more"
    say(session, f"The write key “{meant.name}” has a new token; the older one {goes_on}.")
    _show_token(session, meant, token, address)


@key_command.command("change")
@told
@click.argument("key")
@click.option(
    "--origin", "origins", multiple=True, help="A site whose pages may send, instead of those before; repeat."
)
@click.option("--no-origins", is_flag=True, help="No page may send any more: servers only.")
@click.option("--events-per-second", type=int, help="How much may come.")
@click.pass_obj
def change_command(
    session: Session, key: str, origins: tuple[str, ...], no_origins: bool, events_per_second: int | None
) -> None:
    """Change which pages may send with a write key (number or name), or how much."""
    meant = key_meant(session, key)
    if not origins and not no_origins and events_per_second is None:
        raise click.UsageError("Say what changes: --origin, --no-origins or --events-per-second.")
    wanted = () if no_origins else origins or meant.origins
    rate = meant.events_per_second if events_per_second is None else events_per_second
    changed = facade.change_write_key(session.workspace, meant.id, wanted, rate)
    say(
        session,
        f"The write key “{changed.name}” takes {changed.events_per_second:,} events a second. {_origins_told(changed)}",
    )


@key_command.command("revoke")
@told
@click.argument("key")
@click.option("--yes", is_flag=True, help="Yes: what still sends with it is answered 401 from now on.")
@click.pass_obj
def revoke_command(session: Session, key: str, yes: bool) -> None:
    """Let a write key (number or name) open nothing any more. What came by it stays."""
    meant = key_meant(session, key)
    if not yes:
        raise click.UsageError(
            f"Whatever still sends with “{meant.name}” loses its events from then on, and this cannot be taken back."
            " Say --yes if that is meant, or rotate it."
        )
    facade.revoke_write_key(session.workspace, meant.id)
    say(session, f"The write key “{meant.name}” opens nothing any more.")


def _show_token(session: Session, key: WriteKey, token: str, address: str) -> None:
    say(session, "Its token, which nobody can show again:", "", f"    {token}", "")
    if key.origins:
        say(session, "Into the head of every page:", "", f"    {script_tag(address.rstrip('/'), token)}")
    else:
        say(session, f"Senders use it as write key, with {address.rstrip('/')} as host.")


def _origins_told(key: WriteKey) -> str:
    if not key.origins:
        return "No page may send with it, servers may."
    return (
        "Any page may send with it." if "*" in key.origins else f"Pages of {', '.join(key.origins)} may send with it."
    )


def _tokens(each: KeyInUse) -> str:
    if each.key.revoked is not None:
        return f"revoked {each.key.revoked:%Y-%m-%d}"
    return ", ".join(
        f"…{token.hint}" + (f" until {token.expires:%Y-%m-%d}" if token.expires else "") for token in each.tokens
    )
