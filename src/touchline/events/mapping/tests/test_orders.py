"""Lines of orders fold into one event per order, wherever in the file they stand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from touchline.events.mapping import Mapping, apply
from touchline.events.readers.sheet import Batch
from touchline.events.sources.protocol import Context

CONTEXT = Context(zone=ZoneInfo("UTC"), currency="GBP", file="orders.csv", columns=())
ORDERS = Mapping(
    {"time": "at", "external_id": "who", "order": "no", "product": "item", "quantity": "n", "unit_price": "each"},
    name="Order Completed",
    one_event_per="order",
    kept=("country",),
)
HEADER = ("at", "who", "no", "item", "n", "each", "country")


def folded(mapping: Mapping, *rows: str, rows_each: int = 100) -> tuple[list[dict[str, Any]], list[str]]:
    """Events as rows, and the reasons of the refused; each given row is 'at who no item n each country'."""
    cells = [[None if cell == "-" else cell for cell in row.split()] for row in rows]
    parts = []
    for start in range(0, len(cells), rows_each):
        columns = zip(*cells[start : start + rows_each], strict=True)
        table = pa.table([pa.array(column, pa.string()) for column in columns], names=HEADER)
        parts.append(Batch(table, np.arange(start + 2, start + 2 + table.num_rows), 0))
    applied = list(apply(mapping, iter(parts), CONTEXT))
    return (
        [row for part in applied for row in part.staged.to_pylist()],
        [refused.reason for part in applied for refused in part.refused],
    )


def test_an_order_has_the_earliest_time_the_sum_and_its_products_once() -> None:
    rows = (
        "2026-01-01T10:05 7 A1 pen 2 1.25 UK",
        "2026-01-02T09:00 8 A2 ink 1 9.99 DE",
        "2026-01-01T10:00 7 A1 ink 1 9.99 UK",
        "2026-01-01T10:05 7 A1 pen 1 1.25 UK",
    )

    for rows_each in (100, 1):
        [first, second], refused = folded(ORDERS, *rows, rows_each=rows_each)

        assert refused == []
        assert (first["name"], first["time"], first["line"]) == (
            "Order Completed",
            datetime.fromisoformat("2026-01-01 10:00"),
            2,
        )
        assert (first["value"], first["currency"]) == (Decimal("13.7400"), "GBP")
        assert (first["external_id"], first["order_id"], first["rows"]) == ("7", "A1", 3)
        assert [(found["type"], found["id"]) for found in first["objects"]] == [
            ("order", "A1"),
            ("product", "pen"),
            ("product", "ink"),
        ]
        assert json.loads(first["properties"]) == {"country": "UK", "lines": 3}
        assert (second["order_id"], second["value"], second["rows"]) == ("A2", Decimal("9.9900"), 1)


def test_a_negative_total_is_a_refund_and_stays_negative() -> None:
    [refund, free], _ = folded(ORDERS, "2026-01-03 7 C1 pen -2 1.25 UK", "2026-01-03 7 F1 pen 1 0 UK")

    assert (refund["name"], refund["value"]) == ("Order Refunded", Decimal("-2.5000"))
    assert (free["name"], free["value"]) == ("Order Completed", Decimal("0.0000"))


def test_an_exchange_is_judged_by_its_total_not_its_lines() -> None:
    [order], _ = folded(ORDERS, "2026-01-03 7 A1 pen -2 1.25 UK", "2026-01-03 7 A1 ink 1 9.99 UK")

    assert (order["name"], order["value"]) == ("Order Completed", Decimal("7.4900"))


def test_refused_lines_leave_the_rest_of_their_order() -> None:
    [order], refused = folded(ORDERS, "2026-01-03 7 A1 pen two 1.25 UK", "2026-01-03 7 A1 ink 1 9.99 UK")

    assert (order["value"], order["rows"]) == (Decimal("9.9900"), 1)
    assert refused == ["n: found 'two', expected a number of pieces; value is quantity × unit price."]


def test_a_line_without_an_order_number_is_refused() -> None:
    events, refused = folded(ORDERS, "2026-01-03 7 - pen 1 1.25 UK")

    assert events == []
    assert refused == ["no is empty, expected an order, invoice, receipt or basket number."]


def test_an_order_without_customer_belongs_to_nobody() -> None:
    [order], _ = folded(ORDERS, "2026-01-03 - A1 pen 1 1.25 UK")

    assert (order["external_id"], order["order_id"]) == (None, None)
    assert order["objects"][0] == {"type": "order", "id": "A1"}


def test_a_total_repeated_on_every_line_counts_once() -> None:
    mapping = Mapping(
        {"time": "at", "order": "no", "value": "each"},
        name="Order Completed",
        one_event_per="order",
        value_repeats=True,
    )

    [order], _ = folded(mapping, "2026-01-03 7 A1 pen 1 30 UK", "2026-01-03 7 A1 ink 1 30 UK")

    assert order["value"] == Decimal("30.0000")


def test_lines_in_two_currencies_are_never_added() -> None:
    mapping = replace(ORDERS, columns={**ORDERS.columns, "currency": "country"}, kept=())
    rows = ("2026-01-03 7 A1 pen 1 5 EUR", "2026-01-03 7 A1 pen 1 5 USD", "2026-01-03 7 A1 pen 1 6 EUR")

    for rows_each in (100, 1):
        events, _ = folded(mapping, *rows, rows_each=rows_each)

        assert [(event["value"], event["currency"]) for event in events] == [
            (Decimal("11.0000"), "EUR"),
            (Decimal("5.0000"), "USD"),
        ]
        assert len({event["key"] for event in events}) == 2
        assert {event["order_id"] for event in events} == {"A1"}


def test_the_same_order_in_a_newer_export_has_the_same_key() -> None:
    [before], _ = folded(ORDERS, "2026-01-03 7 A1 pen 1 1.25 UK")
    [after], _ = folded(ORDERS, "2026-01-03 7 A1 pen 1 1.25 UK", "2026-01-03 7 A1 ink 1 9.99 UK")

    assert before["key"] == after["key"]
