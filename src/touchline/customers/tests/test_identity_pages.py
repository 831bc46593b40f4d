"""The pages and commands about identities and accounts, on the worlds of their questions."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from click.testing import CliRunner
from rich.console import Console

from touchline.customers.commands.identity import accounts_command, identity_command
from touchline.customers.facade import pairs_to_judge
from touchline.customers.tests.test_accounts import CALLS
from touchline.customers.tests.test_identity_quality import WORLD
from touchline.events.facade import import_files


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def shop(page_workspace, tmp_path):
    file = tmp_path / "calls.jsonl"
    file.write_text("".join(json.dumps({"messageId": str(n), **call}) + "\n" for n, call in enumerate(WORLD + CALLS)))
    import_files(page_workspace, [file])
    return page_workspace


def test_the_page_tells_what_joins_are_worth(client, shop):
    page = text_of(client.get("/identity"))

    assert "Cannot say yet how many joins are wrong: 0 pairs judged, at least 5 are needed." in page
    assert "One order for both 1 cannot say: 0 pairs judged" in page
    assert "Till e-mail address 1 seen on more than 15 browsers" in page
    assert "e-mail address office@x.org conflict 2" in page
    assert "Customers with an order at least one order completed 2 3" in page


def test_other_programs_are_told_the_same(client, shop):
    told = client.get("/api/v1/identity?month=2026-03").json()

    assert (told["customers"], told["audit"]["month"], told["audit"]["sampled"]) == (34, "2026-03", 3)
    assert told["headlines"][1]["now"] == {"unit": "count", "value": 2, "low": None, "high": None, "n": 2}
    assert client.get("/api/v1/identity?month=March").json()["error"]["code"] == "invalid_request"


def test_pairs_are_judged_and_a_wrong_link_is_taken_back(client, shop):
    for _ in range(3):
        asked = text_of(client.get("/identity/audit"))
        pair = pairs_to_judge(shop)[0]
        is_shared = pair.rule == "shared order_id"
        assert f"{pair.a.value} " in asked
        assert f"{pair.b.value} " in asked
        sent = client.post(
            "/identity/audit/judge", {"pair": pair.key, "judgement": "different" if is_shared else "same"}
        )
        if is_shared:
            wrong = text_of(client.get(sent["Location"]))
            link = pair.links[0]
    assert "You said that bob@x.org and rob@x.org are not one person Take the link back?" in wrong
    assert "bob@x.org and 3: e-mail address and order number on one row · Segment calls" in wrong

    taken = client.post("/identity/audit/undo", {"a": link.a, "b": link.b}, follow=True)

    assert "Taken back. Every report counts them as what they are without that link." in text_of(taken)
    page = text_of(client.get("/identity"))
    assert "1 of them taken back" in page
    assert "One order for both 0 cannot say: 1 pair judged 0 1 0" in page
    refused = client.post("/identity/audit/judge", {"pair": "x", "judgement": "same"}, follow=True)
    assert "The pair “x” is not in the sample of" in text_of(refused)
    assert "Which link to take back was not said." in text_of(client.post("/identity/audit/undo", follow=True))


def test_accounts_are_listed_searched_and_opened(client, shop):
    listed = client.get("/accounts")
    assert "Initech GmbH 4" in text_of(listed)
    (address,) = re.findall(r'href="(/accounts/\d+)">Initech', listed.content.decode())

    opened = text_of(client.get(address))

    assert "dora Account Joined · Segment calls" in opened
    assert "cem company in the profile 6 Mar 2026" in opened
    assert "Acme" not in text_of(client.get("/accounts?search=init"))
    assert "No account has “zzz” in its name or id." in text_of(client.get("/accounts?search=zzz"))
    missing = client.get("/accounts/9999")
    assert (missing.status_code, "There is no account #9999." in text_of(missing)) == (404, True)
    assert client.get(f"/accounts/{10**40}").status_code == 404


def test_an_empty_workspace_says_what_will_be_there(client):
    assert "Nobody is known yet" in text_of(client.get("/identity"))
    assert "No accounts yet" in text_of(client.get("/accounts"))
    assert "No two names were joined yet, so there is nothing to judge." in text_of(client.get("/identity/audit"))


class Session:
    def __init__(self, workspace, console):
        self.workspace, self.console = workspace, console


def typed(command, workspace, *words):
    console = Console(width=110, record=True, no_color=True, highlight=False)
    done = CliRunner().invoke(command, words, obj=Session(workspace, console), catch_exceptions=False)
    return done.exit_code, " ".join(console.export_text().split()), done.output


def test_the_terminal_says_the_same(shop):
    code, told, _ = typed(identity_command, shop)
    assert (code, "till e-mail address 1 conflict e-mail address 1" in told) == (0, True)
    assert "40 identifiers are 34 customers" in told
    assert "Customers with an order 2 3" in told

    _, as_json, _ = typed(identity_command, shop, "--json", "--month", "2026-03")
    assert '"month": "2026-03"' in as_json
    code, _, output = typed(identity_command, shop, "--month", "March")
    assert (code, "“March” is not a month such as 2026-03" in output) == (2, True)

    _, one, _ = typed(accounts_command, shop, "initech")
    assert "cem (#" in one
    _, listed, _ = typed(accounts_command, shop)
    assert "Initech GmbH 4" in listed
    assert "Members Customer" not in listed
    assert "No account has “zzz”" in typed(accounts_command, shop, "zzz")[1]
