"""Deliveries by address, key and signature, and what becomes of any JSON."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any

import pytest

from touchline.collection.facade import (
    WriteKeyError,
    confirm_mapping,
    hook_mapping,
    make_hook,
    replace_secret,
    revoke_write_key,
)
from touchline.collection.tests.senders import EVENTS, GUIDE, ORDER, Sender

# The address, the key and the signature


def test_only_what_is_signed_is_taken(collecting):
    other = "whsec_" + base64.b64encode(bytes(24)).decode()
    for kind in ("shopify", "zendesk", "stripe", "generic"):
        sender = Sender(collecting, kind, None if kind == "generic" else "hush")
        assert sender.send(b'{"id": 1}').status == 200, kind
        forged = collecting.ask("POST", sender.hook.path, {"x-shopify-topic": "orders/create"}, b'{"id": 1}')
        assert (forged.status, forged.code) == (401, "invalid_signature"), kind
        sender.secret = other
        assert sender.send(b'{"id": 1}').code == "invalid_signature", kind
    assert collecting.stored() == 0
    assert collecting.rows("select code, count(*) from rejections group by code") == [("no_mapping", 1)]


def test_a_recorded_delivery_is_refused_after_five_minutes_where_the_time_is_signed(collecting):
    for kind in ("zendesk", "stripe", "generic"):
        sender = Sender(collecting, kind, None if kind == "generic" else "hush")
        assert sender.send({"type": "x"}, age_seconds=290).status == 200, kind
        assert sender.send({"type": "x"}, age_seconds=310).code == "invalid_signature", kind


def test_a_webhook_opens_its_own_address_and_nothing_else(collecting):
    sender = Sender(collecting, "shopify")
    token = sender.hook.path.rpartition("/")[2]
    call = {"type": "track", "event": "Order Completed", "userId": "42"}

    assert collecting.post("/v1/track", call, token=token).code == "unknown_write_key"
    assert collecting.ask("POST", f"/mp/collect?api_secret={token}", {}, b'{"events": []}').code == "unknown_write_key"
    assert sender.send(ORDER, "orders/create", path=f"/hooks/stripe/{token}").code == "unknown_write_key"
    assert sender.send(ORDER, "orders/create", path=f"/hooks/shopify/{collecting.token}").code == "unknown_write_key"
    assert sender.send(ORDER, "orders/create", path="/hooks/shopify/").code == "no_write_key"
    assert sender.send(ORDER, "orders/create", path=f"/hooks/other/{token}").code == "unknown_address"
    assert collecting.ask("GET", sender.hook.path).code == "method_not_allowed"


def test_until_its_secret_is_known_nothing_is_taken_and_old_and_new_hold_side_by_side(collecting):
    sender = Sender(collecting, "stripe", None)
    sender.secret = "whsec_first"
    assert sender.send({"type": "x"}).code == "invalid_signature"

    replace_secret(collecting.workspace, sender.hook.key.id, "whsec_first")
    assert sender.send({"type": "x"}).status == 200
    replace_secret(collecting.workspace, sender.hook.key.id, "whsec_second")
    assert sender.send({"type": "x"}).status == 200
    sender.secret = "whsec_second"
    assert sender.send({"type": "x"}).status == 200
    replace_secret(collecting.workspace, sender.hook.key.id, "whsec_third", overlap=timedelta())
    assert sender.send({"type": "x"}).code == "invalid_signature"


def test_secrets_are_written_nowhere_but_in_their_table(collecting):
    sender = Sender(collecting, "shopify", "only-known-to-the-shop")
    sender.send(ORDER, "orders/create")
    collecting.settle()
    store = collecting.workspace.store

    assert "only-known" not in repr(sender.hook)
    for (table,) in store.rows("select table_name from duckdb_tables() where table_name <> 'webhook_secrets'"):
        assert "only-known" not in str(store.rows(f'select * from "{table}"')), table


def test_revoking_closes_the_address(collecting):
    sender = Sender(collecting, "shopify")
    revoke_write_key(collecting.workspace, sender.hook.key.id)

    assert sender.send(ORDER, "orders/create").code == "unknown_write_key"


def test_what_cannot_be_made_says_why(collecting):
    for kind, name, secret, sentence in (
        ("fax", "Fax", None, "no kind of webhook; expected one of generic, shopify, stripe, zendesk"),
        ("shopify", "Shop website", None, "There is a write key 'Shop website' already"),
        ("shopify", "  ", None, "needs a name"),
        ("shopify", "Orders", "two words", "one word without blanks"),
        ("generic", "Orders", "hush", "expected whsec_ and 16 to 64 bytes"),
    ):
        with pytest.raises(WriteKeyError, match=sentence):
            make_hook(collecting.workspace, kind, name, secret)
    assert collecting.stored("select count(*) from write_keys") == 1


def test_a_signed_body_that_is_no_object_is_answered_as_such(collecting):
    sender = Sender(collecting, "shopify")
    for body in (b"", b"[]", b"null", b'{"a":', b'"text"', b'{"a": "\xff"}', b"[" * 100_000):
        assert sender.send(body, "orders/create").code == "invalid_json", body[:20]


def test_a_signed_object_that_no_decoder_follows_is_kept_and_stops_nothing(collecting):
    sender = Sender(collecting, "shopify")
    for body in (b'{"a": "\\ud83d"}', b'{"a": 1e999}', b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}"):
        assert sender.send(body, "orders/create").status in (200, 400), body[:20]
    sender.send(ORDER, "orders/create")
    assert collecting.stored() == 2


# Any JSON


def visit(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"v-{number}", "occurred_at": f"2026-08-0{number}T09:00:00Z", "event": "Store visited",
        "customer": {"email": f"guest{number}@example.org"}, "rating": number, "amount": "12.50", **fields,
    }  # fmt: skip


def test_deliveries_wait_for_their_mapping_and_are_sent_again_when_it_is_confirmed(collecting):
    sender = Sender(collecting, "generic", None)
    for number in (1, 2, 3, 4):
        assert sender.send(visit(number)).json == {"success": True}
    collecting.settle()
    assert collecting.stored("select count(*) from rejections where code = 'no_mapping'") == 4

    found = hook_mapping(collecting.workspace, sender.hook.key.id)
    assert (len(found.bodies), found.confirmed) == (4, None)
    columns = found.proposal.mapping.columns
    assert {role: columns.get(role) for role in ("time", "email", "name", "key", "value")} == {
        "time": "occurred_at", "email": "customer.email", "name": "event", "key": "id", "value": "amount",
    }  # fmt: skip
    done = confirm_mapping(collecting.workspace, sender.hook.key.id, found.proposal.mapping)
    assert [each.outcome for each in done] == ["stored"] * 4

    sender.send(visit(4))  # once more
    sender.send(visit(5))
    sender.send(visit(6, occurred_at="soon"))
    assert [row[:2] for row in collecting.rows(EVENTS)] == [
        ("Store visited", f"2026-08-0{n} 09:00") for n in range(1, 6)
    ]
    assert collecting.stored("select count(*) from rejections where resolved is null and code = 'unreadable'") == 1


def test_a_correction_of_the_mapping_and_a_body_without_a_time(collecting):
    sender = Sender(collecting, "generic", None)
    for number in (1, 2, 3):
        sender.send({"who": f"guest{number}@example.org", "place": "Till", "happened": "Receipt printed"})
    collecting.settle()

    found = hook_mapping(collecting.workspace, sender.hook.key.id, {"name": "happened", "touchpoint": "place"})
    columns = found.proposal.mapping.columns
    assert (columns["time"], columns["key"]) == ("received at", "delivery id")
    assert (columns["name"], columns["touchpoint"], columns["email"]) == ("happened", "place", "who")
    confirm_mapping(collecting.workspace, sender.hook.key.id, found.proposal.mapping)
    assert collecting.stored("select count(*) from events join kinds k using (kind) where k.label = 'Till'") == 3


def test_the_sender_of_the_guide_signs_as_it_should(collecting, monkeypatch):
    [written] = re.findall(r"^```python\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    made = make_hook(collecting.workspace, "generic", "Tills")
    answers = []
    monkeypatch.setattr(
        "urllib.request.urlopen",
        lambda asked: answers.append(collecting.ask("POST", asked.selector, dict(asked.header_items()), asked.data)),
    )
    given: dict[str, Any] = {}
    exec(written, given)  # what the guide tells people to write
    given["send"](f"https://events.shop.example{made.path}", made.secret, {"id": 1})

    assert [each.status for each in answers] == [200]
