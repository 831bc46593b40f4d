"""Days, weeks and months of a workspace, also where its clocks change."""

from datetime import date, datetime, timedelta

import pytest

from touchline.analyses.questions.periods import period_number
from touchline.analyses.rules.calendar import Calendar
from touchline.engine.store import Store

BERLIN, NEWFOUNDLAND, LORD_HOWE = "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"
FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 12, 31)  # noqa: DTZ001 the store holds UTC without a zone


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("week_starts", "moment", "first_day"),
    [
        (0, "2026-03-02 00:00", "2026-03-02"),  # a Monday
        (0, "2026-03-08 23:59", "2026-03-02"),
        (6, "2026-03-08 00:00", "2026-03-08"),  # a Sunday
        (6, "2026-03-07 23:59", "2026-03-01"),
        (5, "2026-03-07 00:00", "2026-03-07"),  # a Saturday
    ],
)
def test_a_week_begins_on_its_day(week_starts, moment, first_day):
    calendar = Calendar("week", week_starts=week_starts)

    assert calendar.first_day(calendar.number(utc(moment))) == date.fromisoformat(first_day)


def test_midnight_is_that_of_the_zone():
    calendar = Calendar("day", BERLIN)

    # Summer time, two hours ahead, begins on 29 March 2026 at 1:00 UTC and ends on 25 October.
    assert calendar.midnight(date(2026, 3, 29)) == utc("2026-03-28 23:00")
    assert calendar.midnight(date(2026, 3, 30)) == utc("2026-03-29 22:00")
    assert calendar.day(utc("2026-03-29 22:00")) == date(2026, 3, 30)
    assert calendar.offsets(utc("2026-03-01"), utc("2026-11-01")) == (
        (1772323200, 3600),
        (1774746000, 7200),  # 29 March, 1:00
        (1792890000, 3600),  # 25 October, 1:00
    )


@pytest.mark.parametrize("zone", ["UTC", BERLIN, NEWFOUNDLAND, LORD_HOWE])
@pytest.mark.parametrize("period", ["day", "week", "month"])
def test_the_store_numbers_times_as_the_calendar_does(tmp_path, zone, period):
    calendar = Calendar(period, zone, week_starts=6)
    store = Store.create(tmp_path / "store.duckdb")
    sql = period_number(calendar, FIRST, LAST)

    rows = store.rows(
        f"select v.time, {sql} from (select unnest(generate_series(?::timestamp, ?, interval 397 minute)) as time) v",
        [FIRST, LAST],
    )
    store.close()

    assert [number for _, number in rows] == [calendar.number(time) for time, _ in rows]
    assert all(calendar.begins(number) <= time < calendar.begins(number + 1) for time, number in rows)


def test_times_before_1970_are_numbered_too(tmp_path):
    store = Store.create(tmp_path / "store.duckdb")
    for period in ("day", "week", "month"):
        calendar, moment = Calendar(period), utc("1969-12-25 12:00")
        sql = period_number(calendar, moment, moment + timedelta(days=1))

        assert store.value(f"select {sql} from (select ?::timestamp as time) v", [moment]) == calendar.number(moment)
    store.close()


def test_periods_are_called_by_their_first_day():
    assert Calendar("week").label(date(2026, 3, 2)) == "2 Mar 2026"
    assert Calendar("week").label(date(2026, 3, 2), with_year=False) == "2 Mar"
    assert Calendar("month").label(date(2026, 3, 1)) == "Mar 2026"
