"""One request costs others little, whatever is in it: no flood of rejections, no body that is taken apart for ever."""

from __future__ import annotations

import json
import time

ALMOST_FULL = 511_000
"""Bytes."""
CALL = {"type": "track", "event": "Coffee Drunk", "userId": "42"}


def test_more_calls_than_anybody_means_are_refused_whole(collecting):
    answer = collecting.post("/v1/batch", {"batch": [1] * 10_001})

    assert (answer.status, answer.code) == (400, "invalid_batch")
    assert answer.json["error"]["message"] == "`batch` holds 10,001 calls; more than 10,000 are not even looked at."
    assert len(collecting.post("/v1/batch", {"batch": [1] * 10_000}).json["rejected"]) == 10_000


SLOW = (
    b'{"batch":[' + b"1," * (ALMOST_FULL // 2) + b"1]}",
    b'{"x":"\\ud800","batch":[' + b"1," * (ALMOST_FULL // 2) + b"1]}",
    b'{"x":"\\ud800","batch":[' + b"{}," * (ALMOST_FULL // 3) + b"{}]}",
    b"[" * ALMOST_FULL,
    b'{"a":' * (ALMOST_FULL // 6) + b"1" + b"}" * (ALMOST_FULL // 6),
    b'{"x":"\\ud800' + b'"' * ALMOST_FULL,
    b'{"x":"\\ud800' + b"\\" * ALMOST_FULL,
    b'{"sentAt":' + b"9" * ALMOST_FULL + b',"batch":[]}',
)  # fmt: skip
ENVELOPES = (
    b'"sentAt":[1]', b'"sentAt":{}', b'"sentAt":"yesterday"', b'"sentAt":1e300', b'"sentAt":true',
    b'"sentAt":' + b"9" * 5_000, b'"note":"\xff\xfe"', b'"sentAt":"\xff"', b'"note":1e999',
)  # fmt: skip


def test_no_body_takes_long_to_be_answered(collecting):
    for body in SLOW:
        begun = time.thread_time()
        answer = collecting.post("/v1/batch", body)

        assert answer.status in (200, 400)
        assert time.thread_time() - begun < 2


def test_good_calls_are_kept_whatever_is_around_them(collecting):
    for number, envelope in enumerate(ENVELOPES):
        body = b'{"batch":[' + json.dumps({**CALL, "messageId": f"m{number}"}).encode() + b"]," + envelope + b"}"
        assert collecting.post("/v1/batch", body).json == {"success": True}

    assert collecting.stored() == len(ENVELOPES)


def test_a_single_call_is_no_batch(collecting):
    hidden = {**CALL, "messageId": "hidden", "event": "x" * 300}
    collecting.post("/v1/track", {**CALL, "messageId": "told", "batch": [hidden, 1]})
    collecting.post("/v1/track", {**CALL, "messageId": "told too", "batch": []})

    assert collecting.stored() == 2
    assert collecting.stored("select count(*) from kinds where name like 'x%'") == 0
    assert collecting.stored("select count(*) from rejections") == 0


def test_nothing_happened_after_it_was_received(collecting):
    collecting.post("/v1/track", {**CALL, "timestamp": "2090-01-01T00:00:00Z"})
    collecting.post("/v1/track", {**CALL, "timestamp": "2090-01-01T00:00:00Z", "sentAt": "2089-12-31T23:00:00Z"})

    assert collecting.stored("select count(*) from events where time <= received") == 2


def test_authorization_that_names_no_key_is_no_fault_of_ours(collecting):
    for authorization in ("Basic \u00e9", "Basic /w==", "Basic", "basic  ", "Bearer x", "Basic Og=="):
        answer = collecting.ask("POST", "/v1/track", {"authorization": authorization}, json.dumps(CALL).encode())

        assert (answer.status, answer.code) == (401, "no_write_key")
