from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.sources.cells import (
    CellError,
    amount,
    epoch_time,
    order_number,
    parse_amount,
    parse_time,
    required_text,
    required_time,
    text,
    truthy,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-08-01 00:30:00 +0530", "2026-07-31 19:00:00"),
        ("2026-08-01T00:30:00+05:30", "2026-07-31 19:00:00"),
        ("2026-08-01T14:30:00Z", "2026-08-01 14:30:00"),
        ("2026-08-01 14:30:00 UTC", "2026-08-01 14:30:00"),
        ("2026-08-01T14:30:00.250Z", "2026-08-01 14:30:00.250000"),
        ("2026-08-01 14:30", "2026-08-01 12:30:00"),  # Berlin's summer: two hours ahead
        ("2026-01-15 14:30", "2026-01-15 13:30:00"),  # and its winter: one
        ("08/01/2026 02:30:11 PM", "2026-08-01 12:30:11"),
        ("Aug 01, 2026 10:00 am", "2026-08-01 08:00:00"),
        ("2026-08-01", "2026-07-31 22:00:00"),
    ],
)
def test_time_is_read_with_its_own_offset_or_in_the_assumed_zone(written: str, utc: str) -> None:
    assert parse_time(written, BERLIN) == datetime.fromisoformat(f"{utc}+00:00")


@given(
    st.integers(min_value=0, max_value=4_000_000_000),
    st.integers(min_value=-14 * 60, max_value=14 * 60),
)
def test_every_time_with_an_offset_keeps_its_moment(seconds: int, minutes: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))

    assert parse_time(moment.strftime("%Y-%m-%d %H:%M:%S %z"), BERLIN) == moment
    assert parse_time(moment.isoformat(), BERLIN) == moment


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,23,456.78", "123456.78"),  # lakhs
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("12,5", "12.5"),
        ("1,234", "1234"),
        ("€ 12", "12"),
        ("12 EUR", "12"),
        ("-$5", "-5"),
        ("(5.00)", "-5.00"),
        ("−3", "-3"),
        ("0.123456", "0.1235"),  # the store keeps four decimals
    ],
)
def test_amount_is_read_as_people_write_it(written: str, value: str) -> None:
    assert parse_amount(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "free", "1e30", "nan", "12.3.4", "99999999999999999", "2026-08-01"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the text itself
        parse_amount(written)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_survives_grouping(value: Decimal) -> None:
    assert parse_amount(f"{value:,.2f}") == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_parsers(written: str) -> None:
    for parse in (parse_amount, lambda cell: parse_time(cell, BERLIN)):
        try:
            parse(written)
        except ValueError:
            continue


def test_an_error_names_column_what_was_found_and_what_was_expected() -> None:
    with pytest.raises(CellError, match=r"Created at: found “soon”, expected a date and time"):
        required_time({"Created at": "soon"}, "Created at", BERLIN)
    with pytest.raises(CellError, match=r"Created at is empty, expected a date and time\."):
        required_time({}, "Created at", BERLIN)
    with pytest.raises(CellError, match=r"Total: found “free”, expected a number"):
        amount({"Total": "free"}, "Total")
    with pytest.raises(CellError, match="Name is empty, expected a name"):
        required_text({"Name": "  "}, "Name", "a name")


def test_the_apostrophe_of_spreadsheets_is_no_part_of_the_cell() -> None:
    assert text({"Phone": "'+44 20 7946 0000"}, "Phone") == "+44 20 7946 0000"
    assert text({"Phone": "'"}, "Phone") is None


def test_yes_and_no_and_neither() -> None:
    assert [truthy(word) for word in ("yes", "TRUE", "1")] == [True, True, True]
    assert [truthy(word) for word in ("no", "false", "0")] == [False, False, False]
    assert [truthy(word) for word in ("", None, "perhaps")] == [None, None, None]


def test_an_order_is_the_same_with_and_without_its_hash_sign() -> None:
    assert order_number("#1001") == order_number(" 1001 ") == "1001"
    assert order_number("#") is None


@pytest.mark.parametrize(
    ("cell", "per_second"), [("1785594600.25", 1), ("1785594600250", 1000), ("1785594600250000", 1_000_000)]
)
def test_times_counted_since_1970(cell: str, per_second: int) -> None:
    assert epoch_time({"at": cell}, "at", per_second) == datetime.fromisoformat("2026-08-01T14:30:00.250+00:00")


@pytest.mark.parametrize("cell", ["soon", "NaN", "99999999999999999999"])
def test_a_count_that_is_no_time_is_refused(cell: str) -> None:
    with pytest.raises(CellError, match=r"at: found “.*”, expected milliseconds since 1970"):
        epoch_time({"at": cell}, "at", 1000)
