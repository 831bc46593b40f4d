from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from touchline import open as open_touchline
from touchline.cli.main import commands
from touchline.value import facade
from touchline.value.tests.shops import bring_in, orders_of_a_shop

ENTERED = {
    "margin": "25", "discount_a_year": "8", "horizon_months": "12", "contact_cost": "5", "currency": "eur", "model": "bg",
    "note": "<b>CFO</b>",
}  # fmt: skip


@pytest.fixture
def filled(page_workspace, tmp_path):
    bring_in(page_workspace, tmp_path, orders_of_a_shop())
    return page_workspace


def test_changing_an_assumption_on_the_page_changes_the_amounts_at_once(client, filled):
    before = client.get("/value").content.decode()
    assert "300 customers with" in before
    assert before.count("Tried on the last 25 weeks") == 3  # beside every block of figures

    changed = client.post("/value", ENTERED, follow=True).content.decode()

    held = facade.assumptions(filled)
    assert (held.margin, held.discount_a_year, held.horizon_months, held.currency, held.model) == (
        0.25, 0.08, 12, "EUR", "bg",
    )  # fmt: skip
    assert "Every amount of money follows these assumptions from now on." in changed
    assert "All of them, within 12 months" in changed
    assert "&lt;b&gt;CFO&lt;/b&gt;" in changed
    assert amount_on(before) != amount_on(changed)


def amount_on(page: str) -> str:
    return re.search(r"One of them, on average</dt><dd>([^<]+)", page)[1]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("margin", "120", "less than or equal to 100"),
        ("margin", "nan", "Enter a number."),
        ("horizon_months", "2.5", "Enter a whole number."),
        ("currency", "Taler", "A currency is three letters such as EUR"),
        ("model", "oracle", "Select a valid choice"),
        ("note", "x" * 201, "at most 200 characters"),
    ],
)
def test_what_cannot_be_assumed_is_shown_beside_its_field(client, page_workspace, name, value, sentence):
    answer = client.post("/value", {**ENTERED, name: value})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert facade.assumptions(page_workspace).margin == 0.4


def test_without_orders_the_page_says_so_and_still_takes_assumptions(client, page_workspace):
    page = client.get("/value").content.decode()

    assert "There are no orders yet." in page
    assert "Gross margin, %" in page
    assert "nan" not in page.lower().replace("finance", "")


def test_the_command_shows_what_the_page_shows_and_sets_assumptions(filled):
    filled.close()

    def run(*arguments: str):
        return CliRunner().invoke(commands(), ["-w", str(filled.folder), *arguments], env={"COLUMNS": "200"})

    shown = run("value", "--set", "margin=25%", "--set", "horizon_months=12", "--note", "accounts")
    told = json.loads(run("value", "--json").output)
    with open_touchline(filled.folder) as touchline:
        report = touchline.value()

    assert shown.exit_code == 0
    assert "300 customers with" in shown.output
    assert re.search(r"Gross margin +25% +yours +accounts", shown.output)
    assert told["everybody"]["each"]["value"] == report.everybody.each.value
    assert told["until"] == report.until.isoformat()
    assert run("value", "--set", "margin").output.endswith("is not of the form NAME=VALUE, such as margin=35%.\n")
    assert "The margin is a number" in run("value", "--set", "margin=x").output
    assert "nothing is set" in run("value", "--note", "accounts").output


def test_python_sets_assumptions_too(filled):
    filled.close()

    with open_touchline(filled.folder) as touchline:
        report = touchline.value("accounts", margin=0.2, horizon_months=6)
        with pytest.raises(ValueError, match="There is no assumption “mood”"):
            touchline.value(mood=1)

    assert [each.shown for each in report.assumptions][:3] == ["20%", "10%", "6 months"]


def test_the_api_tells_the_report(client, filled):
    told = client.get("/api/v1/value").json()
    report = facade.value_report(filled)

    assert told["everybody"]["each"]["value"] == report.everybody.each.value
    assert told["until"] == report.until.isoformat()
    assert told["backtest"] == report.backtest
    assert (told["contracts"], told["refusal"]) == (None, "")
