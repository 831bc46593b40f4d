"""`touchline customer`: find one customer by anything that names them, and see what happened to them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Protocol

import click
from rich.console import Console

from touchline.customers import wording
from touchline.customers.questions.customer import find_customers, timeline
from touchline.customers.questions.who import UnknownCustomerError
from touchline.customers.terminal import print_found, print_timeline
from touchline.customers.topics import TOPICS
from touchline.engine.workspace import Workspace
from touchline.events.facade import CHANNELS
from touchline.kit.utc_json import utc_text

ENTRIES = 20


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.command("customer")
@click.argument("who", required=False, default="")
@click.option("--number", type=click.IntRange(min=1), help="The customer's own number, in place of WHO.")
@click.option("--about", type=click.Choice(tuple(TOPICS)), help="Only entries about this.")
@click.option("--channel", type=click.Choice(CHANNELS), help="Only this channel.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Entries to leave out, from the latest on.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=ENTRIES, show_default=True, help="Entries to show at most."
)
@click.option("--json", "as_json", is_flag=True, help="Everything as a JSON object.")
@click.pass_obj
def customer_command(
    session: Session,
    who: str,
    number: int | None,
    about: str | None,
    channel: str | None,
    offset: int,
    limit: int,
    as_json: bool,
) -> None:
    """Show one customer across channels and devices, the latest first.

    WHO is anything that names them: an e-mail address, a phone number in any spelling, a user id, the number of an order
    or a case, the id of a browser. Where it names several, they are listed.
    """
    if number is None:
        found = find_customers(session.workspace, who)
        if not found.text:
            raise click.UsageError("Say who, such as an e-mail address, or --number and the customer's number.")
        if not found.customers:
            raise click.ClickException(wording.found_words(found))
        if len(found.customers) > 1:
            print_found(session.console, found)
            return
        number = found.customers[0].customer
    try:
        told = timeline(session.workspace, number, channel or "", about or "", offset, limit)
    except UnknownCustomerError as problem:
        raise click.ClickException(str(problem)) from None
    if as_json:
        session.console.out(json.dumps(asdict(told), default=utc_text, ensure_ascii=False, indent=1), highlight=False)
    else:
        print_timeline(session.console, told)
