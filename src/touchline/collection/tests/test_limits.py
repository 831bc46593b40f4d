"""Each limit at its edge: the last that is taken, and the first that is not."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from touchline.collection.facade import change_write_key, make_write_key, revoke_write_key, rotate_write_key
from touchline.collection.receiver.keyring import KeyRing

CALL = {"type": "track", "event": "Coffee Drunk", "userId": "42"}
FULL_BATCH_BYTES = 512_000


def call(**more) -> dict[str, object]:
    return {**CALL, **more}


def call_of(size: int) -> bytes:
    """A call of so many bytes."""
    found = json.dumps(call(properties={"fill": ""})).encode()
    return found[:-3] + b"x" * (size - len(found)) + found[-3:]


def nested(depth: int) -> dict[str, object]:
    """A call in which objects and lists lie so deep, itself included."""
    inner: object = 1
    for level in range(depth - 1):
        inner = [inner] if level % 2 else {"a": inner}
    return call(properties=inner)


def test_each_event_at_its_limit_and_one_beyond(collecting):
    cases = {
        "event_too_large": (call_of(32_768), call_of(32_769)),
        "id_too_long": (call(messageId="m" * 100), call(messageId="n" * 101)),
        "name_too_long": (call(event="e" * 200), call(event="é" * 201)),
        "too_deep": (nested(32), nested(33)),
    }
    cases_of_ids = [(call(**{field: "i" * 512}), call(**{field: "i" * 513})) for field in ("userId", "anonymousId")]
    pages = (call(type="page", name="p" * 200), call(type="page", name="p" * 201))
    for code, (good, bad) in [
        *cases.items(),
        *(("id_too_long", each) for each in cases_of_ids),
        ("name_too_long", pages),
    ]:
        calls = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in (good, bad, good)]
        batch = collecting.post("/v1/batch", b'{"batch":[' + b",".join(calls) + b"]}")
        alone = [collecting.post("/v1/track", each) for each in calls]

        assert batch.status == 200
        assert [(each["index"], each["code"]) for each in batch.json["rejected"]] == [(1, code)]
        assert [each["code"] for each in alone[1].json["rejected"]] == [code]
        assert [each.json for each in (alone[0], alone[2])] == [{"success": True}] * 2


def test_a_batch_at_its_limits_and_one_beyond(collecting):
    body = b'{"batch":[' + b",".join([call_of(30_000)] * 17) + b"]"
    fits = body + b" " * (FULL_BATCH_BYTES - 1 - len(body)) + b"}"
    many = [call(messageId=f"m-{number}") for number in range(2_501)]

    assert (len(fits), collecting.post("/v1/batch", fits).json) == (FULL_BATCH_BYTES, {"success": True})
    assert collecting.post("/v1/batch", fits + b" ").code == "body_too_large"
    assert collecting.post("/v1/batch", {"batch": many[:2_500]}).json == {"success": True}
    beyond = collecting.post("/v1/batch", {"batch": many}).json["rejected"]
    assert [(each["index"], each["code"]) for each in beyond] == [(2_500, "too_many_in_batch")]
    assert collecting.stored() == 17 + 2_500


def test_more_than_a_key_may_send_is_taken_later(collecting):
    """Ten a second, ten seconds' worth at once: then one has to wait, and is told how long."""
    _, token = make_write_key(collecting.workspace, "Till", events_per_second=10)
    batch = {"batch": [call(messageId=f"m-{number}") for number in range(99)]}
    statuses = [collecting.post("/v1/batch", batch, token=token).status]
    statuses += [collecting.post("/v1/track", CALL, token=token).status for _ in range(40)]
    later = collecting.post("/v1/batch", batch, token=token)

    assert statuses[:2] == [200, 200]
    assert statuses[-1] == 429
    assert later.headers["retry-after"] == later.headers["x-ratelimit-reset"]
    assert 8 <= int(later.headers["retry-after"]) <= 10
    deadline = time.monotonic() + 5
    while (status := collecting.post("/v1/track", CALL, token=token).status) == 429 and time.monotonic() < deadline:
        continue
    assert status == 200


def test_unknown_keys_are_made_slow_and_known_ones_are_not_held_up_by_them(collecting):
    answers = [collecting.post("/v1/track", CALL, token=f"tl_{number}") for number in range(60)]

    assert [each.code for each in answers[:50]] == ["unknown_write_key"] * 50
    assert (answers[-1].status, answers[-1].code, answers[-1].headers["retry-after"]) == (429, "too_many_failures", "1")
    assert collecting.post("/v1/track", CALL).status == 200


def test_an_origin_is_a_scheme_a_host_and_a_port(collecting):
    _, token = make_write_key(collecting.workspace, "Shop", ["https://shop.example"])
    foreign = (
        "https://shop.example.evil.example", "https://evil.example/https://shop.example", "https://shop.example:444",
        "http://shop.example", "https://shop.example.", "https://shop.example/", "null", "file://", " https://shop.example",
    )  # fmt: skip
    answers = [collecting.post("/v1/track", CALL, {"origin": origin}, token) for origin in foreign]

    assert [each.code for each in answers] == ["origin_not_allowed"] * len(foreign)
    assert [each.headers["access-control-allow-origin"] for each in answers] == list(foreign)
    assert collecting.post("/v1/track", CALL, {"origin": "https://SHOP.example"}, token).status == 200


def test_basic_wins_over_the_key_in_the_body(collecting):
    _, other = make_write_key(collecting.workspace, "Till", ["*"])
    body = json.dumps({**CALL, "writeKey": other}).encode()

    assert collecting.post("/v1/track", body).status == 200
    assert collecting.post("/v1/track", body, token="tl_wrong").code == "unknown_write_key"
    assert collecting.ask("POST", "/v1/track", {}, body).status == 200
    assert collecting.ask("POST", "/v1/track", {"authorization": "Basic Og=="}, body).status == 200
    assert collecting.stored("select count(distinct import_id) from events") == 2


def test_a_token_runs_out_when_its_overlap_ends_and_no_key_opens_again(collecting):
    key, first = make_write_key(collecting.workspace, "Till")
    second = rotate_write_key(collecting.workspace, key.id, timedelta(days=7))
    third = rotate_write_key(collecting.workspace, key.id, timedelta(hours=1))
    tokens = (first, second, third)
    assert [collecting.post("/v1/track", CALL, token=token).status for token in tokens] == [200, 200, 200]

    with collecting.workspace.store.transaction() as writer:
        writer.execute("update write_key_tokens set expires = expires - interval 61 minutes where expires is not null")
    change_write_key(collecting.workspace, key.id, [], 5)
    assert [collecting.post("/v1/track", CALL, token=token).status for token in tokens] == [401, 401, 200]

    revoke_write_key(collecting.workspace, key.id)
    assert [collecting.post("/v1/track", CALL, token=token).status for token in tokens] == [401, 401, 401]
    collecting.settle()
    assert [collecting.post("/v1/track", CALL, token=token).status for token in tokens] == [401, 401, 401]


def test_while_the_store_cannot_be_asked_no_key_is_believed_that_may_be_revoked(page_workspace):
    key, token = make_write_key(page_workspace, "Till")
    keys = KeyRing(page_workspace)
    assert keys.key_of(token) == key
    revoke_write_key(page_workspace, key.id)
    page_workspace.store.close()

    for _ in range(2):
        with pytest.raises(Exception, match="closed"):
            keys.key_of(token)
    keys.close()
