"""customers_export.csv: Ada with everything, Ben with a phone only, Cy whom nothing names, Dee with a broken sum."""

from __future__ import annotations

from pathlib import Path

import pytest

from touchline.events.sources.cells import UNDATED
from touchline.events.sources.headers import canonical_names
from touchline.events.sources.shopify_customers import SOURCE

FILE = Path(__file__).parent / "customers_export.csv"
HEADER = (
    "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,"
    "Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt"
)


@pytest.fixture
def customers(read_file):
    return read_file(SOURCE, FILE)


def test_fixture_has_every_header_in_order() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == HEADER
    assert ",".join(SOURCE.columns) == HEADER


def test_what_became_of_every_row(customers) -> None:
    assert [(event.line, event.name) for event in customers.events] == [(2, "Profile Updated"), (3, "Profile Updated")]
    assert [refused.line for refused in customers.refused] == [4, 5]


def test_facts_are_taken_over_and_names_streets_and_notes_are_not(customers) -> None:
    [ada] = [event for event in customers.events if event.line == 2]

    assert ada.identifiers == {"email": "Ada@example.org", "phone": "+919812345678"}
    assert ada.properties == {
        "country": "IN",
        "province": "Maharashtra",
        "city": "Pune",
        "accepts_email_marketing": True,
        "accepts_sms_marketing": False,
        "total_spent": 123456.78,
        "total_orders": 3.0,
        "tags": ["VIP", "gift buyer"],
        "tax_exempt": False,
    }


def test_a_file_without_times_gets_one_time_for_ever_so_that_reading_again_changes_nothing(
    read_file, customers
) -> None:
    assert {event.time for event in customers.events} == {UNDATED}
    assert read_file(SOURCE, FILE) == customers


def test_the_key_is_the_same_however_the_address_is_capitalised(customers) -> None:
    assert [event.key for event in customers.events] == ["ada@example.org", "+441134960000"]


def test_a_customer_without_address_and_phone_is_refused_with_the_reason(customers) -> None:
    assert customers.refused[0].reason == (
        "Email is empty, expected an e-mail address or a phone number to know whose facts these are."
    )


def test_a_sum_that_is_none_is_refused(customers) -> None:
    assert customers.refused[1].reason == "Total Spent: found “lots”, expected a number such as 1,234.56."


@pytest.mark.parametrize(
    ("drift", "column"),
    [
        ("Accepts Marketing", "Accepts Email Marketing"),
        ("Default Address Country Code", "Country Code"),
        ("Default Address Phone", "Phone"),
    ],
)
def test_spelling_drift_of_a_header(drift: str, column: str) -> None:
    assert canonical_names([drift], SOURCE.columns) == {drift: column}
