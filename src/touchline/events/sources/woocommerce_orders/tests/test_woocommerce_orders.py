"""Three exports, in Berlin: ten rows of Analytics behind a byte-order mark, three orders of a plug-in over six rows, and
the short header of such a plug-in, without an order number."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from touchline.events.sources.headers import canonical_names
from touchline.events.sources.woocommerce_orders import SOURCE

FOLDER = Path(__file__).parent
ANALYTICS = FOLDER / "analytics_orders.csv"
PLUG_IN = FOLDER / "export_plugin.csv"
SHORT = FOLDER / "export_plugin_short.csv"
LISTED_OF_ANALYTICS = "Date,Order #,Status,Customer,Product(s),Coupon(s),N. Revenue"
LISTED_OF_PLUG_IN = (
    "Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Item Name,Coupon Code,Order Total Amount"
)


@pytest.fixture
def analytics(read_file):
    return read_file(SOURCE, ANALYTICS)


@pytest.fixture
def plug_in(read_file):
    return read_file(SOURCE, PLUG_IN)


@pytest.fixture
def short(read_file):
    return read_file(SOURCE, SHORT)


def of(results, number: str, name: str = "Order Completed"):
    [event] = [event for event in results.named(name) if event.identifiers.get("order_id") == number]
    return event


def header_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")


def test_fixtures_have_every_header_in_order() -> None:
    known = list(SOURCE.columns)

    assert header_of(ANALYTICS) == known[:11]
    assert [name for name in header_of(ANALYTICS) if name in LISTED_OF_ANALYTICS.split(",")] == (
        LISTED_OF_ANALYTICS.split(",")
    )
    assert [name for name in header_of(PLUG_IN) if name in LISTED_OF_PLUG_IN.split(",")] == LISTED_OF_PLUG_IN.split(",")
    assert [name for name in header_of(PLUG_IN) if name in known] == known[11:]
    assert ",".join(header_of(SHORT)) == LISTED_OF_PLUG_IN


def test_the_byte_order_mark_is_no_part_of_the_first_column(analytics) -> None:
    assert ANALYTICS.read_bytes().startswith(b"\xef\xbb\xbfDate,")
    assert of(analytics, "1001").time == datetime(2026, 7, 31, 22, 30, tzinfo=UTC)


def test_what_became_of_every_row_of_analytics(analytics) -> None:
    assert Counter(event.name for event in analytics.events) == {
        "Order Completed": 4,  # 1001, 1002, 1003, 1006
        "Order Refunded": 2,  # 1002 wholly, 1001 in part
        "Order Cancelled": 1,  # 1003
        "Payment Failed": 1,  # 1004
    }
    assert [(skipped.line, skipped.reason) for skipped in analytics.skipped] == [(8, "waits for payment: no order yet")]
    assert [(refused.line, refused.reason) for refused in analytics.refused] == [
        (10, "Date: found “yesterday”, expected a date and time such as 2026-08-01 14:30:00 +0200."),
        (11, "Order # is empty, expected an order number."),
    ]


def test_what_became_of_every_row_of_the_plug_in(plug_in) -> None:
    assert Counter(event.name for event in plug_in.events) == {
        "Order Completed": 2,  # 2001 over two rows, 2002 over two rows
        "Profile Updated": 2,
        "Order Fulfilled": 1,  # 2001
        "Order Refunded": 1,  # 2002
    }
    assert [skipped.line for skipped in plug_in.skipped] == [3, 5]
    assert [refused.line for refused in plug_in.refused] == [6, 7]
    assert plug_in.refused[1].reason.startswith("Belongs to the order on line 6, which could not be read: Date: found")


def test_the_products_of_analytics_stand_in_one_cell_with_their_counts(analytics) -> None:
    order = of(analytics, "1001")

    assert order.objects == (("order", "1001"), ("product", "Oak lamp"), ("product", "Rug, round"))
    assert [product["quantity"] for product in order.properties["products"]] == [2, 1]
    assert order.properties["coupon"] == "hello10, vip"


def test_a_refund_of_analytics_is_a_row_of_its_own_with_its_own_date(analytics) -> None:
    whole, part = of(analytics, "1002", "Order Refunded"), of(analytics, "1001", "Order Refunded")

    assert (whole.value, whole.time) == (Decimal("-120.00"), datetime(2026, 8, 5, 7, 0, tzinfo=UTC))
    assert (part.value, part.time) == (Decimal("-25.00"), datetime(2026, 8, 6, 7, 0, tzinfo=UTC))
    assert of(analytics, "1002").value == Decimal("120.00")  # its order is one order, not two


def test_the_value_of_analytics_is_its_net_revenue_in_the_assumed_currency(analytics) -> None:
    assert (of(analytics, "1001").value, of(analytics, "1001").currency) == (Decimal("185.00"), "EUR")


def test_a_cancelled_order_was_placed_and_a_failed_one_never_was(analytics) -> None:
    assert of(analytics, "1003", "Order Cancelled").properties == {"time_stated": False}
    assert of(analytics, "1003").properties["status"] == "cancelled"
    assert of(analytics, "1004", "Payment Failed").properties == {"amount": 25.0, "currency": "EUR"}
    assert "1004" not in [event.identifiers["order_id"] for event in analytics.named("Order Completed")]


def test_where_an_order_was_placed(analytics) -> None:
    assert [of(analytics, number).channel for number in ("1001", "1002", "1006")] == ["web", "other", "app"]


def test_analytics_joins_by_the_order_number_alone_and_the_plug_in_by_all_it_knows(analytics, plug_in) -> None:
    assert {frozenset(event.identifiers) for event in analytics.events} == {frozenset({"order_id"})}
    assert of(plug_in, "2001").identifiers == {
        "user_id": "7",
        "email": "ada@example.org",
        "phone": "+919812345678",
        "order_id": "2001",
    }
    assert of(plug_in, "2002").identifiers == {"email": "ben@example.org", "order_id": "2002"}  # user 0 is a guest


def test_one_order_over_many_rows_counts_once_and_keeps_all_its_products(plug_in) -> None:
    order = of(plug_in, "2001")

    assert (order.value, order.currency) == (Decimal("185.00"), "GBP")
    assert order.objects == (("order", "2001"), ("product", "LAMP-OAK"), ("product", "RUG-01"))


def test_rows_whose_order_cells_stand_on_the_first_row_only_belong_to_it(plug_in) -> None:
    assert of(plug_in, "2002").objects == (("order", "2002"), ("product", "RUG-01"), ("product", "VASE-3"))


def test_a_refund_of_the_plug_in_has_no_date_of_its_own(plug_in) -> None:
    refund = of(plug_in, "2002", "Order Refunded")

    assert refund.value == Decimal("-25.00")
    assert refund.properties == {"partial": True, "time_stated": False}
    assert refund.time == of(plug_in, "2002").time


def test_country_and_city_are_kept_and_names_streets_and_notes_are_not(plug_in) -> None:
    [profile] = [event for event in plug_in.named("Profile Updated") if event.line == 2]

    assert profile.properties == {"country": "IN", "city": "Pune"}
    assert not any(word in repr(plug_in.events) for word in ("Quill", "Mill Lane", "411001", "Sam"))


def test_without_an_order_number_address_and_time_tell_orders_apart(short) -> None:
    assert [(event.line, event.key) for event in short.events] == [
        (2, "ada@example.org|2026-08-01 10:00:00|completed"),
        (4, "ada@example.org|2026-08-03 10:00:00|completed"),
    ]
    assert [skipped.line for skipped in short.skipped] == [3]
    assert short.events[0].identifiers == {"email": "ada@example.org"}
    assert short.events[0].objects == (("product", "Oak lamp"), ("product", "Rug"))


def test_an_order_without_number_and_address_is_not_given_to_the_customer_above_it(short) -> None:
    assert [(refused.line, refused.reason) for refused in short.refused] == [
        (5, "Order # is empty, expected an order number.")
    ]


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("Net sales", "N. Revenue"),
        ("Order Status", "Status"),
        ("Order Number", "Order #"),
        ("Order Date", "Date"),
        ("billing_email", "Email (Billing)"),
        ("order_total", "Order Total Amount"),
        ("refunded_total", "Order Refund Amount"),
    ],
)
def test_spelling_drift_of_a_header(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}


@pytest.mark.parametrize("file", [ANALYTICS, PLUG_IN, SHORT])
def test_reading_again_gives_the_same_keys(read_file, file: Path) -> None:
    keys = [event.key for event in read_file(SOURCE, file).events]

    assert [event.key for event in read_file(SOURCE, file).events] == keys
    assert len(set(keys)) == len(keys)
