from datetime import date

import pytest

from touchline.segments.facade import FilterError, Scope, filter_words, sentence


def test_everything_in_one_sentence():
    scope = Scope(
        start=date(2026, 3, 1),
        end=date(2026, 3, 31),
        channels=("email", "chat"),
        devices=("mobile",),
        intent="spring-sale",
        filter='country = "DE"',
    ).with_previous_period()

    assert sentence(scope) == (
        "Visits from 1 to 31 March 2026, by email or chat, on mobile, in journeys that began with “spring-sale”, "
        "of customers who have country “DE”, compared with 29 January to 28 February 2026."
    )


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), "All visits."),
        (Scope(start=date(2025, 12, 1), end=date(2026, 1, 31)), "Visits from 1 December 2025 to 31 January 2026."),
        (Scope(start=date(2026, 1, 5), end=date(2026, 1, 5)), "Visits of 5 January 2026."),
        (Scope(start=date(2026, 1, 5)), "Visits from 5 January 2026 onwards."),
        (Scope(end=date(2026, 1, 5)), "Visits until 5 January 2026."),
    ],
)
def test_periods(scope, expected):
    assert sentence(scope) == expected


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("orders >= 2", "placed at least 2 orders"),
        ("not orders = 1", "have not placed exactly 1 order"),
        ("journeys > 1", "made more than 1 journey"),
        ('country != "DE"', "have another country than “DE”"),
        ('country in ("DE", "AT")', "have country “DE” or “AT”"),
        ("age >= 30", "have age of at least 30"),
        ('not tags contains "vip"', "do not have tags with “vip” in it"),
        ('known("country")', "have a known country"),
        (
            'did("Ticket Created", channel="email", within_days=30, at_least=2)',
            "did “Ticket Created” by email at least twice in the last 30 days",
        ),
        ('not did("Ticket Created")', "did not do “Ticket Created”"),
        ('did("Ticket Created", at_most=1)', "did “Ticket Created” at most once"),
        ('did("Ticket Created", at_least=2, at_most=4)', "did “Ticket Created” 2 to 4 times"),
        ('visited("cart", device="mobile", at_least=3, at_most=3)', "visited “cart” on mobile exactly 3 times"),
        ('scored("nps", at_most=6, within_days=1)', "answered nps with at most 6 on the last day"),
        ('scored("csat", at_least=4, at_most=5, touchpoint="cart")', "answered csat with 4 to 5 at “cart”"),
        (
            "orders > 1 and (visits > 2 or journeys = 1)",
            "placed more than 1 order and (made more than 2 visits or made exactly 1 journey)",
        ),
        ("not (orders > 1 and visits > 2)", "have not placed more than 1 order or have not made more than 2 visits"),
    ],
)
def test_filters_read_as_english(expression, words):
    assert filter_words(expression) == words


def test_a_broken_filter_has_no_sentence():
    with pytest.raises(FilterError, match="Column 10"):
        sentence(Scope(filter="orders > "))
