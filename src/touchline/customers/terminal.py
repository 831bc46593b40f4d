"""One customer in the terminal: how they stand, and what happened, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table

from touchline.customers import wording
from touchline.customers.questions.customer import Timeline
from touchline.customers.questions.search import Search
from touchline.customers.rules.folding import ConsentChange
from touchline.customers.rules.timeline import TYPE_NAMES, Entry
from touchline.customers.wording import counted

_WIDEST: Final = 110
_LONGEST_LANE: Final = 8


def print_found(console: Console, found: Search) -> None:
    """List the customers that a search found."""
    console.print(wording.found_words(found), soft_wrap=True)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("Number", "Customer", "Found by", "Last visit"):
        table.add_column(head, overflow="fold")
    for each in found.customers:
        matched = ", ".join(match.value for match in each.matched)
        table.add_row(f"#{each.customer}", each.name, matched, wording.seen_words(each.last_seen))
    console.print(table, width=min(console.width, _WIDEST))
    console.print(f"One of them: touchline customer --number {found.customers[0].customer}", soft_wrap=True)


def print_timeline(console: Console, told: Timeline) -> None:
    """Print a customer with the entries of one page."""
    standing = told.standing
    console.print(f"{told.who.name} (customer #{told.who.customer})", style="bold", soft_wrap=True)
    for note in told.notes:
        console.print(note, soft_wrap=True)
    for type_, words in TYPE_NAMES.items():
        values = [each.value for each in told.who.identifiers if each.type == type_]
        if values:
            console.print(f"{words.capitalize()}: {', '.join(values)}", soft_wrap=True)
    first, last = wording.seen_words(standing.first_seen), wording.seen_words(standing.last_seen)
    console.print(
        f"First seen {first}, last seen {last}: {counted(standing.events, 'event')}, {counted(standing.visits, 'visit')}"
        f" in {counted(standing.journeys, 'journey')}.",
        soft_wrap=True,
    )
    worth = f", worth {wording.worth_words(standing.worth)} after refunds" if standing.orders_placed else ""
    console.print(
        f"{counted(standing.orders_placed, 'order')}{worth}. Latest score: {wording.latest_score(standing)}"
        f" ({counted(len(standing.answers), 'answer')}).",
        soft_wrap=True,
    )
    _print_lane(console, "Accounts", (each.account_name for each in told.accounts))
    _print_lane(
        console, "Orders", (f"{each.id} {each.status}: {wording.order_words(each)}" for each in standing.orders)
    )
    _print_lane(console, "Cases", (f"{each.id} {each.status}: {wording.case_words(each)}" for each in standing.cases))
    _print_lane(console, "Consent", map(wording.consent_words, standing.consent))
    _print_entries(console, told)


def _print_lane(console: Console, title: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    if lines:
        console.print(f"\n{title}", style="bold")
    for line in lines[:_LONGEST_LANE]:
        console.print(f"  {line}", soft_wrap=True)
    if len(lines) > _LONGEST_LANE:
        console.print(f"  and {len(lines) - _LONGEST_LANE} more")


def _print_entries(console: Console, told: Timeline) -> None:
    page = told.page
    day = None
    for entry in page.entries:
        if entry.time.date() != day:
            day = entry.time.date()
            console.print(f"\n{wording.day_words(day)}", style="bold")
        console.print(f"  {entry.time:%H:%M}  {_line(entry, told.standing.consent_history)}", soft_wrap=True)
        for event in entry.events:
            if event.text:
                console.print(f"         “{event.text}”", soft_wrap=True)
    shown = page.offset + len(page.entries)
    if shown < page.total:
        console.print(f"\n{page.total - shown} earlier entries; go on with --offset {shown}.")


def _line(entry: Entry, history: Sequence[ConsentChange]) -> str:
    """'Basket · Website, Desktop · 2 events', or what the one event was about."""
    where = ", ".join(part for part in (wording.channel_name(entry.channel), wording.device_name(entry.device)) if part)
    first = entry.events[0] if entry.events else None
    if entry.event_count > 1 or first is None:
        about = counted(entry.event_count, "event")
    else:
        name = first.name if entry.touchpoint else ""
        consent = wording.consent_at(first.time, history) if first.topic == "consent" else ""
        said = (name, wording.score_words(first), consent or wording.event_particulars(first))
        about = " ".join(part for part in said if part)
    return " · ".join(part for part in (wording.entry_title(entry), where, about) if part)
