"""Rows through a mapping: small tables, every staged value, refusal and skip visible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.events.intake.staging import STAGING
from touchline.events.mapping import Applied, Mapping, MappingError, apply
from touchline.events.readers.sheet import Batch
from touchline.events.sources.protocol import Context

CONTEXT = Context(zone=ZoneInfo("UTC"), currency="EUR", file="visits_2026-03.csv", columns=())
PLAIN = Mapping({"time": "at", "email": "who", "name": "what"})


moment = datetime.fromisoformat


def batches(text: str, rows_each: int = 1000) -> Iterator[Batch]:
    """Batches from lines of cells separated by '|'; the first line is the header, on line 1 of the file."""
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return table_batches(header, rows, rows_each)


def table_batches(header: list[str], rows: list[list[str]], rows_each: int) -> Iterator[Batch]:
    for start in range(0, max(len(rows), 1), rows_each):
        part = rows[start : start + rows_each]
        cells = zip(*part, strict=True) if part else [[] for _ in header]
        columns = [pa.array([cell or None for cell in column], pa.string()) for column in cells]
        yield Batch(
            pa.table(columns, names=header), np.arange(start + 2, start + 2 + len(part)), (start + len(part)) * 10
        )


def applied(mapping: Mapping, text: str, context: Context = CONTEXT, rows_each: int = 1000) -> Applied:
    """All parts joined to one."""
    parts = list(apply(mapping, batches(text, rows_each), context))
    return Applied(
        pa.concat_tables([part.staged for part in parts]),
        sum(part.rows for part in parts),
        [row for part in parts for row in part.refused],
        [row for part in parts for row in part.skipped],
    )


def staged(mapping: Mapping, text: str, context: Context = CONTEXT) -> list[dict[str, object]]:
    """The staged rows, without their empty columns."""
    rows = applied(mapping, text, context).staged.to_pylist()
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def test_every_role_reaches_its_column() -> None:
    mapping = Mapping(
        {
            "time": "at", "email": "mail", "external_id": "number", "name": "what", "touchpoint": "where",
            "channel": "by", "score": "stars", "text": "said", "language": "in", "value": "paid", "currency": "money",
            "order": "order", "product": "item", "campaign": "ad", "session": "visit", "page": "url",
            "device": "with", "key": "id",
        },
        metric="stars", score_low=1, score_high=5, kept=("country",),
    )  # fmt: skip

    [row] = staged(
        mapping,
        """
        at               | mail    | number | what     | where    | by         | stars | said        | in    | paid  | money | order | item | ad  | visit | url | with   | id | country
        2026-01-01 10:00 | a@x.org | 7.0    | purchase | Checkout | Mobile app | 4/5   | Very "good" | en-GB | 12.50 | gbp   | #1001 | A1   | May | s1    | /p  | iPhone | e1 | UK
        """,
    )

    assert row.pop("key")
    assert row == {
        "line": 2,
        "time": moment("2026-01-01 10:00"),
        "name": "Order Completed",
        "channel": "app",
        "page": "/p",
        "label": "Checkout",
        "email": "a@x.org",
        "external_id": "7",
        "order_id": "1001",
        "device": "mobile",
        "campaign": "May",
        "metric": "stars",
        "score": 4.0,
        "score_min": 1.0,
        "score_max": 5.0,
        "text": 'Very "good"',
        "language": "en",
        "value": Decimal("12.5000"),
        "currency": "GBP",
        "objects": [{"type": "order", "id": "1001"}, {"type": "product", "id": "A1"}],
        "session": "s1",
        "properties": '{"country":"UK"}',
    }


def test_staging_has_its_schema() -> None:
    assert applied(PLAIN, "at | who | what\n2026-01-01 | a@x.org | Visit").staged.schema == STAGING


def test_unreadable_cells_refuse_their_row_with_column_found_and_expected() -> None:
    mapping = Mapping(
        {"time": "at", "email": "who", "name": "what", "score": "nps", "value": "paid"},
        metric="nps", score_low=0, score_high=10,
    )  # fmt: skip

    found = applied(
        mapping,
        """
        at         | who     | what  | nps | paid
        2026-01-01 | a@x.org | Visit | 9   | 1.50
        31/01/2026 | a@x.org | Visit | 9   | 1.50
                   | a@x.org | Visit | 9   | 1.50
        2026-01-01 | a@x.org | Visit | 11  | 1.50
        2026-01-01 | a@x.org | Visit | 9   | cheap
        2026-01-01 | a@x.org |       | 9   | 1.50
        2026-01-01 |         | Visit |     |
        """,
    )

    assert [(row.line, row.reason) for row in found.refused] == [
        (3, "at: found '31/01/2026', expected a time such as 2026-03-31 14:05 (year-month-day)."),
        (4, "at is empty, expected a time such as 2026-03-31 14:05 (year-month-day)."),
        (5, "nps: found '11', expected a number from 0 to 10."),
        (6, "paid: found 'cheap', expected an amount such as 1,234.56."),
        (7, "what is empty, expected what happened."),
    ]
    assert found.refused[0].content == {
        "at": "31/01/2026",
        "who": "a@x.org",
        "what": "Visit",
        "nps": "9",
        "paid": "1.50",
    }
    assert found.staged["line"].to_pylist() == [2, 8]
    assert found.rows == 7


def test_dates_in_three_formats_are_never_guessed() -> None:
    found = applied(
        Mapping({"time": "at"}, time_format="dmy", name="Visit"),
        "at\n03/04/2026\n2026-04-03\nApril 3, 2026\n04/25/2026",
    )

    assert found.staged["time"].to_pylist() == [moment("2026-04-03")]
    assert [row.line for row in found.refused] == [3, 4, 5]


def test_empty_lines_and_the_header_again_are_skipped() -> None:
    found = applied(PLAIN, "at | who | what\n2026-01-01 | a@x.org | Visit\n | |\nat | who | what")

    assert [(row.line, row.reason) for row in found.skipped] == [(3, "an empty line"), (4, "the header again")]
    assert found.refused == []
    assert found.rows == 3


def test_a_row_without_customer_is_an_event_of_nobody() -> None:
    named, nobody, null = staged(
        Mapping({"time": "at", "external_id": "who", "order": "no"}, name="Visit"),
        "at | who | no\n2026-01-01 | 5 | A\n2026-01-01 | | B\n2026-01-01 | NULL | C",
    )

    assert (named["external_id"], named["order_id"]) == ("5", "A")
    for row in (nobody, null):
        assert not {"external_id", "order_id"} & row.keys()
        assert row["objects"]


def test_a_row_whose_kept_cells_are_all_empty_stays_without_properties() -> None:
    rows = staged(
        replace(PLAIN, kept=("note", "by")),
        """
        at               | who         | what  | note | by
        2026-03-01 10:00 | a@x.example | Login |      |
        2026-03-01 11:00 | b@x.example | Login | late |
        2026-03-01 12:00 | c@x.example | Login |      | Kim
        """,
    )
    assert [row.get("properties") for row in rows] == [None, '{"note":"late"}', '{"by":"Kim"}']


def test_a_case_stands_in_for_the_customer_only_when_the_mapping_says_so() -> None:
    text = "at | ticket\n2026-01-01 | T1"

    [alone] = staged(Mapping({"time": "at", "case": "ticket"}, name="Visit", case_is_customer=True), text)
    [unnamed] = staged(Mapping({"time": "at", "case": "ticket"}, name="Visit"), text)

    assert alone["case_id"] == "T1"
    assert "case_id" not in unnamed
    assert unnamed["objects"] == [{"type": "case", "id": "T1"}]


def test_date_and_time_of_day_in_two_columns_are_local_time() -> None:
    mapping = Mapping({"time": "date", "clock": "time"}, time_format="dmy", time_zone="Europe/Berlin", name="Visit")

    found = applied(mapping, "date | time\n01.07.2026 | 00:30\n01.07.2026 | later")

    assert found.staged["time"].to_pylist() == [moment("2026-06-30 22:30")]
    assert found.refused[0].reason.startswith("time: found 'later', expected a time of day such as 14:05")


def test_money_keeps_its_currency() -> None:
    found = staged(
        Mapping({"time": "at", "value": "paid"}, name="Visit"),
        "at | paid\n2026-01-01 | £5.00\n2026-01-01 | 5 USD\n2026-01-01 | 5\n2026-01-01 |",
    )

    assert [row.get("currency") for row in found] == ["GBP", "USD", "EUR", None]


def test_a_currency_that_is_none_is_refused_not_assumed() -> None:
    found = applied(
        Mapping({"time": "at", "value": "paid", "currency": "in"}, name="Visit"), "at|paid|in\n2026-01-01|5|gold"
    )

    assert found.refused[0].reason == "in: found 'gold', expected a currency such as EUR."


def test_quantity_times_unit_price() -> None:
    mapping = Mapping(
        {"time": "at", "quantity": "n", "unit_price": "each"}, name="Visit", decimal_marks={"unit_price": ","}
    )

    found = applied(
        mapping, "at | n | each\n2026-01-01 | 6 | 2,55\n2026-01-01 | 6 |\n2026-01-01 | | 2,55\n2026-01-01 | |"
    )

    assert found.staged["value"].to_pylist() == [Decimal("15.3000"), None]
    assert [row.reason for row in found.refused] == [
        "each is empty, expected an amount such as 2.55.",
        "n is empty, expected a number of pieces; value is quantity × unit price.",
    ]


def test_names_are_those_of_the_vocabulary_or_the_files_own() -> None:
    found = staged(
        replace(PLAIN, name_prefix="Step "),
        "at | who | what\n"
        "2026-01-01 | | add_to_cart\n2026-01-01 | | order completed\n2026-01-01 | | Tasting\n2026-01-01 | | 8",
    )

    assert [row["name"] for row in found] == ["Product Added", "Order Completed", "Tasting", "Step 8"]


def test_without_a_name_rows_are_called_after_their_file() -> None:
    [row] = staged(Mapping({"time": "at"}), "at\n2026-01-01")

    assert row["name"] == "Visits"


def test_the_channel_follows_from_an_event_that_has_only_one() -> None:
    found = staged(PLAIN, "at | who | what\n2026-01-01 | | Email Opened\n2026-01-01 | | Visit")

    assert [row["channel"] for row in found] == ["email", "other"]


def test_identical_rows_stay_apart_and_importing_them_again_changes_nothing() -> None:
    text = "at | who | what\n" + "2026-01-01 | a@x.org | Visit\n" * 3 + "2026-01-02 | a@x.org | Visit"

    once = applied(PLAIN, text).staged["key"].to_pylist()
    in_small_batches = applied(PLAIN, text, rows_each=1).staged["key"].to_pylist()
    newer = applied(PLAIN, text + "\n2026-01-03 | a@x.org | Visit").staged["key"].to_pylist()

    assert len(set(once)) == 4
    assert in_small_batches == once
    assert newer[:4] == once


def test_a_column_without_a_role_does_not_change_the_key() -> None:
    before = applied(replace(PLAIN, kept=("mood",)), "at | who | what | mood\n2026-01-01 | a | Visit | bad")
    after = applied(replace(PLAIN, kept=("mood",)), "at | who | what | mood\n2026-01-01 | a | Visit | good")

    assert before.staged["key"] == after.staged["key"]


def test_an_id_makes_a_changed_row_the_same_fact() -> None:
    mapping = Mapping({"time": "at", "key": "id", "text": "said"}, name="Visit")

    before = applied(mapping, "at | id | said\n2026-01-01 | 1 | bad").staged["key"]
    after = applied(mapping, "at | id | said\n2026-01-02 | 1 | good").staged["key"]

    assert before == after


def test_ids_of_two_kinds_of_table_do_not_meet() -> None:
    tickets = applied(Mapping({"time": "opened", "key": "id"}, name="Ticket Created"), "opened | id\n2026-01-01 | 1")
    reviews = applied(Mapping({"time": "posted", "key": "id"}, name="Review Posted"), "posted | id\n2026-01-01 | 1")

    assert tickets.staged["key"] != reviews.staged["key"]


def test_a_column_the_file_lacks_reads_as_empty() -> None:
    mapping = Mapping({"time": "at", "email": "mail"}, name="Visit", kept=("colour",))

    [row] = staged(mapping, "at\n2026-01-01")

    assert "email" not in row


def test_without_a_time_nothing_is_applied() -> None:
    with pytest.raises(MappingError, match="No column is mapped to the time"):
        list(apply(Mapping({"email": "who"}), batches("who\na@x.org"), CONTEXT))


CELL = st.one_of(
    st.sampled_from(
        ["", "2026-01-01", "31/01/2026", "at", "who", "x", "n", "5", "-3", "1.5", "A", "B", "nan", "EUR", "£2"]
    ),
    st.text(max_size=6).filter(lambda cell: "\x00" not in cell),
)


@given(
    rows=st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=12),
    rows_each=st.integers(1, 5),
    folds=st.booleans(),
    time_format=st.sampled_from(["iso", "dmy", "epoch_s", "named"]),
)
def test_no_row_is_ever_lost(rows: list[list[str]], rows_each: int, folds: bool, time_format: str) -> None:
    mapping = Mapping(
        {"time": "at", "external_id": "who", "order": "no", "value": "paid", "score": "nps"},
        time_format=time_format, name="Order Completed", metric="nps", score_low=0, score_high=10,
        one_event_per="order" if folds else "row",
    )  # fmt: skip

    parts = list(apply(mapping, table_batches(["at", "who", "no", "paid", "nps"], rows, rows_each), CONTEXT))

    keys = [key for part in parts for key in part.staged["key"].to_pylist()]
    behind = sum(sum(part.staged["rows"].to_pylist()) if folds else part.staged.num_rows for part in parts)
    aside = sum(len(part.refused) + len(part.skipped) for part in parts)
    assert behind + aside == sum(part.rows for part in parts) == len(rows)
    assert len(set(keys)) == len(keys)
