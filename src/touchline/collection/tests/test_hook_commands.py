"""`touchline hook`, as it is typed: from making a webhook to the first event."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time

SECRET = "hush-hush-hush"
ORDER = {
    "name": "#1001",
    "created_at": "2026-08-01T10:00:00Z",
    "updated_at": "2026-08-01T10:00:00Z",
    "total_price": "12.00",
}


def path_in(shown: str) -> str:
    return re.search(r"^    https://events.shop.example(/hooks/\w+/tl_\S+)$", shown, re.MULTILINE).group(1)


def send_order(collecting, path: str, secret: str) -> int:
    raw = json.dumps(ORDER).encode()
    signature = base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()
    headers = {"x-shopify-hmac-sha256": signature, "x-shopify-topic": "orders/create"}
    return collecting.ask("POST", path, headers, raw).status


def send_signed(collecting, path: str, secret: str, number: int) -> int:
    raw = json.dumps({"id": number, "at": f"2026-08-0{number}T10:00:00Z", "mail": f"a{number}@example.org"}).encode()
    id_, seconds = f"msg_{number}", str(int(time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{id_}.{seconds}.".encode() + raw, hashlib.sha256).digest()
    signature = f"v1,{base64.b64encode(digest).decode()}"
    headers = {"webhook-id": id_, "webhook-timestamp": seconds, "webhook-signature": signature}
    return collecting.ask("POST", path, headers, raw).status


def test_a_shop_from_the_address_to_the_secret_and_its_end(collecting, run):
    _, made = run("hook", "create", "shopify", "--address", "https://events.shop.example/")
    path = path_in(made)
    assert "1. Shopify admin: Settings, Notifications, Webhooks" in made
    assert "Until then every delivery is refused: touchline hook secret 2 --secret ..." in made
    assert send_order(collecting, path, SECRET) == 401

    assert run("hook", "secret", "Shopify", "--secret", SECRET)[0] == 0
    assert send_order(collecting, path, SECRET) == 200
    _, rotated = run("hook", "rotate", "shopify", "--overlap-days", "0", "--address", "https://events.shop.example")
    assert (send_order(collecting, path, SECRET), send_order(collecting, path_in(rotated), SECRET)) == (401, 200)
    assert collecting.stored() == 1

    _, listed = run("hook", "list")
    assert re.search(r"2 +Shopify +shopify +…hush +1 +0 +2026-08-01", listed) is None  # it tells when it was received
    assert re.search(r"2 +Shopify +shopify +…hush +1 +0 ", listed)
    assert "Shopify" not in run("key", "list")[1]
    assert run("hook", "revoke", "2")[0] == 2
    assert "is closed" in run("hook", "revoke", "2", "--yes")[1]
    assert send_order(collecting, path_in(rotated), SECRET) == 401
    assert "revoked" in run("hook", "list")[1]


def test_any_json_from_its_secret_to_a_confirmed_mapping(collecting, run):
    _, made = run("hook", "create", "generic", "--name", "Tills", "--address", "https://events.shop.example")
    path, secret = path_in(made), re.search(r"^    (whsec_\S+)$", made, re.MULTILINE).group(1)
    assert "nothing to propose" in run("hook", "mapping", "tills")[1]
    assert [send_signed(collecting, path, secret, number) for number in (1, 2, 3)] == [200, 200, 200]
    collecting.settle()

    assert "“Tills”: 3 wait for a mapping: touchline hook mapping 2" in run("hook", "list")[1]
    _, shown = run("hook", "mapping", "Tills", "--set", "key=id")
    assert "Proposed, by 3 deliveries:" in shown
    assert 'touchline hook mapping 2 --set "key=id" --confirm' in shown
    assert re.search(r"Customer e-mail +mail", shown)
    _, confirmed = run("hook", "mapping", "Tills", "--set", "Row id=id", "--confirm")
    assert "Confirmed. Of 3 that waited, 3 were stored and 0 were not." in confirmed
    assert "This is how they are read" in run("hook", "mapping", "Tills")[1]
    assert collecting.stored() == 3

    replaced = re.search(r"^    (whsec_\S+)$", run("hook", "secret", "Tills")[1], re.MULTILINE).group(1)
    assert [send_signed(collecting, path, each, 4) for each in (secret, replaced)] == [200, 200]
    assert collecting.stored() == 4


def test_what_is_wrong_is_told_as_wrong_usage(collecting, run):
    assert "There is no webhook yet" in run("hook", "list")[1]
    for arguments, sentence in (
        (("create", "fax"), "is not one of"),
        (("create", "generic", "--secret", "hush"), "expected whsec_"),
        (("secret", "Shopify"), "There is no webhook 'Shopify'"),
        (("mapping", "7"), "There is no webhook '7'"),
    ):
        code, shown = run("hook", *arguments)
        assert (code, sentence in " ".join(shown.split())) == (2, True), shown
    run("hook", "create", "stripe")
    assert "Stripe chooses the secret itself" in run("hook", "secret", "stripe")[1]
    assert "expected ROLE=FIELD" in run("hook", "mapping", "stripe", "--set", "email")[1]
