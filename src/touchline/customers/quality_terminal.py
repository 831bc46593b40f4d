"""The quality of identities, and accounts, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from rich.console import Console
from rich.table import Table

from touchline.customers import quality_words
from touchline.customers.questions.accounts import Account, Membership
from touchline.customers.rules.quality import IdentityQuality
from touchline.customers.rules.timeline import TYPE_NAMES
from touchline.formulas.identity_error import ALARM_NAMES, ALARM_ORDERS
from touchline.ui.numbers import whole

_WIDEST: Final = 120
_LISTED: Final = 10


def print_quality(console: Console, quality: IdentityQuality) -> None:
    """Print everything the page shows, lists cut short."""
    console.print(quality_words.summary(quality), soft_wrap=True)
    audit = quality.audit
    _heading(console, "How many joins are wrong")
    console.print(quality_words.overall_words(audit.overall), soft_wrap=True)
    console.print(quality_words.queue_words(audit), soft_wrap=True)
    _table(
        console,
        ("Joined because of", "Pairs", "Wrong"),
        (
            (quality_words.rule_words(each.rule), whole(each.pairs), quality_words.error_words(each.error))
            for each in audit.rules
        ),
    )
    _heading(console, "What hangs on the weaker links")
    _table(
        console,
        ("Number", "As it is", "Strong identifiers only"),
        ((each.name, each.now, each.strong_only) for each in quality_words.headline_words(quality.headlines)),
    )
    _heading(console, "Customers by the number of their identifiers")
    _table(
        console,
        ("Identifiers", "Customers"),
        ((band.label, whole(band.customers)) for band in quality.sizes if band.customers),
    )
    _heading(console, f"More than {ALARM_NAMES} names and browsers, or {ALARM_ORDERS} orders and cases")
    _table(
        console,
        ("Customer", "Names", "Browsers", "Orders and cases"),
        (
            (f"{each.called} (#{each.customer})", whole(each.names), whole(each.browsers), whole(each.orders))
            for each in quality.alarms[:_LISTED]
        ),
    )
    _heading(console, "Customers with two numbers of one kind")
    _table(
        console,
        ("Customer", "Has several", "Values"),
        (
            (f"{each.called} (#{each.customer})", f"{TYPE_NAMES[each.type]}s", ", ".join(each.values))
            for each in quality.canaries[:_LISTED]
        ),
    )
    _heading(console, "Identifiers kept from joining people")
    _table(
        console,
        ("Guard", "What", "Identifiers"),
        ((each.guard, TYPE_NAMES[each.type], whole(each.identifiers)) for each in quality.refused),
    )


def print_accounts(console: Console, found: Sequence[Account], total: int, search: str) -> None:
    """List accounts."""
    if not found:
        told = (
            f"No account has “{search}” in its name or id."
            if search
            else "No account is named by any event or profile."
        )
        console.print(told, soft_wrap=True)
        return
    if total > len(found):
        console.print(f"{len(found)} of {whole(total)} accounts, those with most members:", soft_wrap=True)
    _table(
        console,
        ("Account", "Members", "Visits", "First named", "Last named"),
        (
            (each.name, whole(each.members), whole(each.visits), _day(each.first_seen), _day(each.last_seen))
            for each in found
        ),
    )


def print_members(console: Console, members: Iterable[Membership]) -> None:
    """List who belongs to an account and why."""
    _heading(console, "Members")
    _table(
        console,
        ("Customer", "Why", "Since", "Visits"),
        (
            (
                f"{each.member} (#{each.customer})",
                quality_words.membership_words(each),
                _day(each.since),
                whole(each.visits),
            )
            for each in members
        ),
    )


def _heading(console: Console, text: str) -> None:
    console.print(f"\n{text}", style="bold", soft_wrap=True)


def _table(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*row)
    if table.row_count:
        console.print(table, width=min(console.width, _WIDEST))
    else:
        console.print("none")


def _day(time: datetime | None) -> str:
    return "not dated" if time is None else f"{time.day} {time:%b %Y}"
