"""Collecting in the JSON API."""

from __future__ import annotations

import json

from touchline.collection.facade import make_write_key
from touchline.collection.tasks import Collector
from touchline.collection.tests.conftest import Collecting

VIEW = {"type": "track", "event": "Product Viewed", "messageId": "m-1"}


def test_the_log_is_read_corrected_sent_again_and_dismissed(client, page_workspace):
    _, token = make_write_key(page_workspace, "Till", ["*"])
    collecting = Collecting(page_workspace, Collector(page_workspace), token)
    collecting.post("/v1/batch", {"batch": [VIEW, {**VIEW, "messageId": "m-2"}, {"type": "nonsense", "userId": "1"}]})
    collecting.collector.stop()

    def get(address: str):
        return client.get(f"/api/v1{address}").json()

    def post(address: str, body: object):
        answer = client.post(f"/api/v1{address}", json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    (key,) = get("/write-keys")["keys"]
    assert (key["key"]["name"], key["rejected"], len(key["tokens"][0]["hint"])) == ("Till", 3, 4)
    assert token not in json.dumps(key)
    page = get("/rejections?code=no_user_anon_id&limit=1")
    assert (page["total"], [each["message_id"] for each in page["rejections"]]) == (2, ["m-2"])
    assert get("/rejections?contains=nowhere&since=2026-01-01&until=9999-12-31")["total"] == 0
    assert get("/rejections?code=nonsense")["error"]["code"] == "invalid_request"
    first, second, third = (each["id"] for each in get("/rejections")["rejections"][::-1])

    corrected = json.dumps({**VIEW, "userId": "42"})
    assert post(f"/rejections/{first}/retry", {"content": corrected}) == (
        200,
        {"outcome": "stored", "code": "", "sentence": "It is stored."},
    )
    assert post(f"/rejections/{first}/retry", {"content": corrected})[1]["error"]["code"] == "invalid_request"
    assert post(f"/rejections/{second}/retry", {})[1]["code"] == "no_user_anon_id"
    assert post("/rejections/retry", {"key": 1}) == (
        200,
        {"outcomes": {"refused": 2}, "sentence": "2 sent again: 2 rejected still."},
    )
    assert post(f"/rejections/{second}/dismiss", {}) == (200, {"dismissed": 1})
    assert post(f"/rejections/{second}/dismiss", {})[0] == 400
    assert get(f"/rejections/{second}")["outcome"] == "dismissed"
    assert post("/rejections/dismiss", {"code": "unknown_type"}) == (200, {"dismissed": 1})
    assert (get("/rejections")["total"], get("/rejections?resolved=true")["total"]) == (0, 3)
    assert get("/rejections/99")["error"]["code"] == "not_found"
    assert get(f"/rejections/{10**30}")["error"]["code"] == "not_found"
    assert get(f"/rejections/{third}")["outcome"] == "dismissed"
    assert page_workspace.store.value("select count(*) from events") == 1
