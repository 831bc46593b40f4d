from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from touchline.world import truth
from touchline.world.company import write_company
from touchline.world.story import make_world

FILES = {
    "customers_export.csv", "mailchimp_campaigns.csv", "orders_export.csv", "subscribed_members_export_4f1c2a.csv",
    "surveymonkey_support.csv", "trustpilot_reviews.csv", "typeform_recommendation.csv", "typeform_step_feedback.csv",
    "web_events.jsonl", "zendesk_tickets.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    write_company(folder / "exports", folder / "truth", seed=7, customers=400)
    return folder


def test_the_files_are_those_a_shop_has_and_the_truth_lies_apart(company: Path) -> None:
    assert {path.name for path in (company / "exports").iterdir()} == FILES
    assert [path.name for path in (company / "truth").iterdir()] == ["truth.json"]


def test_the_same_seed_writes_the_same_bytes(company: Path, tmp_path: Path) -> None:
    write_company(tmp_path / "exports", tmp_path / "truth", seed=7, customers=400)

    for name in FILES:
        assert (tmp_path / "exports" / name).read_bytes() == (company / "exports" / name).read_bytes()


def test_the_truth_counts_what_the_files_hold(company: Path) -> None:
    counted = json.loads((company / "truth" / "truth.json").read_text("utf-8"))
    with (company / "exports" / "orders_export.csv").open(encoding="utf-8") as file:
        orders = {row["Name"] for row in csv.DictReader(file)}
    with (company / "exports" / "zendesk_tickets.csv").open(encoding="utf-8") as file:
        tickets = list(csv.DictReader(file))
    with (company / "exports" / "web_events.jsonl").open(encoding="utf-8") as file:
        visitors = {json.loads(line)["anonymousId"] for line in file}

    assert counted["orders"] == len(orders)
    assert counted["tickets"] == len(tickets)
    assert counted["visitors"] == len(visitors)


def test_answers_average_to_the_planted_feeling() -> None:
    """1,000 people or so answer about payment; the mean of a beta-binomial of spread 0.5 lies within 4 standard errors."""
    world = make_world(seed=3, customers=20_000)
    late = [
        answer
        for answer in world.answers
        if answer.touchpoint == "Payment" and answer.time > truth.END.replace(month=8)
    ]
    mean = sum(200 * answer.score / 4 - 100 for answer in late) / len(late)
    standard_error = 60 / len(late) ** 0.5

    assert len(late) > 100
    assert abs(mean - -46) < 4 * standard_error


def test_another_seed_is_another_company() -> None:
    assert len(make_world(1, 300).hits) != len(make_world(2, 300).hits)
