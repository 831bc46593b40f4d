"""orders_export.csv, row by row: ten orders, #1001 over three rows and #1009 (unreadable) over two."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from touchline.events.sources.headers import canonical_names
from touchline.events.sources.shopify_orders import SOURCE

FILE = Path(__file__).parent / "orders_export.csv"
HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,"
    "Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,"
    "Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,"
    "Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,"
    "Shipping Street,Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,"
    "Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,"
    "Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,"
    "Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,"
    "Tax 4 Name,Tax 4 Value,Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,"
    "Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
)


@pytest.fixture
def orders(read_file):
    return read_file(SOURCE, FILE)


def of_order(results, number: str, name: str = "Order Completed"):
    [event] = [event for event in results.named(name) if event.identifiers["order_id"] == number]
    return event


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(orders) -> None:
    assert Counter(event.name for event in orders.events) == {
        "Order Completed": 9,  # ten orders, one unreadable
        "Profile Updated": 8,  # order #1005 names nobody
        "Order Fulfilled": 2,  # #1001, #1002
        "Order Refunded": 2,  # #1002, #1004
        "Order Cancelled": 1,  # #1003
    }
    assert [skipped.line for skipped in orders.skipped] == [3, 4]
    assert [refused.line for refused in orders.refused] == [12, 13]


def test_one_order_over_many_rows_counts_once_and_keeps_all_its_products(orders) -> None:
    order = of_order(orders, "1001")

    assert order.value == Decimal("185.00")
    assert order.objects == (
        ("order", "1001"),
        ("product", "LAMP-OAK"),
        ("product", "RUG-01"),
        ("product", "VASE-3"),
    )
    assert [result.reason for result in orders.on(3)] == ["further product of the order above"]


def test_order_names_start_with_a_hash_sign_and_are_no_comments(orders) -> None:
    assert of_order(orders, "1001").key == "1001|completed"


def test_local_offset_in_created_at(orders) -> None:
    assert of_order(orders, "1001").time == datetime(2026, 7, 31, 19, 0, tzinfo=UTC)


def test_grouped_digits_in_money(orders) -> None:
    order = of_order(orders, "1004")

    assert (order.value, order.currency) == (Decimal("123456.78"), "INR")
    assert of_order(orders, "1004", "Order Refunded").value == Decimal("-123456.78")


def test_voided_is_a_cancellation_and_no_refund(orders) -> None:
    assert of_order(orders, "1003", "Order Cancelled").time == datetime(2026, 8, 2, 14, 0, tzinfo=UTC)
    assert "1003" not in [event.identifiers["order_id"] for event in orders.named("Order Refunded")]


def test_voided_without_a_time_is_cancelled_at_the_latest_time_of_the_order(read_rows) -> None:
    results = read_rows(
        SOURCE,
        {
            "Name": "#7",
            "Financial Status": "voided",
            "Created at": "2026-08-02 11:00:00 +0000",
            "Total": "40.00",
            "Refunded Amount": "40.00",
        },
    )

    [cancelled] = results.named("Order Cancelled")
    assert cancelled.time == datetime(2026, 8, 2, 11, 0, tzinfo=UTC)
    assert cancelled.properties["time_stated"] is False
    assert results.named("Order Refunded") == []


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("1001", "paid"),
        ("1002", "partially_refunded"),
        ("1003", "voided"),
        ("1004", "refunded"),
        ("1005", "pending"),
        ("1006", "authorized"),
        ("1007", "expired"),
        ("1008", "partially_paid"),
    ],
)
def test_each_of_the_eight_financial_statuses_is_an_order_and_is_kept(orders, number: str, status: str) -> None:
    assert of_order(orders, number).properties["financial_status"] == status


def test_a_partial_refund_is_dated_at_the_latest_time_of_the_order(orders) -> None:
    refund = of_order(orders, "1002", "Order Refunded")

    assert refund.value == Decimal("-25.00")
    assert refund.properties == {"partial": True, "time_stated": False}
    assert refund.time == datetime(2026, 8, 3, 7, 0, tzinfo=UTC)  # fulfilled; the export has no time of refunds


def test_money_back_after_the_goods_had_left_is_a_return(orders) -> None:
    assert of_order(orders, "1002", "Order Refunded").label == "return"
    assert of_order(orders, "1004", "Order Refunded").label is None  # nothing was fulfilled


def test_an_unreadable_order_refuses_all_its_rows_with_the_reason(orders) -> None:
    first, second = orders.refused

    assert first.reason == (
        "Created at: found “yesterday”, expected a date and time such as 2026-08-01 14:30:00 +0200."
    )
    assert second.reason.startswith("Belongs to the order on line 12, which could not be read: Created at")
    assert first.content["Email"] == "ivy@example.org"


def test_a_row_without_an_order_name_is_refused(read_rows) -> None:
    [refused] = read_rows(SOURCE, {"Name": "", "Lineitem name": "Rug"}).refused

    assert refused.reason == "Name is empty, expected an order number such as #1001."


def test_channel_is_where_the_order_was_placed(orders) -> None:
    assert [of_order(orders, number).channel for number in ("1001", "1002", "1003", "1005")] == [
        "web",
        "store",
        "web",
        "app",
    ]
    assert of_order(orders, "1001", "Order Fulfilled").channel == "delivery"


def test_a_guest_without_address_is_known_by_the_order_alone(orders) -> None:
    assert of_order(orders, "1005").identifiers == {"order_id": "1005"}


def test_coupon_country_and_long_order_id_are_kept(orders) -> None:
    [profile] = [event for event in orders.named("Profile Updated") if event.line == 2]

    assert of_order(orders, "1001").properties["coupon"] == "HELLO10"
    assert profile.properties == {"country": "IN", "city": "Pune", "accepts_marketing": True}
    assert profile.identifiers == {
        "email": "ada@example.org",
        "phone": "+919812345678",
        "order_id": "5012345678901",
    }


def test_the_line_counts_the_line_breaks_within_cells(orders) -> None:
    assert of_order(orders, "1010").line == 14


def test_reading_again_gives_the_same_keys_so_that_nothing_doubles(read_file, orders) -> None:
    keys = [event.key for event in orders.events]

    assert [event.key for event in read_file(SOURCE, FILE).events] == keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("Lineitem SKU", "Lineitem sku"),
        ("Canceled at", "Cancelled at"),
        ("Lineitem compare-at price", "Lineitem compare at price"),
        ("Payment terms", "Payment Terms Name"),
        ("Fulfillment Date", "Fulfilled at"),
    ],
)
def test_spelling_drift_of_a_header(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}


def test_names_streets_and_postcodes_are_not_taken_over(orders) -> None:
    assert "Ada Quill" not in repr(orders.events)
    assert "411001" not in repr(orders.events)
