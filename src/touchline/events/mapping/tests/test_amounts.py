"""Numbers and money as people write them."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.mapping.amounts import (
    as_units,
    currency_code,
    currency_signs,
    decide_number,
    parse_numbers,
    read_number,
    units_as_decimals,
)


@pytest.mark.parametrize(
    ("written", "mark", "expected"),
    [
        ("12", ".", 12.0),
        ("-2.55", ".", -2.55),
        ("1,234.56", ".", 1234.56),
        ("1,23,456.78", ".", 123456.78),
        ("1.234,56", ",", 1234.56),
        ("1.234.567,8", ",", 1234567.8),
        ("1 234,56", ",", 1234.56),
        ("1'000.50", ".", 1000.5),
        ("€ 12", ".", 12.0),
        ("£1,000", ".", 1000.0),
        ("12,50 €", ",", 12.5),
        ("EUR 3", ".", 3.0),
        ("(5.00)", ".", -5.0),
        ("−3", ".", -3.0),
        ("12-", ".", -12.0),
        ("1e-05", ".", 0.00001),
    ],
)
def test_reads_numbers(written: str, mark: str, expected: float) -> None:
    assert read_number(written, mark) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("", "."),
        ("free", "."),
        ("12,34", "."),
        ("1.234.56", ","),
        ("nan", "."),
        ("(5", "."),
        ("5 apples", "."),
        ("1-2", "."),
    ],
)
def test_refuses_what_is_no_number_rather_than_guessing(written: str, mark: str) -> None:
    assert read_number(written, mark) is None


def test_one_odd_cell_does_not_change_how_the_others_are_read() -> None:
    values, read = parse_numbers(pa.array(["1.5", "1,000", "oops", None, "-2"]))

    assert values.tolist() == [1.5, 1000.0, 0.0, 0.0, -2.0]
    assert read.tolist() == [True, True, False, False, True]


@pytest.mark.parametrize(
    ("cells", "mark", "certain"),
    [
        (["2.55", "3"], ".", True),
        (["1.234,56", "7,5"], ",", True),
        (["1,234", "2,500"], ".", False),
        (["1,23,456.78"], ".", True),
        (["12", "13"], ".", True),
    ],
)
def test_the_decimal_mark_is_decided_by_the_sample(cells: list[str], mark: str, certain: bool) -> None:
    found = decide_number(cells)

    assert found is not None
    assert (found.decimal_mark, found.certain) == (mark, certain)


def test_words_are_no_numbers() -> None:
    assert decide_number(["red", "blue", "3"]) is None


def test_currencies_are_read_from_signs_and_codes() -> None:
    cells = pa.array(["€ 5", "5 £", "$5", "US$5", "CHF 5", "5", "XYZ 5", None])

    found = currency_signs(cells, dollar="CAD").to_pylist()

    assert found == ["EUR", "GBP", "CAD", "USD", "CHF", None, None, None]
    assert [currency_code(cell) for cell in ("eur", "€", "Euro", "")] == ["EUR", "EUR", None, None]


def test_amounts_keep_four_decimals_exactly() -> None:
    amounts = np.array([2.55 * 6, -0.1, 0.00004, 123456789.1234])

    decimals = units_as_decimals(as_units(amounts), np.array([True, True, True, False])).to_pylist()

    assert decimals == [Decimal("15.3000"), Decimal("-0.1000"), Decimal("0.0000"), None]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from([".", ","]))
def test_a_written_amount_comes_back(amount: Decimal, mark: str) -> None:
    written = f"{amount:,.2f}"
    if mark == ",":
        written = written.translate(str.maketrans(",.", ".,"))

    assert read_number(written, mark) == pytest.approx(float(amount))


@given(st.lists(st.one_of(st.none(), st.text(max_size=12)), max_size=5))
def test_no_text_breaks_the_reading_of_numbers(cells: list[str | None]) -> None:
    for mark in (".", ","):
        values, read = parse_numbers(pa.array(cells, pa.string()), mark)
        assert len(values) == len(read) == len(cells)
        assert np.isfinite(values).all()
