"""Pages, files and endpoints of improvements."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from touchline.improvements import facade
from touchline.improvements.tests.conftest import PROPOSED
from touchline.improvements.tests.worlds import bring, calls, usual_steps

FORM = {
    "title": "Say why a card is refused",
    "touchpoint": "payment",
    "target": "experience",
    "cost": "12000",
    "owner": "Mia",
    "options": "Do nothing.\nAnother provider.",
}


def text_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def asking(client, rolled_out):
    """The client, asking about the shop where a roll-out worked."""
    from django.test import override_settings

    with override_settings(WORKSPACE_FOLDER=rolled_out.folder):
        yield client


def test_an_empty_backlog_and_ledger_say_what_to_do(client):
    assert "Open a pain point and choose “Make the case”" in text_of(client.get("/improvements"))
    assert "Nothing was launched yet" in text_of(client.get("/improvements/ledger"))


def test_one_of_our_own_is_made_changed_and_given_an_owner(client, page_workspace):
    made = client.post("/improvements/new", FORM)
    assert made["Location"] == "/improvements/1"

    page = text_of(client.get("/improvements/1"))
    assert "Option: Another provider." in page
    assert "There are no data yet" in page

    client.post("/improvements/1/edit", FORM | {"title": "Name the refused field", "effort_days": "3"})
    client.post("/improvements/1/standing", {"owner": "Tom", "status": "approved", "next_review": "2026-07-01"})
    found = facade.improvement(page_workspace, 1)
    assert (found.title, found.effort_days, found.owner, found.status) == (
        "Name the refused field",
        3,
        "Tom",
        "approved",
    )
    assert "Tom" in text_of(client.get("/improvements"))


def test_a_pain_whose_case_was_made_leads_to_it(client, page_workspace):
    facade.make_case(page_workspace, replace(PROPOSED, pain_id="payment~errors"))

    assert client.get("/improvements/new?pain=payment~errors")["Location"] == "/improvements/1"


def test_what_a_form_lacks_is_said_beside_it(client, page_workspace):
    answer = client.post("/improvements/new", FORM | {"title": "", "cost": "a lot"})

    assert answer.status_code == 400
    assert "This field is required." in text_of(answer)
    assert facade.backlog(page_workspace) == ()


def test_a_launch_is_kept_or_refused_in_words(client, page_workspace, tmp_path):
    bring(page_workspace, tmp_path, calls(usual_steps, range(-14, 0), regions=2))
    facade.make_case(page_workspace, PROPOSED)

    refused = client.post(
        "/improvements/1/launch", {"day": "2026-06-01", "scope": "groups", "group_key": "region", "groups": "X"}
    )
    assert refused.status_code == 400
    assert "There is no region “X”. There are: Region A, Region B." in text_of(refused)

    kept = client.post("/improvements/1/launch", {"day": "2026-06-01", "scope": "everyone"})
    assert kept["Location"] == "/improvements/1"
    page = text_of(client.get("/improvements/1"))
    assert "Verdict: too early to read" in page
    assert "Launched for everyone at once from 1 June 2026." in page


def test_the_page_reads_the_verdict_with_its_checks(asking):
    page = text_of(asking.get("/improvements/1"))

    assert "Verdict: it works" in page
    assert "The change very likely caused it." in page
    assert "pre trend passed" in page
    assert "Decision rule, fixed in advance. Read once, 8 weeks after the launch." in page


def test_the_ledger_stands_without_a_sum_while_there_is_one_verdict(asking):
    page = text_of(asking.get("/improvements/ledger"))

    assert "0 promised amounts have a measured one beside them" in page
    assert "nothing was promised" in page


@pytest.mark.parametrize(
    ("suffix", "begins"), [("pdf", b"%PDF"), ("pptx", b"PK"), ("md", b"# Say why a card is refused")]
)
def test_files(asking, suffix, begins):
    answer = asking.get(f"/improvements/1.{suffix}")

    assert answer.content.startswith(begins)
    assert f"Say why a card is refused.{suffix}" in answer["Content-Disposition"]


def test_what_is_not_there_is_not_found(client):
    for address in ("/improvements/9", "/improvements/9.pdf", "/improvements/9/edit", "/improvements/99999999999"):
        assert client.get(address).status_code == 404
    unknown = client.get("/improvements/new?pain=nowhere~errors")
    assert unknown.status_code == 404


def test_other_programs_get_the_same(asking):
    verdict = json.loads(asking.get("/api/v1/improvements/1/verdict").content)
    case = json.loads(asking.get("/api/v1/improvements/1").content)
    backlog = json.loads(asking.get("/api/v1/improvements").content)
    ledger = json.loads(asking.get("/api/v1/improvements/ledger").content)

    assert (verdict["outcome"], verdict["grade"], verdict["unit"]) == ("works", "B", "points")
    assert verdict["low"] < 20 < verdict["high"]
    assert next(part["id"] for part in case["parts"]) == "verdict"
    assert case["plan"]["rung"] == "roll-out"
    assert [line["number"] for line in backlog["improvements"]] == [1]
    assert ledger["lines"][0]["outcome"] == "works"
    assert asking.get("/api/v1/improvements/7").status_code == 404
