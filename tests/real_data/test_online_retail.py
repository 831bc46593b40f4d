"""The UCI Online Retail file as any CSV, through the proposed mapping; counted again here with the csv module alone."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from operator import itemgetter
from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.events.facade import FileReport, import_files
from touchline.journeys.facade import JourneyMap, Scope, TouchpointMeasures, journey_map

pytestmark = pytest.mark.data
FILE = "uci-online-retail.csv.gz"
COLUMNS = ("InvoiceNo", "InvoiceDate", "CustomerID", "Quantity", "UnitPrice")
ALL_TIME = Scope(start=date(2010, 1, 1), end=date(2012, 1, 1))


@dataclass
class Invoice:
    customer: str
    time: datetime
    total: Decimal
    lines: int


@pytest.fixture(scope="module")
def invoices(data_set: Callable[[str], Path]) -> dict[str, Invoice]:
    found: dict[str, Invoice] = {}
    amount, moment = cache(Decimal), cache(datetime.fromisoformat)
    with gzip.open(data_set(FILE), "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        told = itemgetter(*map(head.index, COLUMNS))
        for number, date_, customer, quantity, price in map(told, rows):
            time = moment(date_)
            if (invoice := found.get(number)) is None:
                invoice = found[number] = Invoice(customer, time, Decimal(0), 0)
            invoice.time = min(invoice.time, time)
            invoice.total += amount(quantity) * amount(price)
            invoice.lines += 1
    return found


@pytest.fixture(scope="module")
def imported(import_of: Callable[[str], tuple[Workspace, list[FileReport]]]) -> tuple[Workspace, FileReport]:
    workspace, [report] = import_of(FILE)
    return workspace, report


@pytest.fixture(scope="module")
def measured(imported: tuple[Workspace, FileReport]) -> JourneyMap:
    return journey_map(imported[0], ALL_TIME)


def touchpoint(measured: JourneyMap, id_: str) -> TouchpointMeasures:
    return next(found for stage in measured.stages for found in stage.touchpoints if found.id == id_)


def test_every_row_is_accounted_for(imported: tuple[Workspace, FileReport], invoices: dict[str, Invoice]) -> None:
    _, report = imported

    assert report.rows == sum(invoice.lines for invoice in invoices.values()) == 541_909
    assert (report.imported, report.quarantined, report.skipped) == (541_909, 0, 0)
    assert report.with_customer == sum(invoice.lines for invoice in invoices.values() if invoice.customer)


def test_the_report_says_what_was_assumed(imported: tuple[Workspace, FileReport]) -> None:
    notes = imported[1].notes

    assert "Times carry no zone and are read as Europe/London." in notes
    assert "Amounts carry no currency and are taken as GBP." in notes
    assert any(note.startswith("Rows sharing InvoiceNo become one event") for note in notes)
    assert any("name no customer" in note for note in notes)


def test_orders_refunds_and_revenue(imported: tuple[Workspace, FileReport], invoices: dict[str, Invoice]) -> None:
    found = imported[0].store.rows(
        "select name, count(*) as events, sum(value) as value, min(currency), max(currency)"
        " from events join kinds using (kind) group by name order by name"
    )
    orders = [invoice.total for invoice in invoices.values() if invoice.total >= 0]
    refunds = [invoice.total for invoice in invoices.values() if invoice.total < 0]

    assert [tuple(row) for row in found] == [
        ("Order Completed", len(orders), sum(orders), "GBP", "GBP"),
        ("Order Refunded", len(refunds), sum(refunds), "GBP", "GBP"),
    ]


def test_customers_and_what_they_spent(
    imported: tuple[Workspace, FileReport], measured: JourneyMap, invoices: dict[str, Invoice]
) -> None:
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for invoice in invoices.values():
        if invoice.customer:
            spent[invoice.customer.removesuffix(".0")] += invoice.total
    found = imported[0].store.rows(
        "select identifiers.value, sum(events.value) from events join identifiers on identifier = who"
        " where type = 'external_id' group by identifiers.value"
    )

    assert {row[0]: row[1] for row in found} == spent
    assert measured.customers == len(spent) == 4_372


def test_rows_without_a_customer_belong_to_nobody(
    imported: tuple[Workspace, FileReport], invoices: dict[str, Invoice]
) -> None:
    store = imported[0].store
    bad_debt = "select count(*), count(who) from events where list_any_value(objects).id like 'A%'"

    assert store.value("select count(*) from events where who is null") == sum(
        not i.customer for i in invoices.values()
    )
    assert tuple(store.rows(bad_debt)[0]) == (3, 0)


def test_first_and_repeat_orders(measured: JourneyMap, invoices: dict[str, Invoice]) -> None:
    orders: dict[str, int] = defaultdict(int)
    for invoice in invoices.values():
        if invoice.customer and invoice.total >= 0:
            orders[invoice.customer] += 1

    first, repeat = touchpoint(measured, "first-order"), touchpoint(measured, "repeat-order")
    assert (first.customers, first.events) == (len(orders), len(orders))
    assert repeat.customers == sum(count > 1 for count in orders.values())
    assert repeat.events == sum(count - 1 for count in orders.values())


def test_the_revenue_on_the_map_is_that_of_the_known_customers(
    measured: JourneyMap, invoices: dict[str, Invoice]
) -> None:
    shown = [touchpoint(measured, id_).values for id_ in ("first-order", "repeat-order", "cancellation", "return")]
    known = [invoice.total for invoice in invoices.values() if invoice.customer]

    assert {money.currency for values in shown for money in values} == {"GBP"}
    assert sum(money.amount for values in shown[:2] for money in values) == sum(total for total in known if total >= 0)
    assert sum(money.amount for values in shown[2:] for money in values) == sum(total for total in known if total < 0)


def test_cancellations_come_within_a_day_of_an_order_and_returns_later(
    measured: JourneyMap, invoices: dict[str, Invoice]
) -> None:
    ordered: dict[str, list[datetime]] = defaultdict(list)
    for invoice in invoices.values():
        if invoice.customer and invoice.total >= 0:
            ordered[invoice.customer].append(invoice.time)
    cancelled, returned = set(), set()
    for invoice in invoices.values():
        if invoice.customer and invoice.total < 0:
            waits = [invoice.time - order for order in ordered[invoice.customer]]
            soon = any(timedelta(0) <= wait <= timedelta(days=1) for wait in waits)
            (cancelled if soon else returned).add(invoice.customer)

    assert touchpoint(measured, "cancellation").customers == len(cancelled) > 300
    assert touchpoint(measured, "return").customers == len(returned) > 1_000


def test_the_guide_shows_these_numbers(measured: JourneyMap) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "online-retail.md").read_text("utf-8")
    shown = dict(re.findall(r"^\| ([\w& ]+) \| .* \| ([\d,]+) \|$", guide, re.MULTILINE))

    found = [touchpoint(measured, id_) for id_ in ("first-order", "repeat-order", "cancellation", "return")]
    assert shown == {place.name: f"{place.customers:,}" for place in found}


def test_importing_it_again_changes_nothing(imported: tuple[Workspace, FileReport]) -> None:
    workspace, report = imported
    before = workspace.store.rows("select count(*), sum(value) from events")

    [again] = import_files(workspace, [report.file], accept_proposals=True)

    assert (again.imported, again.updated) == (0, 0)
    assert workspace.store.rows("select count(*), sum(value) from events") == before
