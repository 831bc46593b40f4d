"""The pages of webhooks in the browser's hands."""

from __future__ import annotations

import html
import re

import pytest

from touchline.collection.tasks import Collector
from touchline.collection.tests.conftest import Collecting
from touchline.collection.tests.test_hook_commands import send_order, send_signed

NEW = {"kind": "generic", "name": "Tills", "secret": "", "address": "https://events.shop.example"}


@pytest.fixture
def sending(page_workspace, client):
    """Django's client on a workspace that collects."""
    collecting = Collecting(page_workspace, Collector(page_workspace), "")
    yield collecting
    collecting.collector.stop()


def shown(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def made(answer) -> tuple[str, str]:
    """Path and secret of the page that shows them once."""
    text = shown(answer)
    assert answer["Cache-Control"] == "no-store"
    [path] = re.findall(r"https://events\.shop\.example(/hooks/\w+/tl_\S+)", text)
    return path, next(iter(re.findall(r"whsec_\S{40,}", text)), "")


def test_any_json_from_a_new_webhook_to_its_first_events(client, sending):
    path, secret = made(client.post("/collect/webhooks/new", NEW))
    assert [send_signed(sending, path, secret, number) for number in (1, 2, 3)] == [200, 200, 200]
    sending.settle()

    assert "3 wait for a mapping" in shown(client.get("/collect"))
    assert "3 deliveries wait until somebody has confirmed" in shown(client.get("/collect/webhooks/1"))
    page = client.get("/collect/webhooks/1/mapping").content.decode()
    fields = dict(re.findall(r'<select name="(column_\d)".*?<option value="(\w*)" selected', page, re.DOTALL))
    assert sorted(fields.values()) == ["email", "key", "time"]
    chosen = {**fields, "channel": "store", "name": "Till used"}
    assert client.post("/collect/webhooks/1/mapping", chosen).status_code == 200  # shows what it changes
    assert sending.workspace.store.value("select count(*) from events") == 0

    answer = client.post("/collect/webhooks/1/mapping", {**chosen, "confirm": "1"}, follow=True)
    assert "Confirmed. 3 of 3 that waited were stored." in shown(answer)
    assert sending.rows("select k.name, k.channel, count(*) from events e join kinds k using (kind) group by all") == [
        ("Till used", "store", 3)
    ]
    assert not any(
        each in client.get(where).content.decode()
        for each in (path, secret)
        for where in ("/collect", "/collect/webhooks/1")
    )


def test_a_shop_gets_its_secret_another_address_and_is_closed(client, sending):
    path, secret = made(client.post("/collect/webhooks/new", {**NEW, "kind": "shopify", "name": "Shop"}))
    assert secret == ""
    assert "needs its secret" in shown(client.get("/collect"))
    assert send_order(sending, path, "hush") == 401

    client.post("/collect/webhooks/1/change/secret", {"secret": "hush", "overlap_days": "1"})
    assert send_order(sending, path, "hush") == 200
    assert "Shopify chooses the secret itself" in shown(
        client.post("/collect/webhooks/1/change/secret", {"secret": "", "overlap_days": "1"}, follow=True)
    )
    new, _ = made(client.post("/collect/webhooks/1/change/address", {"address": NEW["address"], "overlap_days": "0"}))
    assert (send_order(sending, path, "hush"), send_order(sending, new, "hush")) == (401, 200)
    assert "is closed" in shown(client.post("/collect/webhooks/1/change/revoke", follow=True))
    assert send_order(sending, new, "hush") == 401
    assert "closed" in shown(client.get("/collect"))


def test_what_is_wrong_is_said_beside_the_form(client, sending):
    answer = client.post("/collect/webhooks/new", {**NEW, "secret": "hush"})
    assert (answer.status_code, "expected whsec_" in shown(answer)) == (400, True)
    assert client.post("/collect/webhooks/new", {**NEW, "kind": "fax"}).status_code == 400
    made(client.post("/collect/webhooks/new", NEW))
    assert "There is a write key 'Tills' already" in shown(client.post("/collect/webhooks/new", NEW))
    assert "nothing to propose" in shown(client.get("/collect/webhooks/1/mapping", follow=True))
    assert client.post("/collect/webhooks/1/change/secret", {"overlap_days": "soon"}).status_code == 400
    assert client.post("/collect/webhooks/1/change/nothing").status_code == 404
    for where in ("/collect/webhooks/7", "/collect/keys/1"):
        assert client.get(where).status_code == 404


def test_the_api_tells_of_webhooks_and_gives_nothing_away(client, sending):
    path, secret = made(client.post("/collect/webhooks/new", NEW))
    assert send_signed(sending, path, secret, 1) == 200
    sending.settle()

    answer = client.get("/api/v1/webhooks")
    [hook] = answer.json()["webhooks"]
    assert (hook["use"]["key"]["name"], hook["hook"], hook["unmapped"]) == (
        "Tills",
        {"kind": "generic", "mapping": None},
        1,
    )
    assert [each["hint"] for each in hook["secrets"]] == [secret[-4:]]
    assert not any(each in answer.content.decode() for each in (secret, path.rpartition("/")[2]))
    assert client.get("/api/v1/write-keys").json() == {"keys": []}
