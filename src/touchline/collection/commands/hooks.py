"""`touchline hook`: whose servers may send, and how what they send is read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from rich.text import Text

from touchline.collection import facade
from touchline.collection.commands.session import DEFAULT_ADDRESS, WIDTH, Session, say, table_of, told
from touchline.collection.facade import HookInUse, HookMapping, WriteKey
from touchline.events.facade import ROLES, MappingProposal
from touchline.ui.numbers import moment, whole

_KINDS = [door.name for door in facade.hook_kinds()]
_secret = click.option(
    "--secret",
    envvar="TOUCHLINE_HOOK_SECRET",
    help="What the sender signs with, as it shows it; better given in TOUCHLINE_HOOK_SECRET, which no history keeps.",
)
_address = click.option(
    "--address", default=DEFAULT_ADDRESS, show_default=True, help="Where senders reach Touchline, from outside."
)


@click.group("hook")
def hook_command() -> None:
    """Webhooks: what Shopify, Zendesk, Stripe or any server tells by itself as soon as it happens."""


@hook_command.command("create")
@told
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--name", help="What sends with it. Default: the kind, e.g. Shopify.")
@_secret
@_address
@click.pass_obj
def create_command(session: Session, kind: str, name: str | None, secret: str | None, address: str) -> None:
    """Make a webhook. Its address is shown this once, and so is the secret where Touchline makes it."""
    door = next(each for each in facade.hook_kinds() if each.name == kind)
    made = facade.make_hook(session.workspace, kind, name or door.title, secret)
    say(session, f"Made the webhook {made.key.id}, “{made.key.name}”. What follows is shown this once.")
    say(session, "", "Address:", f"    {address.rstrip('/')}{made.path}")
    if made.secret is not None:
        say(session, "Secret:", f"    {made.secret}")
    say(session, "")
    for number, step in enumerate(door.steps, start=1):
        say(session, f"{number}. {step}")
    if secret is None and made.secret is None:
        say(session, "", f"Until then every delivery is refused: touchline hook secret {made.key.id} --secret ...")


@hook_command.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """List the webhooks and what has come by each. Secrets are known by their last characters only."""
    hooks = facade.hooks_in_use(session.workspace.store, datetime.now(UTC).replace(tzinfo=None))
    if not hooks:
        say(session, f"There is no webhook yet. Make one: touchline hook create {'|'.join(_KINDS)}")
        return
    table = table_of("hook", "name", "kind", "secrets", "stored", "rejected", "last event", numbers=("hook", "stored"))
    for each in hooks:
        use = each.use
        last = moment(use.last_received) if use.last_received else "never"
        cells = (
            str(use.key.id),
            use.key.name,
            each.hook.kind,
            _secrets_told(each),
            whole(use.stored),
            whole(use.rejected),
        )
        table.add_row(*(Text(cell) for cell in (*cells, last)))
    session.console.print(table, width=WIDTH)
    for each in hooks:
        if each.unmapped:
            name = each.use.key.name
            say(
                session,
                f"“{name}”: {whole(each.unmapped)} wait for a mapping: touchline hook mapping {each.use.key.id}",
            )


@hook_command.command("secret")
@told
@click.argument("hook")
@_secret
@click.option(
    "--overlap-days",
    default=1,
    show_default=True,
    type=click.IntRange(0, 365),
    help="How long older secrets go on beside it; 0 ends them now.",
)
@click.pass_obj
def secret_command(session: Session, hook: str, secret: str | None, overlap_days: int) -> None:
    """Give a webhook (number or name) its secret, or a new one beside those it has. Generic ones get one made for them."""
    meant = _hook_meant(session, hook)
    made = facade.replace_secret(session.workspace, meant.id, secret, timedelta(days=overlap_days))
    say(session, f"The webhook “{meant.name}” takes what is signed with the new secret from now on.")
    if made is not None:
        say(session, "Secret, shown this once:", f"    {made}")


@hook_command.command("rotate")
@told
@click.argument("hook")
@click.option(
    "--overlap-days", default=7, show_default=True, type=click.IntRange(0, 365), help="How long the older goes on."
)
@_address
@click.pass_obj
def rotate_command(session: Session, hook: str, overlap_days: int, address: str) -> None:
    """Give a webhook (number or name) a new address, shown this once; the older one goes on for a while."""
    meant = _hook_meant(session, hook)
    token = facade.rotate_write_key(session.workspace, meant.id, timedelta(days=overlap_days))
    say(session, f"The webhook “{meant.name}” has a new address, shown this once:")
    say(session, f"    {address.rstrip('/')}/hooks/{meant.hook.kind if meant.hook else ''}/{token}")


@hook_command.command("mapping")
@told
@click.argument("hook")
@click.option(
    "--set",
    "choices",
    multiple=True,
    metavar="ROLE=FIELD",
    help="Say what a field is; ROLE= alone for no field; repeat.",
)
@click.option(
    "--confirm", is_flag=True, help="Read deliveries like this from now on, and send again those that waited."
)
@click.pass_obj
def mapping_command(session: Session, hook: str, choices: tuple[str, ...], confirm: bool) -> None:
    """Show how the fields of a webhook's deliveries become an event, correct it, and confirm it."""
    meant = _hook_meant(session, hook)
    found = facade.hook_mapping(session.workspace, meant.id, dict(_choice(each) for each in choices))
    if found.proposal is None:
        say(session, "No delivery waits, so there is nothing to propose a mapping from. Let the sender send one.")
        return
    _show(session, found, found.proposal)
    if not confirm:
        say(session, "", f"Read them like this: touchline hook mapping {meant.id} {_again(choices)}--confirm")
        return
    if found.proposal.problem:
        raise click.UsageError(found.proposal.problem)
    done = facade.confirm_mapping(session.workspace, meant.id, found.proposal.mapping)
    stored = sum(each.outcome == "stored" for each in done)
    refused = sum(each.outcome == "refused" for each in done)
    say(
        session,
        "",
        f"Confirmed. Of {whole(len(done))} that waited, {whole(stored)} were stored and {whole(refused)} were not.",
    )


