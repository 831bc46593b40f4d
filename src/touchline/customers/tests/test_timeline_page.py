"""The pages, the command and the endpoints of one customer, on one small shop."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from touchline.customers.commands.customer import customer_command
from touchline.customers.shown import lane
from touchline.engine.deriving import bring_up_to_date
from touchline.engine.workspace import Settings, Workspace, create_workspace
from touchline.events.facade import import_files
from touchline.journeys.facade import DEFAULT_JOURNEY_TOML

JSON = "application/json"
ADA = {"userId": "ada", "anonymousId": "browser-1", "context": {"page": {"path": "/products/shoe"}}}
CALLS = [
    {
        "type": "identify",
        **ADA,
        "traits": {"email": "ada@example.org", "name": "Ada <b>"},
        "at": "2026-05-01T10:00:00Z",
    },
    {"type": "track", **ADA, "event": "Product Viewed", "at": "2026-05-01T10:01:00Z"},
    {
        "type": "track",
        **ADA,
        "event": "Order Completed",
        "properties": {"order_id": "A-17", "total": 80, "currency": "EUR"},
        "at": "2026-05-01T10:05:00Z",
    },
    {"type": "track", "userId": "ben", "event": "Product Viewed", "at": "2026-05-02T10:00:00Z"},
]


@pytest.fixture(scope="module")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada and Ben, imported once, to be copied."""
    folder = tmp_path_factory.mktemp("timeline")
    file = folder / "calls.jsonl"
    lines = [{**call, "timestamp": call["at"], "messageId": str(place)} for place, call in enumerate(CALLS)]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    workspace = create_workspace(folder / "workspace", Settings("Fernhill Outdoor"), DEFAULT_JOURNEY_TOML)
    (report,) = import_files(workspace, [file], accept_proposals=True)
    assert report.quarantined == 0
    bring_up_to_date(workspace)
    workspace.close()
    return workspace.folder


@pytest.fixture
def page_workspace(shop_folder: Path, open_copy: Callable[[Path], Workspace]) -> Workspace:
    """A copy of it: what `client` asks about."""
    return open_copy(shop_folder)


@pytest.fixture
def shop(page_workspace: Workspace) -> Workspace:
    """The same by its name."""
    return page_workspace


