"""A request becomes events in the store, once each, and what is bad says why."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

import pytest

from touchline.collection.facade import change_write_key, make_write_key, revoke_write_key, rotate_write_key
from touchline.collection.rules.limits import SORTED_IN_FLIGHT

PAGE = {"type": "page", "anonymousId": "visitor-1", "messageId": "m-1", "context": {"page": {"path": "/cart"}}}
ORDER = {
    "type": "track",
    "userId": "42",
    "messageId": "m-2",
    "event": "Order Completed",
    "properties": {"order_id": "1001", "total": 59.9, "currency": "EUR"},
}
NAMES = "select k.name, k.page, e.value from events e join kinds k using (kind) order by e.seq"


def test_a_batch_becomes_events(collecting):
    answer = collecting.post("/v1/batch", {"batch": [PAGE, ORDER], "sentAt": "2026-11-01T10:00:00Z"})

    assert (answer.status, answer.json) == (200, {"success": True})
    assert [(name, page, float(value or 0)) for name, page, value in collecting.rows(NAMES)] == [
        ("Page Viewed", "/cart", 0.0),
        ("Order Completed", None, 59.9),
    ]


@pytest.mark.parametrize(("path", "event"), [
    ("/v1/track", "Order Completed"), ("/v1/t", "Order Completed"), ("/v1/page", "Page Viewed"), ("/v1/p", "Page Viewed"),
    ("/v1/identify", "Profile Updated"), ("/v1/i", "Profile Updated"), ("/v1/screen", "Screen Viewed"),
    ("/v1/s", "Screen Viewed"), ("/v1/group", "Account Joined"), ("/v1/g", "Account Joined"),
    ("/v1/alias", "Identity Linked"), ("/v1/a", "Identity Linked"),
])  # fmt: skip
def test_each_address_knows_its_type(collecting, path, event):
    call = {"userId": "42", "groupId": "acme", "previousId": "visitor-1", "event": "Order Completed"}

    assert collecting.post(path, call).status == 200
    assert [name for name, _, _ in collecting.rows(NAMES)] == [event]


def test_the_key_may_come_in_the_body_as_the_browser_sends_it(collecting):
    body = json.dumps({**ORDER, "writeKey": collecting.token}).encode()

    answer = collecting.ask("POST", "/v1/t", {"content-type": "text/plain", "origin": "https://shop.example"}, body)

    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert collecting.stored() == 1


def test_gzip_is_known_by_its_bytes_whatever_its_label_says(collecting):
    body = gzip.compress(json.dumps({"batch": [PAGE, ORDER]}).encode())

    answer = collecting.post("/v1/batch", body, {"content-type": "application/x-www-form-urlencoded"})

    assert answer.status == 200
    assert collecting.stored() == 2


def test_a_gzip_bomb_is_cut_at_the_limit(collecting):
    answer = collecting.post("/v1/batch", gzip.compress(b" " * 50_000_000), {"content-encoding": "gzip"})

    assert (answer.status, answer.code) == (400, "body_too_large")


def test_a_bad_event_among_good_ones_spoils_nothing_and_is_kept_with_its_reason(collecting):
    batch = [
        PAGE,
        {"type": "track", "event": "Nobody's", "messageId": "m-9"},
        ORDER,
        "no object",
        {"type": "dance", "userId": "1"},
    ]

    answer = collecting.post("/v1/batch", {"batch": batch})

    assert answer.status == 200
    assert [(each["index"], each["messageId"], each["code"]) for each in answer.json["rejected"]] == [
        (1, "m-9", "no_user_anon_id"),
        (3, None, "not_an_object"),
        (4, None, "unknown_type"),
    ]
    assert collecting.stored() == 2
    kept = collecting.rows("select code, message_id, content from rejections order by rejection_id")
    assert [(code, message_id, json.loads(content)) for code, message_id, content in kept] == [
        ("no_user_anon_id", "m-9", batch[1]),
        ("not_an_object", None, "no object"),
        ("unknown_type", None, batch[4]),
    ]


def test_half_a_character_or_nesting_without_end_costs_only_its_own_event(collecting):
    deep = '{"type":"track","userId":"1","event":"x","properties":' + '{"a":' * 2000 + "1" + "}" * 2001
    half = '{"type":"track","userId":"1","event":"\\ud800"}'
    body = f'{{"batch":[{json.dumps(PAGE)},{deep},{half},{json.dumps(ORDER)}],"sentAt":"2026-11-01T10:00:00Z"}}'

    answer = collecting.post("/v1/batch", body.encode())

    assert [(each["index"], each["code"]) for each in answer.json["rejected"]] == [(1, "too_deep"), (2, "invalid_text")]
    assert collecting.stored() == 2


def test_a_value_that_cannot_be_read_is_found_later_and_kept_too(collecting):
    wrong = {**ORDER, "messageId": "m-3", "properties": {"total": "a lot"}}
    endless = json.dumps({**ORDER, "messageId": "m-4"}).replace("59.9", "1e999")
    body = f'{{"batch":[{json.dumps(wrong)},{json.dumps(ORDER)},{endless}]}}'

    assert collecting.post("/v1/batch", body.encode()).json == {"success": True}
    assert collecting.stored() == 1
    reasons = collecting.rows("select code, reason from rejections order by rejection_id")
    assert [code for code, _ in reasons] == ["unreadable", "unreadable"]
    assert reasons[0][1] == "properties.total: found “a lot”, expected a number."


def test_the_same_message_is_stored_once_however_often_and_whenever_it_is_sent(collecting):
    for _ in range(3):
        assert collecting.post("/v1/batch", {"batch": [PAGE, ORDER, ORDER]}).status == 200
    collecting.settle()
    changed = {**ORDER, "properties": {"total": 1}}
    assert collecting.post("/v1/track", changed).status == 200

    assert [float(value) for name, _, value in collecting.rows(NAMES) if name == "Order Completed"] == [59.9]
    assert collecting.rows("select rows, imported, skipped from imports") == [(10, 2, 8)]


def test_calls_without_a_message_id_are_facts_of_their_own(collecting):
    call = {"type": "track", "userId": "42", "event": "Coffee Drunk"}
    for _ in range(3):
        collecting.post("/v1/batch", {"batch": [call, call]})

    assert collecting.stored() == 6


def test_the_time_is_corrected_by_how_wrong_the_device_is_and_receivedat_is_ours(collecting):
    call = {**ORDER, "timestamp": "2026-11-25T10:00:00Z", "receivedAt": "1999-01-01T00:00:00Z"}
    collecting.post("/v1/batch", {"batch": [call], "sentAt": "2026-11-25T10:00:30Z"})

    seconds = collecting.stored("select date_diff('second', time, received) from events")
    assert 29 <= seconds <= 40  # thirty seconds before it was received, by the server's clock


def test_an_event_without_any_id_is_taken_when_it_says_that_it_is_cookieless(collecting):
    call = {"type": "page", "anonymousId": None, "context": {"consent": {"cookieless": True}, "page": {"path": "/"}}}

    assert collecting.post("/v1/p", call).json == {"success": True}
    assert collecting.rows("select who from events") == [(None,)]


@pytest.mark.parametrize(("path", "body", "status", "code"), [
    ("/v1/batch", b"{not json", 400, "invalid_json"),
    ("/v1/batch", b"[]", 400, "invalid_json"),
    ("/v1/batch", b"", 400, "invalid_json"),
    ("/v1/batch", b'{"batch":{}}', 400, "invalid_batch"),
    ("/v1/batch", b'{"no":"batch"}', 400, "invalid_batch"),
    ("/v1/batch", b"\x1f\x8bnot really", 400, "invalid_gzip"),
    ("/v1/batch", gzip.compress(b'{"batch":[]}', mtime=0)[:-6], 400, "invalid_gzip"),
    ("/v1/batch", b"x" * 512_001, 400, "body_too_large"),
    ("/v1/nothing", b"{}", 404, "unknown_address"),
])  # fmt: skip
def test_a_request_that_cannot_be_taken_says_why(collecting, path, body, status, code):
    answer = collecting.post(path, body)

    assert (answer.status, answer.code) == (status, code)
    assert answer.json["error"]["message"].endswith(".")
    assert answer.json == {"success": False, **answer.json["error"], "error": answer.json["error"]}


def test_who_may_send(collecting):
    _, shop = make_write_key(collecting.workspace, "Shop", ["https://shop.example", "http://localhost:3000"])
    _, server = make_write_key(collecting.workspace, "Till")

    def sent_from(origin: str | None, token: str) -> int:
        return collecting.post("/v1/track", ORDER, {"origin": origin} if origin else None, token).status

    assert [sent_from(origin, shop) for origin in ("https://shop.example", "http://localhost:3000", None)] == [200] * 3
    assert [sent_from(origin, shop) for origin in ("https://evil.example", "http://shop.example", "null")] == [403] * 3
    assert (sent_from(None, server), sent_from("https://shop.example", server)) == (200, 403)
    assert (sent_from(None, "tl_wrong"), sent_from(None, "")) == (401, 401)
    assert collecting.ask("GET", "/v1/track").status == 405


def test_a_key_is_rotated_without_a_gap_and_revoked_at_once(collecting):
    key, old = make_write_key(collecting.workspace, "Till")
    new = rotate_write_key(collecting.workspace, key.id)
    assert [collecting.post("/v1/track", ORDER, token=token).status for token in (old, new)] == [200, 200]

    newest = rotate_write_key(collecting.workspace, key.id, timedelta(0))
    assert [collecting.post("/v1/track", ORDER, token=token).status for token in (old, new, newest)] == [401, 401, 200]

    revoke_write_key(collecting.workspace, key.id)
    assert collecting.post("/v1/track", ORDER, token=newest).code == "unknown_write_key"


def test_tokens_are_stored_hashed_and_rejected_events_do_not_hold_them(collecting):
    collecting.post("/v1/track", {"event": "Nobody's", "writeKey": collecting.token})
    collecting.settle()
    secret = collecting.token.encode()
    found = [
        path.name for path in collecting.workspace.folder.rglob("*") if path.is_file() and secret in path.read_bytes()
    ]

    assert found == []
    assert collecting.stored("select count(*) from rejections where contains(content, '***')") == 1


def test_more_than_a_key_allows_is_sent_back_for_later(collecting):
    key, token = make_write_key(collecting.workspace, "Till", events_per_second=10)
    full = {"batch": [{**ORDER, "messageId": f"m-{number}"} for number in range(100)]}
    assert collecting.post("/v1/batch", full, token=token).status == 200

    answer = collecting.post("/v1/batch", full, token=token)

    assert (answer.status, answer.code) == (429, "too_many_events")
    assert 1 <= int(answer.headers["retry-after"]) <= 10
    change_write_key(collecting.workspace, key.id, [], 100_000)
    assert collecting.post("/v1/batch", full, token=token).status == 200


def test_a_page_of_another_origin_may_ask_with_authorization(collecting):
    answer = collecting.ask("OPTIONS", "/v1/t", {
        "origin": "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    })  # fmt: skip

    assert answer.status == 204
    assert answer.headers["access-control-allow-headers"] == "authorization,content-type"
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"


def test_the_settings_that_segments_browser_client_asks_for(collecting):
    answer = collecting.ask("GET", f"/v1/projects/{collecting.token}/settings", {"host": "collect.example"})

    told = answer.json
    assert told["integrations"]["Segment.io"]["apiHost"] == "collect.example/v1"
    assert told["touchline"] == {"consent": "required", "respectDoNotTrack": False, "variants": {}}
    assert collecting.ask("GET", "/v1/projects/wrong/settings").code == "unknown_write_key"


def test_while_many_wait_a_batch_is_sorted_after_its_answer(collecting):
    nameless = {**ORDER, "messageId": "m-3", "event": " "}
    collecting.collector.receiver.in_flight = SORTED_IN_FLIGHT

    answer = collecting.post("/v1/batch", {"batch": [PAGE, nameless, ORDER], "writeKey": collecting.token})

    assert (answer.status, answer.json) == (200, {"success": True})
    assert [name for name, _, _ in collecting.rows(NAMES)] == ["Page Viewed", "Order Completed"]
    assert collecting.rows("select code, message_id from rejections") == [("no_event_name", "m-3")]


def test_a_token_inside_a_rejected_event_is_not_kept(collecting):
    collecting.post("/v1/track", {"userId": "42", "properties": {"copied": collecting.token}})

    ((content,),) = collecting.rows("select content from rejections")
    assert collecting.token not in content
    assert '"copied":"***"' in content.replace(" ", "")
