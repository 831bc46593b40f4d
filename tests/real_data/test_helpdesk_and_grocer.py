"""The Helpdesk log, with its cases as customers, and the grocer's folder of the Complete Journey."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from touchline.engine.workspace import Workspace
from touchline.events.facade import FileReport
from touchline.journeys.facade import Scope, adopt_unmapped, journey_map

pytestmark = pytest.mark.data
HELPDESK = "helpdesk-log.csv"
GROCER = "complete-journey"
Import = Callable[[str], tuple[Workspace, list[FileReport]]]
ALL_TIME = Scope(start=date(2009, 1, 1), end=date(2018, 12, 31))


def rows_of(file: Path) -> list[dict[str, str]]:
    content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return list(csv.DictReader(content.decode("utf-8").splitlines()))


def test_each_helpdesk_case_is_one_customer(import_of: Import, data_set: Callable[[str], Path]) -> None:
    workspace, [report] = import_of(HELPDESK)
    rows = rows_of(data_set(HELPDESK))

    unmapped = journey_map(workspace, ALL_TIME).unmapped
    adopt_unmapped(workspace, unmapped.kinds, "service")
    measured = journey_map(workspace, ALL_TIME)

    cases: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        cases[f"Activity {row['ActivityID']}"].add(row["CaseID"])
    assert (report.rows, report.imported) == (len(rows), len(rows))
    assert "No column names a customer: each case (CaseID) is treated as one customer." in report.notes
    assert measured.customers == len({row["CaseID"] for row in rows})
    service = next(stage for stage in measured.stages if stage.id == "service")
    assert {found.name: found.customers for found in service.touchpoints if found.customers} == {
        name: len(named) for name, named in cases.items()
    }


def test_the_grocers_baskets_fold_by_household(import_of: Import, data_set: Callable[[str], Path]) -> None:
    workspace, _ = import_of(GROCER)
    rows = rows_of(data_set(GROCER) / "transactions_sample.csv.gz")

    found = workspace.store.rows(
        "select count(*), sum(value), count(distinct who), min(channel), max(channel)"
        " from events join kinds using (kind) where name = 'Order Completed'"
    )

    baskets = {row["basket_id"] for row in rows}
    sales = sum(round(Decimal(row["sales_value"]), 4) for row in rows)  # the file has 3.8600000000000003
    assert tuple(found[0]) == (len(baskets), sales, len({row["household_id"] for row in rows}), "store", "store")


def test_coupons_are_redeemed_by_the_same_households(import_of: Import, data_set: Callable[[str], Path]) -> None:
    workspace, _ = import_of(GROCER)
    rows = rows_of(data_set(GROCER) / "coupon_redemptions.csv.gz")
    shoppers = {row["household_id"] for row in rows_of(data_set(GROCER) / "transactions_sample.csv.gz")}

    found = workspace.store.rows(
        "select identifiers.value, count(*) from events join kinds using (kind) join identifiers on identifier = who"
        " where name = 'Coupon Applied' group by 1"
    )

    assert {row[0]: row[1] for row in found} == Counter(row["household_id"] for row in rows)
    assert {row[0] for row in found} & shoppers
    assert journey_map(workspace, ALL_TIME).customers == len(shoppers | {row["household_id"] for row in rows})


def test_files_without_a_time_are_refused_with_a_sentence_each(import_of: Import) -> None:
    _, reports = import_of(GROCER)

    refused = {report.file.name: report.error for report in reports if not report.rows}
    assert sorted(refused) == [
        "campaigns.csv.gz",
        "coupons.csv.gz",
        "demographics.csv.gz",
        "products.csv.gz",
        "promotions_sample.csv.gz",
    ]
    assert all("No column holds a time" in error for error in refused.values())


def test_campaigns_without_customers_are_evidence_of_nobody(import_of: Import) -> None:
    _, reports = import_of(GROCER)

    report = next(report for report in reports if report.file.name == "campaign_descriptions.csv.gz")
    assert (report.rows, report.imported, report.with_customer) == (27, 27, 0)
    assert report.notes[1].startswith("No column names a customer")