def text_of(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_a_search_that_finds_one_leads_to_the_customer(client, shop):
    answer = client.get("/customers", {"search": "Ada@Example.org"}, follow=True)

    assert re.fullmatch(r"/customers/\d+", answer.redirect_chain[-1][0])
    assert "Order A-17 placed" in text_of(answer)
    assert "80.00 EUR" in text_of(answer)


def test_a_search_that_finds_nobody_says_what_was_looked_for(client, shop):
    said = text_of(client.get("/customers", {"search": "zoe@example.org"}))

    assert "Nobody is known as “zoe@example.org”. It was looked for as user id, e-mail address," in said


def test_without_a_search_those_seen_last_are_listed(client, shop):
    said = text_of(client.get("/customers"))

    assert said.index("ben") < said.index("ada@example.org")


def test_names_from_files_are_shown_as_they_are_and_do_nothing(client, shop):
    answer = client.get("/customers", {"search": "ada"}, follow=True)

    assert b"Ada &lt;b&gt;" in answer.content
    assert b"Ada <b>" not in answer.content


def test_a_link_is_undone_and_redone_on_the_page(client, shop):
    page = client.get("/customers", {"search": "ada"}, follow=True)
    address = page.redirect_chain[-1][0]
    a, b = re.search(
        r'name="a" value="(\d+)"><input type="hidden" name="b" value="(\d+)"', page.content.decode()
    ).groups()

    undone = client.post(f"{address}/links/undo", {"a": a, "b": b}, follow=True)
    assert "Undone: the two are what they would be without that link." in text_of(undone)
    assert b"links/redo" in undone.content

    redone = client.post(f"{address}/links/redo", {"a": a, "b": b}, follow=True)
    assert b"links/redo" not in redone.content


def test_what_is_no_link_is_not_found(client, shop):
    for change, ends in {
        "undo": {"a": "x", "b": "1"},
        "forget": {"a": "1", "b": "2"},
        "redo": {"a": "1", "b": "9" * 30},
    }.items():
        assert client.post(f"/customers/1/links/{change}", ends).status_code == 404


def test_a_link_that_never_was_is_said_on_the_page(client, shop):
    answer = client.post("/customers/1/links/undo", {"a": "1", "b": "999"}, follow=True)

    assert "There is no link between the identifiers 1 and 999." in text_of(answer)


def test_a_customer_who_is_not_there(client, shop):
    for number in ("99", "4294967296", "9" * 40):
        answer = client.get(f"/customers/{number}")

        assert answer.status_code == 404
        assert f"There is no customer #{number}." in text_of(answer)


def test_a_filter_that_means_nothing_shows_nothing_and_breaks_nothing(client, shop):
    for query in ("?about=nonsense&channel=%00", "?offset=-1", "?offset=99999999999", "?about='"):
        assert client.get(f"/customers/1{query}").status_code == 200, query


def test_the_command_tells_the_same_and_in_json(shop):
    class Surroundings:
        workspace = shop

        def __init__(self) -> None:
            from touchline.cli.console import open_console

            self.console = open_console(width=100)

    def run(*words: str):
        return CliRunner().invoke(customer_command, words, obj=Surroundings())

    assert (
        "1 order, worth 80.00 EUR after refunds. Latest score: none yet (0 answers)." in run("ada@example.org").output
    )
    told = json.loads(run("A-17", "--json", "--limit", "1").output)
    assert [entry["time"] for entry in told["page"]["entries"]] == ["2026-05-01T10:05:00.000Z"]
    assert told["standing"]["worth"] == [{"currency": "EUR", "value": "80.0000"}]
    nobody = run("zoe")
    assert (nobody.exit_code, "Nobody is known as “zoe”." in nobody.output) == (1, True)
    assert run().exit_code == 2
    assert run("--number", "77").exit_code == 1


def test_the_api_finds_and_tells(client, shop):
    (found,) = client.get("/api/v1/customers", {"search": "ada@example.org"}).json()["customers"]
    told = client.get(f"/api/v1/customers/{found['customer']}", {"limit": 1}).json()

    assert told["who"]["name"] == "Ada <b>"
    assert told["page"]["total"] == 2
    assert [each["touchpoint_id"] for each in told["page"]["entries"]] == ["first-order"]
    assert told["page"]["entries"][0]["time"] == "2026-05-01T10:05:00.000Z"
    assert told["standing"]["orders"][0]["worth"] == "80.0000"
    assert len(client.get("/api/v1/customers").json()["customers"]) == 2


def test_the_api_undoes_a_link_and_puts_it_back(client, shop):
    (found,) = client.get("/api/v1/customers", {"search": "A-17"}).json()["customers"]
    links = client.get(f"/api/v1/customers/{found['customer']}/links").json()["links"]
    ends = {"a": links[0]["a"]["number"], "b": links[0]["b"]["number"]}

    undone = client.post("/api/v1/links/undo", ends, content_type=JSON)
    assert (undone.status_code, len(undone.json()["changed"]) > 0) == (200, True)
    redone = client.post("/api/v1/links/redo", ends, content_type=JSON)
    assert redone.json() == undone.json()
    assert client.get(f"/api/v1/customers/{found['customer']}/links").json()["links"] == links


REFUSED = {
    "/api/v1/customers/999": (404, "not_found"),
    "/api/v1/customers/999/links": (404, "not_found"),
    "/api/v1/customers/4294967296": (404, "not_found"),
    "/api/v1/customers/1?limit=201": (400, "invalid_request"),
    "/api/v1/customers/1?offset=-1": (400, "invalid_request"),
    "/api/v1/customers/1?about=weather": (400, "invalid_request"),
    "/api/v1/customers/1?channel=pigeon": (400, "invalid_request"),
    "/api/v1/customers?search=" + "x" * 201: (400, "invalid_request"),
    "/api/v1/accounts/7": (404, "not_found"),
}


def test_the_api_refuses_with_a_code(client, shop):
    found = {address: client.get(address) for address in REFUSED}

    codes = {address: (answer.status_code, answer.json()["error"]["code"]) for address, answer in found.items()}
    assert codes == REFUSED


def test_the_api_lists_accounts(client, shop):
    assert client.get("/api/v1/accounts").json() == {"accounts": [], "total": 0, "offset": 0, "limit": 50}


def test_long_lists_beside_the_line_are_cut_and_say_so():
    short, long = lane(range(8), str), lane(range(300), str)

    assert (len(short.items), short.others, short.unseen) == (8, 0, 0)
    assert (len(long.items), long.others, long.unseen) == (200, 292, 100)
