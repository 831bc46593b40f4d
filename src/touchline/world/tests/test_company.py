from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest

from touchline.world import truth
from touchline.world.company import make_world, write_company
from touchline.world.story import Answer, World

FILES = {
    "customers_export.csv", "mailchimp_campaigns.csv", "orders_export.csv", "parcel_events.jsonl",
    "subscribed_members_export_4f1c2a.csv", "surveymonkey_support.csv", "trustpilot_reviews.csv",
    "typeform_recommendation.csv", "typeform_step_feedback.csv", "web_events.jsonl", "zendesk_tickets.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_company(folder / "exports", folder / "truth", seed=7, customers=400)
    return folder


@pytest.fixture(scope="module")
def counted(company: Path):
    return json.loads((company / "truth" / "truth.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def large() -> World:
    return make_world(seed=3, customers=5_000)


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def experience(answers: list[Answer]) -> tuple[float, float]:
    """The mean of answers of 0 to 4, and four standard errors of it."""
    return sum(200 * answer.score / 4 - 100 for answer in answers) / len(answers), 4 * 65 / len(answers) ** 0.5


def test_the_files_are_those_a_shop_has_and_the_truth_lies_apart(company: Path) -> None:
    assert {path.name for path in (company / "exports").iterdir()} == FILES
    assert [path.name for path in (company / "truth").iterdir()] == ["truth.json"]


def test_the_same_seed_writes_the_same_bytes(company: Path, tmp_path: Path) -> None:
    write_company(tmp_path / "exports", tmp_path / "truth", seed=7, customers=400)

    for name in FILES:
        assert (tmp_path / "exports" / name).read_bytes() == (company / "exports" / name).read_bytes()


def test_the_truth_counts_what_the_files_hold(company: Path, counted) -> None:
    with (company / "exports" / "orders_export.csv").open(encoding="utf-8") as file:
        orders = {row["Name"] for row in csv.DictReader(file)}
    with (company / "exports" / "zendesk_tickets.csv").open(encoding="utf-8") as file:
        tickets = list(csv.DictReader(file))
    visitors = {line["anonymousId"] for line in lines(company / "exports" / "web_events.jsonl")}

    assert counted["orders"] == len(orders)
    assert counted["tickets"] == len(tickets)
    assert counted["visitors"] == len(visitors)


def test_the_truth_counts_the_troubles_in_the_files(company: Path, counted) -> None:
    names = [line.get("event") for line in lines(company / "exports" / "web_events.jsonl")]
    parcels = lines(company / "exports" / "parcel_events.jsonl")
    late = [
        parcel
        for parcel in parcels
        if datetime.fromisoformat(parcel["timestamp"]).date()
        > date.fromisoformat(parcel["properties"]["promised_delivery"])
    ]

    troubles = counted["troubles"]
    assert names.count("Payment Failed") == troubles["declined"]["events"] >= troubles["declined"]["visits"] > 0
    assert names.count("Dead Click Detected") == troubles["stuck_filter"]["events"] > 0
    assert (len(parcels), len(late)) == (troubles["late"]["parcels"], troubles["late"]["visits"])
    assert 0 < len(late) < len(parcels)


def test_answers_average_to_the_planted_feeling(large: World) -> None:
    after = [
        answer
        for answer in large.answers
        if answer.touchpoint == "Payment" and answer.time > truth.END.replace(month=8)
    ]
    mean, margin = experience(after)

    assert len(after) > 100
    assert abs(mean - -46) < margin


def test_those_a_trouble_hit_feel_worse_by_its_gap(large: World) -> None:
    answers = [answer for answer in large.answers if answer.touchpoint == "Delivery" and answer.order is not None]
    late, margin = experience([answer for answer in answers if answer.order is not None and answer.order.late])
    in_time, _ = experience([answer for answer in answers if answer.order is not None and not answer.order.late])

    assert abs(in_time - late - truth.LATE.gap) < 1.5 * margin


def test_another_seed_is_another_company() -> None:
    assert len(make_world(1, 300).hits) != len(make_world(2, 300).hits)
