from datetime import UTC, datetime
from decimal import Decimal

from touchline.formulas.conversion import conversion
from touchline.formulas.functional import retries_per_customer
from touchline.formulas.money import sum_by_currency
from touchline.formulas.repeat_purchase import FirstOrder, repeat_counts, repeat_purchase
from touchline.formulas.staleness import is_silent


def test_conversion_is_buyers_out_of_visitors():
    assert conversion(30, 1000).value == 0.03
    assert conversion(1, 4).value is None


def test_repeat_purchase_counts_only_customers_followed_for_ninety_days():
    orders = [
        FirstOrder(0, 30),  # came back
        FirstOrder(0, 90),  # on the last day of the window
        FirstOrder(0, 91),  # too late
        FirstOrder(0, None),  # never
        FirstOrder(10, None),  # followed to the day
        FirstOrder(11, 12),  # came back, but followed for 89 days only: not counted either way
    ]

    assert repeat_counts(orders, data_until=100) == (2, 5)
    assert repeat_purchase(2, 5).value == 0.4


def test_retries_are_the_visits_beyond_the_first():
    assert retries_per_customer(visits=15, customer_journeys=10) == 0.5
    assert retries_per_customer(visits=10, customer_journeys=10) == 0
    assert retries_per_customer(visits=4, customer_journeys=4) is None


def test_currencies_are_never_added():
    amounts = [("GBP", Decimal("10.10")), ("EUR", Decimal("5")), ("GBP", Decimal("0.20"))]

    assert sum_by_currency(amounts) == {"EUR": Decimal("5"), "GBP": Decimal("10.30")}


def test_a_fortnight_without_events_is_silence():
    end = datetime(2026, 3, 31, 12, tzinfo=UTC)

    assert is_silent(datetime(2026, 3, 17, 12, tzinfo=UTC), end)
    assert not is_silent(datetime(2026, 3, 17, 13, tzinfo=UTC), end)
    assert not is_silent(None, end)
