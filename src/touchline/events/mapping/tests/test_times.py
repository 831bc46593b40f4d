"""Times in one stated format per column."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.mapping.moments import FORMATS, read_moment, read_time_of_day
from touchline.events.mapping.times import decide_format, parse_times

UTC_ZONE = ZoneInfo("UTC")
BERLIN = ZoneInfo("Europe/Berlin")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parsed(cells: list[str | None], format_: str, zone: ZoneInfo = UTC_ZONE) -> list[str | None]:
    micros, read = parse_times(pa.array(cells, pa.string()), format_, zone)
    moments = [(EPOCH + timedelta(microseconds=int(m))).strftime("%Y-%m-%d %H:%M:%S") for m in micros]
    return [moment if there else None for moment, there in zip(moments, read, strict=True)]


@pytest.mark.parametrize(
    ("written", "format_", "expected"),
    [
        ("2026-03-31", "iso", "2026-03-31 00:00:00"),
        ("2026-03-31 14:05", "iso", "2026-03-31 14:05:00"),
        ("2026-03-31T14:05:09.123456789", "iso", "2026-03-31 14:05:09"),
        ("2026-08-01 00:30:00 +0530", "iso", "2026-07-31 19:00:00"),
        ("2026-08-01T00:30:00Z", "iso", "2026-08-01 00:30:00"),
        ("2026/03/31 14:05", "ymd", "2026-03-31 14:05:00"),
        ("31.03.2026", "dmy", "2026-03-31 00:00:00"),
        ("31/3/26 9:05", "dmy", "2026-03-31 09:05:00"),
        ("3/31/2026 2:05 PM", "mdy", "2026-03-31 14:05:00"),
        ("12/31/99 12:00 am", "mdy", "1999-12-31 00:00:00"),
        ("31 March 2026 14:05", "named", "2026-03-31 14:05:00"),
        ("31. März 2026", "named", "2026-03-31 00:00:00"),
        ("15 août 2026", "named", "2026-08-15 00:00:00"),
        ("Mar 31, 2026, 02:05:00 PM", "named", "2026-03-31 14:05:00"),
        ("Tue, 31 Mar 2026 14:05:00 +0200", "named", "2026-03-31 12:05:00"),
        ("1774965900", "epoch_s", "2026-03-31 14:05:00"),
        ("1774965900.5", "epoch_s", "2026-03-31 14:05:00"),
        ("1774965900000", "epoch_ms", "2026-03-31 14:05:00"),
        ("1774965900000000", "epoch_us", "2026-03-31 14:05:00"),
        ("20260331", "compact", "2026-03-31 00:00:00"),
        ("20260331T140500Z", "compact", "2026-03-31 14:05:00"),
    ],
)
def test_reads_a_time_alone_and_beside_an_unreadable_one(written: str, format_: str, expected: str) -> None:
    assert parsed([written], format_) == [expected]
    assert parsed([written, "soon", None], format_) == [expected, None, None]


@pytest.mark.parametrize(
    ("written", "format_"),
    [
        ("31/02/2026", "dmy"),
        ("13/31/2026", "dmy"),
        ("03/31/2026", "dmy"),
        ("31/03/2026", "mdy"),
        ("31/03/2026", "iso"),
        ("2026-03-31", "dmy"),
        ("2026-13-01", "iso"),
        ("2026-03-31 25:00", "iso"),
        ("0001-01-01", "iso"),
        ("3 PM", "iso"),
        ("31 Smarch 2026", "named"),
        ("12", "epoch_s"),
        ("20261301", "compact"),
        ("1/1/2026 13:00 PM", "mdy"),
    ],
)
def test_refuses_what_is_not_of_the_format(written: str, format_: str) -> None:
    assert parsed([written], format_) == [None]


def test_local_times_become_utc_by_the_rules_of_their_day() -> None:
    written = ["2026-01-15 12:00", "2026-07-15 12:00", "2026-10-25 02:30", "2026-03-29 02:30"]

    assert parsed(written, "iso", BERLIN) == [
        "2026-01-15 11:00:00",
        "2026-07-15 10:00:00",
        "2026-10-25 00:30:00",  # shown twice by the clock: the first
        "2026-03-29 01:30:00",  # never shown by the clock
    ]


def test_offsets_win_over_the_zone_of_the_workspace() -> None:
    assert parsed(["2026-01-15T12:00:00+01:00", "2026-01-15 12:00"], "iso", ZoneInfo("America/New_York")) == [
        "2026-01-15 11:00:00",
        "2026-01-15 17:00:00",
    ]


@pytest.mark.parametrize(
    ("cells", "zone", "format_", "certain"),
    [
        (["05/03/2026", "13/03/2026"], "UTC", "dmy", True),
        (["05/03/2026", "03/13/2026"], "UTC", "mdy", True),
        (["05/03/2026", "04/05/2026"], "America/New_York", "mdy", False),
        (["05.03.2026", "04.05.2026"], "America/New_York", "dmy", False),
        (["01/11/2026", "01/12/2026", "02/01/2026", "02/02/2026", "03/01/2026"], "UTC", "mdy", False),
    ],
)
def test_day_or_month_first_is_decided_by_the_whole_sample(
    cells: list[str], zone: str, format_: str, certain: bool
) -> None:
    found = decide_format(cells, zone)

    assert found is not None
    assert (found.format, found.certain) == (format_, certain)


def test_no_format_is_found_in_words_or_prices() -> None:
    assert decide_format(["red", "blue"], "UTC") is None
    assert decide_format(["2.55", "3.39"], "UTC") is None
    assert decide_format([], "UTC") is None


def test_a_format_is_found_though_some_cells_are_of_another() -> None:
    found = decide_format(["2026-03-01", "2026-03-02", "2026-03-03", "04/03/2026", "March 5, 2026"], "UTC")

    assert found is not None
    assert (found.format, found.share) == ("iso", 0.6)


def test_the_commonest_of_three_formats_is_chosen_though_it_reads_less_than_half() -> None:
    found = decide_format(["2026-03-01", "2026-03-02", "03/13/2026", "April 5, 2026", "May 6, 2026"], "UTC")

    assert found is not None
    assert (found.format, found.share) == ("iso", 0.4)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("14:05", 845), ("2:05 PM", 845), ("14h05", 845), ("24:00", None), ("9:75", None), ("13:00 pm", None)],
)
def test_times_of_day(written: str, minutes: int | None) -> None:
    assert read_time_of_day(written) == (None if minutes is None else timedelta(minutes=minutes))


@given(st.datetimes(datetime.fromisoformat("1950-01-01"), datetime.fromisoformat("2090-01-01")))
def test_the_whole_column_is_read_as_its_cells_are(moment: datetime) -> None:
    spellings = {
        "iso": "%Y-%m-%d %H:%M:%S",
        "ymd": "%Y/%m/%d %H:%M:%S",
        "dmy": "%d.%m.%Y %H:%M:%S",
        "mdy": "%m/%d/%Y %H:%M:%S",
    }
    for format_, spelling in spellings.items():
        written = moment.strftime(spelling)

        assert parsed([written, written], format_) == [moment.strftime("%Y-%m-%d %H:%M:%S")] * 2


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_times(written: str) -> None:
    for format_ in FORMATS:
        read_moment(written, format_)
        parse_times(pa.array([written], pa.string()), format_, BERLIN)
    read_time_of_day(written)
