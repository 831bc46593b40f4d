"""The same experiment through pages, the JSON API and the terminal."""

from __future__ import annotations

import html
import io
import json
import re

import pytest
from click.testing import CliRunner
from rich.console import Console

import touchline
from touchline.experiments.commands import experiments_command
from touchline.experiments.facade import ExperimentError, Plan, create_experiment, experiment, start_experiment

FORM = {
    "title": "Reassurance at checkout",
    "hypothesis": "They doubt the delivery date.",
    "touchpoint": "checkout",
    "metric": "ordered",
    "days": 7,
    "smallest_change": 1.5,
    "weeks": 2,
    "included_percent": 80,
    "change_percent": 50,
    "change_name": "Reassurance",
}
PAGE = "/experiments/reassurance-at-checkout"


def shown(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def test_from_the_plan_to_the_end_on_pages(client, page_workspace):
    assert "No experiment yet" in shown(client.get("/experiments"))
    assert "There are no data yet" in shown(client.post("/experiments/new", FORM))
    assert client.post("/experiments/new", FORM | {"keep": ""}).url == PAGE
    planned = experiment(page_workspace, "reassurance-at-checkout")
    assert planned.arms == (("control", 4_000), ("reassurance", 4_000))
    assert planned.smallest_change == pytest.approx(0.015)
    assert "Start it" in shown(client.get(PAGE))

    client.post(f"{PAGE}/start")
    assert "There are no data since it was started" in shown(client.get(PAGE))
    assert page_workspace.store.value("select count(*) from variant_offers where withdrawn is null") == 1
    client.post(f"{PAGE}/start")
    assert "started before" in shown(client.get(PAGE))

    client.post(f"{PAGE}/stop")
    assert "Ended" in shown(client.get("/experiments"))
    assert page_workspace.store.value("select count(*) from variant_offers where withdrawn is null") == 0


def test_what_is_wrong_with_a_plan_stands_on_the_form(client):
    answer = client.post("/experiments/new", FORM | {"metric": "reached", "keep": ""})

    assert answer.status_code == 400
    assert "Say which step customers should reach." in shown(answer)
    assert client.get("/experiments/nowhere").status_code == 404
    assert client.post("/experiments/nowhere/start").status_code == 404


def test_the_json_api_plans_starts_and_reads(client):
    def post(address: str, body: object = None):
        return client.post(f"/api/v1{address}", json.dumps(body), content_type="application/json").json()

    made = post("/experiments", {"title": "Shorter form", "days": 7, "change_percent": 30})
    assert (made["name"], made["status"], made["arms"]) == (
        "shorter-form",
        "draft",
        {"control": 7_000, "change": 3_000},
    )
    assert post("/experiments", {"title": "X", "metric": "clicks"})["error"]["code"] == "invalid_request"
    assert post("/experiments/shorter-form/start")["status"] == "running"
    assert post("/experiments/shorter-form/start")["error"]["message"].startswith("“Shorter form” was started before.")
    reading = client.get("/api/v1/experiments/shorter-form/reading").json()
    assert (reading["end"], reading["outcomes"]) == ("cannot say", [])
    assert post("/experiments/shorter-form/stop")["status"] == "stopped"
    assert client.get("/api/v1/experiments/nowhere/reading").json()["error"]["code"] == "not_found"
    assert [each["name"] for each in client.get("/api/v1/experiments").json()["experiments"]] == ["shorter-form"]


def test_the_terminal_does_the_same(page_workspace):
    class Session:
        workspace = page_workspace
        console = Console(file=io.StringIO(), width=120)

    def run(*arguments: str) -> tuple[int, str]:
        session = Session()
        session.console = Console(file=io.StringIO(), width=120)
        result = CliRunner().invoke(experiments_command, arguments, obj=session)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, session.console.file.getvalue() + result.output

    assert "There is no experiment yet" in run()[1]
    assert "Planned “Shorter form”" in run("plan", "Shorter form", "--days", "7")[1]
    assert run("plan", "Shorter form") == (
        1,
        "Error: There is an experiment “shorter-form” already. Give this one another name.\n",
    )
    assert "Started" in run("start", "shorter-form")[1]
    assert "no data since" in run("show", "shorter-form")[1]
    assert "Ended" in run("stop", "shorter-form")[1]
    assert run("remove", "shorter-form")[0] == 1
    assert "shorter-form" in run("list")[1]
    assert run("show", "nowhere") == (1, "Error: There is no experiment “nowhere”.\n")


def test_python_says_the_same(page_workspace):
    plan = Plan("Shorter form", "ordered", days=7)
    create_experiment(page_workspace, plan)
    start_experiment(page_workspace, "shorter-form")
    page_workspace.close()

    with touchline.open(page_workspace.folder) as here:
        assert [(each.name, each.status) for each in here.experiments()] == [("shorter-form", "running")]
        assert here.experiment("shorter-form").sentence.startswith("There are no data since")
        with pytest.raises(ExperimentError, match="no experiment “nowhere”"):
            here.experiment("nowhere")
