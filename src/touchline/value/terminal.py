"""Value in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from touchline.ui.numbers import whole
from touchline.value import contract_wording, wording
from touchline.value.rules.report import GroupFigures, ValueReport


def print_value(console: Console, report: ValueReport) -> None:
    """Print everything the page shows; of the curve, some days."""
    if report.refusal:
        console.print(Text(report.refusal))
    else:
        _print_figures(console, report)
    if report.contracts:
        horizon = next(each.shown for each in report.assumptions if each.name == "horizon_months")
        _heading(console, "Contracts")
        for sentence in contract_wording.contract_sentences(report.contracts, horizon):
            console.print(Text(sentence))
        _table(console, contract_wording.HEADS, contract_wording.contract_rows(report.contracts))
    _heading(console, "What amounts rest on")
    origin = {True: "usual", False: "yours"}
    _table(
        console,
        ("Assumption", "Value", "", "Because"),
        ((each.title, each.shown, origin[each.is_default], each.provenance) for each in report.assumptions),
    )
    console.print(Text("Set them with --set, such as: touchline value --set margin=35%", "dim"))


def _print_figures(console: Console, report: ValueReport) -> None:
    horizon = next(each.shown for each in report.assumptions if each.name == "horizon_months")
    console.print(Text(wording.summary(report)))
    for tile in wording.tiles(report, horizon):
        line = Text(f"\n{tile.name}: ").append(tile.value, "bold")
        console.print(line.append(f"  {tile.interval}" if tile.interval else ""))
        console.print(Text(f"  {tile.note}", "dim"))
    console.print()
    for sentence in (report.backtest, *report.notes):
        console.print(Text(sentence))
    _heading(console, f"Group by group: margin still to come within {horizon}")
    _table(
        console,
        ("Customers with", "Customers", "Each", "Together", "Lapsed"),
        (_cells(each, report) for each in (*report.by_orders, *report.segments)),
    )
    _heading(console, "How long customers go on buying")
    console.print(Text(wording.bought_for_words(report) or report.curve_why))
    _table(
        console,
        ("Days since the first order", "Still buy", "95% interval", "Followed"),
        (
            (str(day), f"{100 * point.share:.1f}%", wording.band_words(point), whole(point.followed))
            for day, point in wording.listed(report.curve)
        ),
    )
    if report.silence:
        console.print(Text(report.silence))


def _cells(group: GroupFigures, report: ValueReport) -> tuple[str, ...]:
    if group.together is None:
        return group.name, whole(group.customers), group.why
    return (
        group.name,
        whole(group.customers),
        wording.amount_words(group.each, report.currency),
        wording.large_amount_words(group.together, report.currency),
        wording.share_words(group.lapsed),
    )


def _heading(console: Console, text: str) -> None:
    console.print(Text(f"\n{text}", "bold"))


def _table(console: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(box=None, pad_edge=False, show_header=any(heads))
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    if table.row_count:
        console.print(table)
