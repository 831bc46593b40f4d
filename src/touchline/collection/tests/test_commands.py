"""`touchline key`, `rejections` and `collect`, as they are typed."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

VIEW = {"type": "track", "event": "Product Viewed", "messageId": "m-1"}


def token_in(shown: str) -> str:
    return re.search(r"^    (tl_\S+)$", shown, re.MULTILINE).group(1)


def test_a_key_from_its_making_to_its_end(collecting, run):
    _, made = run("key", "create", "Till", "--origin", "Shop.example", "--address", "https://events.shop.example/")
    first = token_in(made)
    assert "Pages of https://shop.example may send with it." in made
    assert f'<script async src="https://events.shop.example/v1/touchline.js" data-write-key="{first}"></script>' in made

    second = token_in(run("key", "rotate", "till")[1])
    assert [collecting.post("/v1/track", {**VIEW, "userId": "1"}, token=each).status for each in (first, second)] == [
        200,
        200,
    ]
    third = token_in(run("key", "rotate", "till", "--overlap-days", "0")[1])
    tried = [
        collecting.post("/v1/track", {**VIEW, "userId": "1"}, token=each).status for each in (first, second, third)
    ]
    assert tried == [401, 401, 200]

    assert (
        "takes 5 events a second. No page may send"
        in run("key", "change", "2", "--no-origins", "--events-per-second", "5")[1]
    )
    code, told = run("key", "revoke", "Till")
    assert (code, "Say --yes if that is meant" in told) == (2, True)
    assert collecting.post("/v1/track", {**VIEW, "userId": "1"}, token=third).status == 200
    run("key", "revoke", "Till", "--yes")
    assert collecting.post("/v1/track", {**VIEW, "userId": "1"}, token=third).status == 401
    shown = run("key", "list")[1]
    assert "revoked 20" in shown
    assert not any(token in shown for token in (first, second, third, collecting.token))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("create", " "), "A write key needs a name"),
        (("create", "Till", "--origin", "https://shop.example/cart"), "is no origin"),
        (("create", "Till", "--events-per-second", "0"), "0 events a second cannot be a limit"),
        (("create", "shop WEBSITE"), "There is a write key 'shop WEBSITE' already"),
        (("rotate", "nobody"), "There is no write key 'nobody'"),
        (("change", "1"), "Say what changes"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, arguments, told):
    code, shown = run("key", *arguments)

    assert code == 2
    assert told in shown


def test_rejected_events_are_listed_corrected_and_dismissed(collecting, run, tmp_path):
    collecting.post("/v1/batch", {"batch": [VIEW, VIEW, {"type": "nonsense", "userId": "1"}]})
    collecting.settle()
    listed = run("rejections", "list", "--code", "no_user_anon_id")[1]
    assert "1  " in listed
    assert "Neither `userId` nor `anonymousId` is there" in listed
    assert listed.endswith("Events 1 to 2 of 2.\n")

    assert run("rejections", "list", "--key", "SHOP website", "--limit", "1")[1].endswith("Events 1 to 1 of 3.\n")
    assert "There is no write key and no webhook 'nobody'." in run("rejections", "list", "--key", "nobody")[1]

    shown = run("rejections", "show", "1")[1]
    corrected = tmp_path / "corrected.json"
    corrected.write_text(json.dumps({**json.loads(shown[shown.index("{") :]), "userId": "42"}), "utf-8")

    assert run("rejections", "retry", "1", "--content", str(corrected)) == (0, "1: It is stored.\n")
    assert run("rejections", "retry", "2")[0] == 1
    assert run("rejections", "retry") == (0, "2 sent again: 2 rejected still.\n")
    assert run("rejections", "dismiss", "2") == (0, "Dismissed.\n")
    assert run("rejections", "dismiss")[0] == 2
    assert run("rejections", "dismiss", "--contains", "NONSENSE", "--yes") == (0, "Dismissed 1.\n")
    assert run("rejections", "list") == (0, "No rejected event is waiting.\n")
    assert collecting.stored() == 1


def test_the_log_can_be_taken_along_without_formulas_in_it(collecting, run):
    evil = {"type": "track", "event": "", "userId": "=HYPERLINK(1)", "messageId": '=cmd|"/c calc"!A1'}
    collecting.post("/v1/batch", {"batch": [evil, VIEW]})
    collecting.settle()

    rows = list(csv.DictReader(io.StringIO(run("rejections", "export")[1])))
    lines = [json.loads(line) for line in run("rejections", "export", "--format", "jsonl")[1].splitlines()]

    assert [row["message_id"] for row in rows] == ['\'=cmd|"/c calc"!A1', "m-1"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert [json.loads(line["content"]).get("userId") for line in lines] == ["=HYPERLINK(1)", None]


def test_the_status_says_what_came_and_what_waits(collecting, run):
    collecting.post("/v1/batch", {"batch": [{**VIEW, "userId": "42"}, {**VIEW, "userId": "42"}, {"type": "x"}]})
    collecting.settle()

    shown = run("collect", "status")[1]

    assert "Nothing is collected at the moment" in shown  # by this process, which serves no pages
    assert "Stored: 1 event, of which 1 in the last 24 hours; 1 more had been received before." in shown
    assert "Rejected and waiting for a look: 1. touchline rejections list" in shown
    assert "Consent is required" in shown
