"""`touchline identity`: how good identities are; `touchline accounts`: the organisations that customers belong to."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Protocol

import click
from rich.console import Console

from touchline.customers import facade
from touchline.customers.quality_terminal import print_accounts, print_members, print_quality
from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Workspace
from touchline.kit.utc_json import utc_text

LISTED = 50
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


class Session(Protocol):
    """What the command line gives a command."""

    console: Console

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""


@click.command("identity")
@click.option("--month", default="", help="Whose audit is shown, e.g. 2026-03. Default: this one.")
@click.option("--json", "as_json", is_flag=True, help="Everything as a JSON object.")
@click.pass_obj
def identity_command(session: Session, month: str, as_json: bool) -> None:
    """Show how good identities are: how many joins are wrong, what hangs on weaker links, what guards refused.

    Pairs are judged, and links taken back, on the page Identity.
    """
    if month and not MONTH.fullmatch(month):
        raise click.UsageError(f"--month: “{month}” is not a month such as 2026-03.")
    quality = facade.identity_quality(session.workspace, month)
    if as_json:
        session.console.out(
            json.dumps(asdict(quality), default=utc_text, ensure_ascii=False, indent=1), highlight=False
        )
    else:
        print_quality(session.console, quality)


@click.command("accounts")
@click.argument("search", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="Everything as a JSON object.")
@click.pass_obj
def accounts_command(session: Session, search: str, as_json: bool) -> None:
    """List accounts, the organisations that customers belong to, those with most members first.

    SEARCH is a part of an account's name or id. Where one account alone is found, its members are listed with why they
    belong to it.
    """
    facade.resolve(session.workspace)
    bring_up_to_date(session.workspace)
    found, total = facade.accounts(session.workspace, search, 0, LISTED)
    members = facade.members_of(session.workspace, found[0].number, 0, LISTED) if len(found) == 1 else []
    if as_json:
        told = {
            "total": total,
            "accounts": [asdict(each) for each in found],
            "members": [asdict(each) for each in members],
        }
        session.console.out(json.dumps(told, default=utc_text, ensure_ascii=False, indent=1), highlight=False)
        return
    print_accounts(session.console, found, total, search)
    if members:
        print_members(session.console, members)