@hook_command.command("revoke")
@told
@click.argument("hook")
@click.option("--yes", is_flag=True, help="Yes: what still sends to it is answered 401 from now on.")
@click.pass_obj
def revoke_command(session: Session, hook: str, yes: bool) -> None:
    """Close the address of a webhook (number or name). What came by it stays."""
    meant = _hook_meant(session, hook)
    if not yes:
        raise click.UsageError(f"What still sends to “{meant.name}” would be answered 401. Say --yes to revoke it.")
    facade.revoke_write_key(session.workspace, meant.id)
    say(session, f"The webhook “{meant.name}” is closed. What came by it stays.")


def _hook_meant(session: Session, text: str) -> WriteKey:
    found = facade.hooks_called(session.workspace.store, text)
    if not found:
        raise click.UsageError(f"There is no webhook {text!r}. `touchline hook list` shows them.")
    if len(found) > 1:
        numbers = " and ".join(str(key.id) for key in found)
        raise click.UsageError(f"{text!r} is the name of several webhooks: say {numbers}.")
    return found[0]


def _choice(written: str) -> tuple[str, str]:
    role, equals, field = (part.strip() for part in written.partition("="))
    titles = {each.title.casefold(): each.name for each in ROLES.values()}
    if not equals:
        raise click.UsageError(f"{written!r}: expected ROLE=FIELD, such as email=customer.email.")
    return titles.get(role.casefold(), role.casefold()), field


def _again(choices: tuple[str, ...]) -> str:
    return "".join(f'--set "{each}" ' for each in choices)


def _show(session: Session, found: HookMapping, proposal: MappingProposal) -> None:
    state = "This is how they are read" if found.confirmed == proposal.mapping else "Proposed"
    count = len(found.bodies)
    say(session, f"{state}, by {whole(count)} deliver{'y' if count == 1 else 'ies'}:")
    table = table_of("role", "field", "sure", "for example")
    for role in proposal.roles:
        shown = role.column or f"always {role.constant or 'the name of the webhook'}"
        cells = (role.title, shown, f"{role.confidence:.0%}", ", ".join(role.samples[:2]))
        table.add_row(*(Text(cell) for cell in cells))
    session.console.print(table, width=WIDTH)
    if proposal.unused:
        say(session, f"Not kept: {', '.join(proposal.unused)}.")
    say(session, *proposal.statements[1:], *([proposal.problem] if proposal.problem else []))


def _secrets_told(each: HookInUse) -> str:
    if each.use.key.revoked is not None:
        return f"revoked {each.use.key.revoked:%Y-%m-%d}"
    return ", ".join(f"…{secret.hint}" for secret in each.secrets) or "none yet"
